package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;

/** Small made-up data for tests: the same at every call. */
public final class TinyData {

  private TinyData() {}

  /** Rows that two hidden numbers explain nearly whole, so that a small network can learn them. */
  public static float[][] rows(int n, int length) {
    RandomStream random = RandomStream.of(11, "tiny");
    double[][] directions = new double[2][length];
    for (int j = 0; j < length; j++) {
      directions[0][j] = 2 * random.nextGaussian();
      directions[1][j] = 2 * random.nextGaussian();
    }
    float[][] rows = new float[n][length];
    for (float[] row : rows) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      for (int j = 0; j < length; j++) {
        row[j] = (float) (1 / (1 + Math.exp(-a * directions[0][j] - b * directions[1][j])));
      }
    }
    return rows;
  }

  /** The same rows as a source of vectors. */
  public static ImageSource source(int n, int length) {
    return ImageSource.of(ImageShape.vector(length), rows(n, length));
  }

  /** Rows without any structure, which can only be learnt by heart. */
  public static ImageSource noise(int n, int length, long seed) {
    RandomStream random = RandomStream.of(seed, "noise");
    float[][] rows = new float[n][length];
    for (float[] row : rows) {
      for (int j = 0; j < length; j++) {
        row[j] = random.nextFloat();
      }
    }
    return ImageSource.of(ImageShape.vector(length), rows);
  }

  /** A source that checks nothing, for values that the library's own sources refuse. */
  public static ImageSource unchecked(float[][] rows) {
    return new ImageSource() {
      @Override
      public int size() {
        return rows.length;
      }

      @Override
      public ImageShape shape() {
        return ImageShape.vector(rows[0].length);
      }

      @Override
      public void read(int index, float[] destination, int offset) {
        System.arraycopy(rows[index], 0, destination, offset, rows[index].length);
      }
    };
  }
}
