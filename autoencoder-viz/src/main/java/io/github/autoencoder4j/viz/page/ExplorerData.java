package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel;
import io.github.autoencoder4j.runtime.Decoder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What an explorer's page knows: decoder, codes, classes, pictures, principal axes. */
final class ExplorerData {

  /** More points make a scatter no clearer. */
  private static final int MAX_CODES = 5_000;

  /** What the codes of a page may take: 1 MB. */
  private static final int MAX_CODE_VALUES = 250_000;

  private static final int MAX_AXES = 8;

  /** Rounding is measured by as many codes. */
  private static final int MEASURED = 4;

  /** Where the page's decoder is wrong by more than rounding can be, something else is wrong. */
  private static final double TOLERABLE = 0.05;

  private final Autoencoder autoencoder;
  private final Spec spec;
  private final ImageSource data;
  private final int pictures;
  private final int[] chosen;
  private final float[][] codes;
  private final Network network;

  ExplorerData(Autoencoder autoencoder, Spec spec, ImageSource data, int pictures) {
    this.autoencoder = autoencoder;
    this.network = Network.of(spec);
    this.spec = spec;
    this.data = data;
    int most = Math.max(pictures, Math.min(MAX_CODES, MAX_CODE_VALUES / codeSize()));
    this.chosen = spread(data.size(), most, pictures);
    this.pictures = Math.min(pictures, chosen.length);
    this.codes = autoencoder.encode(data.select(chosen));
  }

  private int codeSize() {
    return autoencoder.latentShape().size();
  }

  /**
   * Indices evenly spread over the data; the first ones, which have pictures, evenly among them.
   */
  private static int[] spread(int size, int most, int pictures) {
    int n = Math.min(size, most);
    int first = Math.min(n, pictures);
    int[] all = IntStream.range(0, n).map(i -> (int) ((long) i * size / n)).toArray();
    boolean[] taken = new boolean[n];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < first; i++) {
      int place = (int) ((long) i * n / first);
      taken[place] = true;
      order.add(all[place]);
    }
    for (int i = 0; i < n; i++) {
      if (!taken[i]) {
        order.add(all[i]);
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Puts arrays into a binary, and everything else, with their places, into a map. */
  Map<String, Object> describe(Binary binary) {
    List<PageLayer> layers = PageLayer.decoder(network, autoencoder.parameters());
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("sample", sides(data.shape()));
    facts.put("code", sides(autoencoder.latentShape()));
    facts.put("conditions", autoencoder.classes());
    facts.put("unitPower", spec.stages().stream().anyMatch(PowerNormalization.class::isInstance));
    facts.put("error", error());
    facts.put("parameters", layers.stream().mapToLong(PageLayer::size).sum());
    facts.put("samples", data.size());
    facts.put("decoder", decoder(layers, spec.output(), data.shape(), binary));
    facts.put("count", codes.length);
    facts.put("codes", binary.floats(flat(codes)));
    facts.put("pictures", pictures);
    facts.put("originals", binary.bytes(data.select(Arrays.copyOf(chosen, pictures)).toArrays()));
    classes(facts, binary);
    axes(facts, binary);
    return facts;
  }

  /** What the page states of itself: the values of its last sentence. */
  static List<String> stated(Map<String, Object> facts) {
    return List.of(
        whole(facts, "parameters"),
        // Up, so that it is not said to be less than it is.
        BigDecimal.valueOf((double) number(facts, "error"))
            .setScale(5, RoundingMode.UP)
            .toPlainString(),
        whole(facts, "count"),
        whole(facts, "samples"),
        whole(facts, "pictures"));
  }

  private static Object number(Map<String, Object> facts, String name) {
    return Objects.requireNonNull(facts.get(name), name);
  }

  private static String whole(Map<String, Object> facts, String name) {
    return String.format(Locale.ROOT, "%,d", ((Number) number(facts, name)).longValue());
  }

  private void classes(Map<String, Object> facts, Binary binary) {
    if (data instanceof LabeledImageSource labeled) {
      facts.put("classes", labeled.classNames());
      facts.put("labels", binary.indices(Arrays.stream(chosen).map(labeled::label).toArray()));
    } else {
      facts.put("classes", List.of());
      facts.put("labels", binary.indices(new int[chosen.length]));
    }
  }

  /** Directions of largest variance; none where a single code, or equal ones, have no direction. */
  private void axes(Map<String, Object> facts, Binary binary) {
    List<Object> axes = new ArrayList<>();
    boolean vary = Arrays.stream(codes).anyMatch(code -> !Arrays.equals(code, codes[0]));
    if (vary && codeSize() != 2) {
      Pca pca = Pca.fit(codes, Math.min(MAX_AXES, Math.min(codes.length - 1, codeSize())));
      float[][] directions = pca.directions();
      double[] variances = pca.variances();
      for (int i = 0; i < directions.length; i++) {
        // What is left when all directions are taken is rounding.
        if (variances[i] > 1e-9 * pca.totalVariance()) {
          axes.add(
              Map.of(
                  "direction", binary.floats(directions[i]),
                  "deviation", Math.sqrt(variances[i]),
                  "share", variances[i] / pca.totalVariance()));
        }
      }
      facts.put("mean", binary.floats(pca.mean()));
    }
    facts.put("axes", axes);
  }

  /** Along the height, then along the width. */
  private static List<Integer> pair(Axes axes, int width) {
    return List.of(axes.height(width), width);
  }

  private static Map<String, Object> decoder(
      List<PageLayer> layers, Output output, ImageShape sample, Binary binary) {
    List<Object> described = new ArrayList<>();
    for (PageLayer layer : layers) {
      Map<String, Object> arrays = new LinkedHashMap<>();
      layer.arrays().forEach((name, values) -> arrays.put(name, binary.halves(values)));
      described.add(
          Map.of(
              "kind", layer.kind().name(),
              "input", sides(layer.input()),
              "output", sides(layer.output()),
              "kernel", pair(layer.axes(), layer.kernel()),
              "stride", pair(layer.axes(), layer.stride()),
              "activation", layer.activation().name(),
              "arrays", arrays));
    }
    return Map.of(
        "sigmoid",
        output.kernel().link() == OutputKernel.Link.SIGMOID,
        // What is learnt beside the values, such as their scales, lies behind them.
        "values",
        (double) sample.size() / output.fedBy(sample).size(),
        "layers",
        described);
  }

  /** The largest difference between what the page decodes and what the autoencoder does. */
  private double error() {
    float[][] some = Arrays.copyOf(codes, Math.min(MEASURED, codes.length));
    List<String> classes = autoencoder.classes();
    double worst = 0;
    try (Decoder rounded = Decoder.of(spec, PageLayer.rounded(autoencoder.decoder().weights()))) {
      if (classes.isEmpty()) {
        worst = worst(rounded.decode(some), autoencoder.decode(some));
      }
      for (int i = 0; i < Math.min(MEASURED, classes.size()); i++) {
        String name = classes.get(i * classes.size() / Math.min(MEASURED, classes.size()));
        worst = Math.max(worst, worst(rounded.decode(some, name), autoencoder.decode(some, name)));
      }
    }
    if (!(worst <= TOLERABLE)) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "with weights of 16 bits the decoder would be wrong by %.3f, and a page should be"
                  + " right to %.2f; train with a smaller learning rate or a penalty, so that"
                  + " weights are not so large",
              worst,
              TOLERABLE));
    }
    return worst;
  }

  private static double worst(float[][] rounded, float[][] exact) {
    double worst = 0;
    for (int i = 0; i < exact.length; i++) {
      for (int j = 0; j < exact[i].length; j++) {
        worst = Math.max(worst, Math.abs((double) rounded[i][j] - exact[i][j]));
      }
    }
    return worst;
  }

  private static List<Integer> sides(ImageShape shape) {
    return List.of(shape.channels(), shape.height(), shape.width());
  }

  private static float[] flat(float[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * rows[0].length, rows[0].length);
    }
    return values;
  }
}
