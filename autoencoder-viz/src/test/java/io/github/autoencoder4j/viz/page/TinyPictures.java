package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import java.util.List;
import java.util.Random;

/** Bars, rings and spots of any size, so that a network has something to learn at once. */
final class TinyPictures {

  static final List<String> NAMES = List.of("bar", "ring", "spot");

  private TinyPictures() {}

  static LabeledImageSource of(int n, int side, int channels, List<String> names) {
    Random random = new Random(3);
    ImageShape shape = new ImageShape(side, side, channels);
    byte[] pixels = new byte[n * shape.size()];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 3;
      double x = side * (0.35 + 0.3 * random.nextDouble());
      double y = side * (0.35 + 0.3 * random.nextDouble());
      double r = side * (0.15 + 0.15 * random.nextDouble());
      for (int c = 0; c < channels; c++) {
        double tint = channels == 1 ? 1 : 0.3 + 0.7 * random.nextDouble();
        for (int p = 0; p < side * side; p++) {
          double dx = p % side - x;
          int row = p / side;
          double dy = row - y;
          double distance = Math.hypot(dx, dy);
          double inside =
              switch (labels[i]) {
                case 0 -> r / 2 - Math.abs(dx);
                case 1 -> side / 12.0 + 0.5 - Math.abs(distance - r);
                default -> r - distance;
              };
          double value = tint * Math.max(0, Math.min(1, inside + 0.5));
          pixels[i * shape.size() + c * side * side + p] = (byte) Math.round(255 * value);
        }
      }
    }
    return LabeledImageSource.ofBytes(shape, pixels, labels, names);
  }
}
