package io.github.autoencoder4j.anomaly;

import java.util.Arrays;

/** The sum of squares of what is left after {@link Standardization}. */
final class SquaredNorm implements ColumnScorer {

  private final Standardization standardization;

  SquaredNorm(Standardization standardization) {
    this.standardization = standardization;
  }

  @Override
  public int columns() {
    return standardization.columns();
  }

  @Override
  public double score(float[] row) {
    return Arrays.stream(split(row)).sum();
  }

  @Override
  public double[] split(float[] row) {
    NormalRows.require(row, columns());
    double[] squares = new double[row.length];
    for (int j = 0; j < squares.length; j++) {
      double z = standardization.apply(row, j);
      squares[j] = z * z;
    }
    return squares;
  }
}
