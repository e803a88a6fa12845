package io.github.autoencoder4j.sampling;

/** {@code A = L L^T} of a symmetric positive definite matrix. */
final class Cholesky implements CovarianceRoot {

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][];
    for (int i = 0; i < n; i++) {
      lower[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(sum > 0)) {
          throw new IllegalArgumentException(
              "the covariance is not positive definite: more regularisation is needed");
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return new Cholesky(lower);
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < lower.length; i++) {
      sum += 2 * Math.log(lower[i][i]);
    }
    return sum;
  }

  @Override
  public double inverseQuadraticForm(double[] x) {
    double square = 0;
    for (int i = 0; i < lower.length; i++) {
      double sum = x[i];
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * x[k];
      }
      x[i] = sum / lower[i][i];
      square += x[i] * x[i];
    }
    return square;
  }

  @Override
  public double[] times(double[] x) {
    double[] product = new double[lower.length];
    for (int i = 0; i < lower.length; i++) {
      for (int k = 0; k <= i; k++) {
        product[i] += lower[i][k] * x[k];
      }
    }
    return product;
  }
}
