package io.github.autoencoder4j.metric;

import io.github.autoencoder4j.data.ImageShape;

/** One channel of one image, and the window means that {@link Ssim} compares. */
final class Plane {

  /** Rows and columns of the Gaussian window. */
  static final int WINDOW = 11;

  private static final double[] GAUSSIAN = gaussian(1.5);

  private final int height;
  private final int width;
  final double[] values;

  private Plane(int height, int width) {
    this.height = height;
    this.width = width;
    this.values = new double[height * width];
  }

  static Plane of(ImageShape shape, float[] image, int offset) {
    Plane plane = new Plane(shape.height(), shape.width());
    float poison = 0;
    for (int i = 0; i < plane.values.length; i++) {
      plane.values[i] = Math.min(1f, Math.max(0f, image[offset + i]));
      // Clamping hides what is infinite; zero times it is no number.
      poison += 0f * image[offset + i];
    }
    ImagePairs.requireFinite(poison);
    return plane;
  }

  Plane times(Plane other) {
    Plane product = new Plane(height, width);
    for (int i = 0; i < values.length; i++) {
      product.values[i] = values[i] * other.values[i];
    }
    return product;
  }

  /** The Gaussian means of all windows inside the plane: rows first, then columns. */
  Plane filtered() {
    Plane rows = new Plane(height, width - WINDOW + 1);
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < WINDOW; k++) {
        addScaled(values, y * width + k, GAUSSIAN[k], rows.values, y * rows.width, rows.width);
      }
    }
    Plane means = new Plane(height - WINDOW + 1, rows.width);
    for (int y = 0; y < means.height; y++) {
      for (int k = 0; k < WINDOW; k++) {
        int row = (y + k) * rows.width;
        addScaled(rows.values, row, GAUSSIAN[k], means.values, y * rows.width, rows.width);
      }
    }
    return means;
  }

  /** Means of blocks of 2x2; an odd last row or column is doubled first. */
  Plane halved() {
    Plane half = new Plane((height + 1) / 2, (width + 1) / 2);
    for (int i = 0; i < half.values.length; i++) {
      int top = 2 * (i / half.width);
      int left = 2 * (i % half.width);
      int bottom = Math.min(top + 1, height - 1);
      int right = Math.min(left + 1, width - 1);
      double sum = values[top * width + left] + values[top * width + right];
      sum += values[bottom * width + left] + values[bottom * width + right];
      half.values[i] = sum / 4;
    }
    return half;
  }

  private static void addScaled(
      double[] from, int fromIndex, double factor, double[] to, int toIndex, int length) {
    for (int i = 0; i < length; i++) {
      to[toIndex + i] += factor * from[fromIndex + i];
    }
  }

  private static double[] gaussian(double sigma) {
    double[] weights = new double[WINDOW];
    double sum = 0;
    for (int i = 0; i < WINDOW; i++) {
      double distance = i - WINDOW / 2;
      weights[i] = Math.exp(-distance * distance / (2 * sigma * sigma));
      sum += weights[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
