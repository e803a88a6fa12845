package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the cost of our training and inference grows with one size at a time. */
final class Curves {

  private static final Logger LOG = LoggerFactory.getLogger(Curves.class);

  private static final int IMAGES = 2_048;

  /** A point of a curve. */
  private record Point(
      String network,
      String axis,
      int value,
      int batch,
      int images,
      Supplier<AutoencoderBuilder<?>> builder) {}

  /** What was measured there. */
  private record Measured(Point point, List<Double> training, List<Double> inference) {}

  private final List<Measured> results;

  private Curves(List<Measured> results) {
    this.results = results;
  }

  static Curves measure(int rounds, double seconds, boolean quick) {
    List<Measured> results =
        points(quick).stream()
            .map(point -> new Measured(point, new ArrayList<>(), new ArrayList<>()))
            .toList();
    for (int round = 1; round <= rounds; round++) {
      LOG.info("round {} of {}", round, rounds);
      results.forEach(measured -> measure(measured, seconds));
    }
    return new Curves(results);
  }

  private static List<Point> points(boolean quick) {
    List<Point> points = new ArrayList<>();
    for (int batch : quick ? new int[] {32} : new int[] {8, 16, 32, 64, 128, 256}) {
      points.add(dense("batch", batch, batch, IMAGES, 28, 1));
      points.add(conv("batch", batch, batch, IMAGES, 64, 32));
    }
    for (int eighths : quick ? new int[] {4} : new int[] {2, 4, 8, 16, 32}) {
      points.add(dense("first_width", 64 * eighths, 128, IMAGES, 28, eighths / 8.0));
      points.add(conv("first_width", 4 * eighths, 64, IMAGES, 64, 4 * eighths));
    }
    for (int side : quick ? new int[] {16} : new int[] {16, 32, 64, 128}) {
      points.add(dense("side", side, 128, IMAGES, side, 1));
      points.add(conv("side", side, 64, IMAGES, side, 32));
    }
    for (int images : quick ? new int[] {512} : new int[] {1_024, 16_384, 262_144}) {
      points.add(dense("images", images, 128, images, 28, 1));
      points.add(conv("images", images, 64, images, 64, 32));
    }
    return points;
  }

  private static Point dense(
      String axis, int value, int batch, int images, int side, double widths) {
    int[] hidden = IntStream.of(512, 256, 64).map(size -> (int) (size * widths)).toArray();
    return new Point(
        "dense",
        axis,
        value,
        batch,
        images,
        () ->
            Autoencoder.dense()
                .input(side, side)
                .hidden(hidden)
                .bottleneck(2)
                .activation(Activation.RELU)
                .loss(Loss.BINARY_CROSS_ENTROPY));
  }

  private static Point conv(String axis, int value, int batch, int images, int side, int width) {
    return new Point(
        "conv", axis, value, batch, images, () -> ReferenceNetwork.conv(side, width, 2 * width));
  }

  private static void measure(Measured measured, double seconds) {
    Point point = measured.point;
    Autoencoder autoencoder =
        point.builder.get().optimizer(Optimizer.adam(ReferenceNetwork.LEARNING_RATE)).build();
    ImageShape shape = autoencoder.inputShape();
    NoiseImages images = new NoiseImages(shape, point.images);
    // A fresh network has buffers to make, so its first moments do not count.
    SampleClock.train(autoencoder, images, point.batch, seconds / 2);
    measured.training.add(SampleClock.train(autoencoder, images, point.batch, seconds).rate());
    NoiseImages batch = new NoiseImages(shape, point.batch);
    autoencoder.reconstruct(batch);
    measured.inference.add(
        Work.repeat(seconds, () -> autoencoder.decode(autoencoder.encode(batch)).length).rate());
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-8s %-12s %8s %16s %16s %16s%n",
            "network", "axis", "value", "train samples/s", "us/sample", "infer samples/s"));
    for (Measured measured : results) {
      double training = new Spread(measured.training).median();
      text.append(
          String.format(
              Locale.ROOT,
              "%-8s %-12s %8d %,16.0f %16.1f %,16.0f%n",
              measured.point.network,
              measured.point.axis,
              measured.point.value,
              training,
              1e6 / training,
              new Spread(measured.inference).median()));
    }
    return text.toString();
  }

  List<Map<String, Object>> json() {
    return results.stream().map(Curves::json).toList();
  }

  private static Map<String, Object> json(Measured measured) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("network", measured.point.network);
    entry.put("axis", measured.point.axis);
    entry.put("value", measured.point.value);
    entry.put("batch", measured.point.batch);
    entry.put("images", measured.point.images);
    entry.put("train_samples_per_second", new Spread(measured.training).median());
    entry.put("train_rounds", measured.training);
    entry.put("infer_samples_per_second", new Spread(measured.inference).median());
    entry.put("infer_rounds", measured.inference);
    return entry;
  }
}
