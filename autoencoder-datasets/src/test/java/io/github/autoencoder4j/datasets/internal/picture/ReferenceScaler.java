package io.github.autoencoder4j.datasets.internal.picture;

import io.github.autoencoder4j.data.ImageShape;

/**
 * The slow and obvious way to what {@link PictureDecoder} gives: the whole picture in memory, cut,
 * and each new pixel summed over all old ones. Shares no code with it.
 */
final class ReferenceScaler {

  /** Red, green, blue and opacity of a pixel, in [0, 1]. */
  @FunctionalInterface
  interface Picture {
    double[] at(int x, int y);
  }

  private ReferenceScaler() {}

  /** The values of the picture in [0, 255], plane by plane. */
  static double[] scale(Picture picture, int width, int height, ImageShape shape) {
    int cutWidth = width;
    int cutHeight = height;
    if ((long) width * shape.height() > (long) height * shape.width()) {
      cutWidth = (int) Math.max(1, (long) height * shape.width() / shape.height());
    } else {
      cutHeight = (int) Math.max(1, (long) width * shape.height() / shape.width());
    }
    int left = (width - cutWidth) / 2;
    int top = (height - cutHeight) / 2;
    double[] values = new double[shape.size()];
    int plane = shape.height() * shape.width();
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double[] sum = new double[4];
        for (int j = 0; j < cutHeight; j++) {
          double down = weight(cutHeight, shape.height(), y, j);
          for (int i = 0; down > 0 && i < cutWidth; i++) {
            double weight = down * weight(cutWidth, shape.width(), x, i);
            if (weight > 0) {
              double[] pixel = picture.at(left + i, top + j);
              for (int c = 0; c < 3; c++) {
                sum[c] += weight * (pixel[c] * pixel[3] + 1 - pixel[3]);
              }
            }
          }
        }
        int at = y * shape.width() + x;
        if (shape.channels() == 1) {
          values[at] = 255 * (0.299 * sum[0] + 0.587 * sum[1] + 0.114 * sum[2]);
        } else {
          for (int c = 0; c < 3; c++) {
            values[c * plane + at] = 255 * sum[c];
          }
        }
      }
    }
    return values;
  }

  /** How much old value {@code j} of {@code from} counts for new value {@code i} of {@code to}. */
  private static double weight(int from, int to, int i, int j) {
    double scale = (double) from / to;
    if (from > to) {
      double overlap = Math.min((i + 1) * scale, j + 1) - Math.max(i * scale, j);
      return Math.max(0, overlap) / scale;
    }
    double centre = Math.max(0, Math.min(from - 1, (i + 0.5) * scale - 0.5));
    return Math.max(0, 1 - Math.abs(centre - j));
  }
}
