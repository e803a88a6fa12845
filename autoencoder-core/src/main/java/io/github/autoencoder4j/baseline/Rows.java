package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;

/** Rows of a table as a source of vectors, of any range and without a copy. */
final class Rows implements ImageSource {

  private final float[][] rows;

  Rows(float[][] rows) {
    if (rows.length == 0 || Moments.requireRow(rows, 0).length == 0) {
      throw new IllegalArgumentException("there are no values: at least one row is needed");
    }
    Moments.requireLength(rows, rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      for (float value : rows[i]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException("row %s holds %s, not finite".formatted(i, value));
        }
      }
    }
    this.rows = rows;
  }

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
}
