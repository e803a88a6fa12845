package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The leading eigenvalues and eigenvectors of a symmetric positive semi-definite matrix.
 *
 * <p>Not LAPACK: {@code syev} through ND4J 1.0.0-M2.1 was right for 128 rows and gave wrong
 * eigenvectors, without an error code, for 192 and more where it was tried. Small matrices go
 * through Jacobi rotations, large ones through subspace iteration (Golub and Van Loan, "Matrix
 * Computations", 4th edition, sections 8.5 and 8.2), which needs nothing but matrix products.
 */
final class SymmetricEigen {

  private static final int JACOBI_SIZE = 96;
  private static final int MAX_SWEEPS = 60;
  private static final int MAX_ITERATIONS = 300;
  private static final double TOLERANCE = 1e-6;

  /** Descending, at least 0. */
  final double[] values;

  /** One orthonormal vector a row; the entry of largest magnitude is positive. */
  final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  static SymmetricEigen leading(double[][] matrix, int count) {
    int n = matrix.length;
    // Spare directions, because the last wanted one converges at the rate of the first left out.
    int width = 2 * count + 16;
    SymmetricEigen all =
        n <= Math.max(JACOBI_SIZE, width)
            ? jacobi(matrix)
            : subspaceIteration(matrix, count, width);
    SymmetricEigen leading =
        new SymmetricEigen(Arrays.copyOf(all.values, count), Arrays.copyOf(all.vectors, count));
    fixSigns(leading.vectors);
    return leading;
  }

  private static SymmetricEigen subspaceIteration(double[][] matrix, int count, int width) {
    int n = matrix.length;
    RandomStream random = RandomStream.of(0, "subspace iteration");
    double[][] basis = new double[width][n];
    for (double[] vector : basis) {
      Arrays.setAll(vector, i -> random.nextGaussian());
    }
    orthonormalize(basis);
    double[] values = new double[width];
    try (INDArray a = Nd4j.create(matrix)) {
      for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
        double[][] image = times(basis, a);
        SymmetricEigen ritz = jacobi(timesTransposed(image, basis));
        double[][] rotatedBasis = times(ritz.vectors, basis);
        double[][] rotatedImage = times(ritz.vectors, image);
        values = ritz.values;
        basis = rotatedBasis;
        if (residual(rotatedImage, rotatedBasis, values, count) <= TOLERANCE) {
          break;
        }
        basis = rotatedImage;
        orthonormalize(basis);
      }
    }
    return new SymmetricEigen(values, basis);
  }

  /** Cyclic Jacobi: rotates pairs of axes until nothing is left beside the diagonal. */
  private static SymmetricEigen jacobi(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    Arrays.setAll(a, i -> matrix[i].clone());
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < MAX_SWEEPS; sweep++) {
      rotated = false;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (Math.abs(a[p][q]) > 1e-15 * Math.sqrt(Math.abs(a[p][p] * a[q][q]))) {
            rotate(a, v, p, q);
            rotated = true;
          }
        }
      }
    }
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> a[i][i]).reversed());
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = Math.max(0, a[order[i]][order[i]]);
      vectors[i] = v[order[i]];
    }
    return new SymmetricEigen(values, vectors);
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int i = 0; i < a.length; i++) {
      double aip = a[i][p];
      double aiq = a[i][q];
      a[i][p] = c * aip - s * aiq;
      a[i][q] = s * aip + c * aiq;
    }
    rotateRows(a[p], a[q], c, s);
    rotateRows(v[p], v[q], c, s);
  }

  private static void rotateRows(double[] x, double[] y, double c, double s) {
    for (int i = 0; i < x.length; i++) {
      double xi = x[i];
      x[i] = c * xi - s * y[i];
      y[i] = s * xi + c * y[i];
    }
  }

  /** Modified Gram-Schmidt; a direction that vanishes stays zero and is simply not used. */
  static void orthonormalize(double[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      double before = Math.sqrt(dot(vectors[i], vectors[i]));
      // Twice is enough (Kahan and Parlett): once leaves errors where vectors are nearly parallel.
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          addScaled(vectors[i], -dot(vectors[i], vectors[j]), vectors[j]);
        }
      }
      double after = Math.sqrt(dot(vectors[i], vectors[i]));
      double scale = after > 1e-13 * before ? 1 / after : 0;
      for (int k = 0; k < vectors[i].length; k++) {
        vectors[i][k] *= scale;
      }
    }
  }

  /** The worst of the residuals, each as a share of its own eigenvalue. */
  private static double residual(double[][] image, double[][] basis, double[] values, int count) {
    double worst = 0;
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (int k = 0; k < basis[i].length; k++) {
        double difference = image[i][k] - values[i] * basis[i][k];
        sum += difference * difference;
      }
      // What is nothing beside the largest is only rounding.
      double size = Math.max(values[i], 1e-8 * values[0]);
      worst = Math.max(worst, Math.sqrt(sum) / Math.max(size, Double.MIN_NORMAL));
    }
    return worst;
  }

  private static double[][] times(double[][] rows, INDArray matrix) {
    try (INDArray left = Nd4j.create(rows);
        INDArray product = left.mmul(matrix)) {
      return product.toDoubleMatrix();
    }
  }

  private static double[][] times(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right[0].length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        addScaled(product[i], left[i][j], right[j]);
      }
    }
    return product;
  }

  private static double[][] timesTransposed(double[][] left, double[][] right) {
    double[][] product = new double[left.length][right.length];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j <= i; j++) {
        product[i][j] = dot(left[i], right[j]);
        product[j][i] = product[i][j];
      }
    }
    return product;
  }

  private static void addScaled(double[] sum, double factor, double[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * vector[i];
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  static void fixSigns(double[][] vectors) {
    for (double[] vector : vectors) {
      int largest = 0;
      for (int i = 1; i < vector.length; i++) {
        largest = Math.abs(vector[i]) > Math.abs(vector[largest]) ? i : largest;
      }
      if (vector[largest] < 0) {
        Arrays.setAll(vector, i -> -vector[i]);
      }
    }
  }
}
