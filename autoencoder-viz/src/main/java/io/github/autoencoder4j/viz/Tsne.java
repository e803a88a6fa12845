package io.github.autoencoder4j.viz;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Exact t-SNE into the plane (van der Maaten and Hinton, JMLR 9, 2008): places points so that who
 * is near whom among the codes is near in the plane. All pairs are computed, without the
 * approximations that larger sets need, row by row, so that the result does not depend on how many
 * threads share the rows.
 *
 * <p>It starts from given places, and learns at a rate of n / 48 in terms of that paper's gradient,
 * as Belkina et al. (Nature Communications 10, 2019) advise; momentum, gains and early exaggeration
 * are those of the reference implementation.
 */
final class Tsne {

  private static final int ITERATIONS = 1_000;
  private static final int EXAGGERATED = 250;
  private static final double EXAGGERATION = 12;
  private static final double LEAST_GAIN = 0.01;

  /** So near to the entropy that is sought, in nats, a bandwidth is good enough. */
  private static final double TOLERANCE = 1e-5;

  private final int n;
  private final float[][] affinities;
  private final double[] x;
  private final double[] y;

  private Tsne(float[][] affinities, double[][] start) {
    this.n = affinities.length;
    this.affinities = affinities;
    this.x = start[0].clone();
    this.y = start[1].clone();
  }

  /**
   * Places codes.
   *
   * @param codes {@code [n][d]}, finite; at least 2
   * @param perplexity how many neighbours count, about; at least 1 and below n
   * @param start where they begin: n values across and n upwards
   * @return {@code [2][n]}
   */
  static double[][] place(float[][] codes, double perplexity, double[][] start) {
    Tsne tsne = new Tsne(affinities(codes, perplexity), start);
    tsne.descend();
    return new double[][] {tsne.x, tsne.y};
  }

  /** How likely each two are neighbours; symmetric, of sum 1. */
  static float[][] affinities(float[][] codes, double perplexity) {
    int n = codes.length;
    float[][] likely =
        IntStream.range(0, n)
            .parallel()
            .mapToObj(i -> conditional(codes, i, Math.log(perplexity)))
            .toArray(float[][]::new);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        float mean = (likely[i][j] + likely[j][i]) / (2 * n);
        likely[i][j] = mean;
        likely[j][i] = mean;
      }
    }
    return likely;
  }

  /** The Gaussian around one code that has the entropy, over all others. */
  private static float[] conditional(float[][] codes, int i, double entropy) {
    int n = codes.length;
    double[] squares = new double[n];
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int k = 0; k < codes[i].length; k++) {
        double difference = (double) codes[i][k] - codes[j][k];
        sum += difference * difference;
      }
      squares[j] = sum;
      nearest = j == i ? nearest : Math.min(nearest, sum);
    }
    double scale = 0;
    for (int j = 0; j < n; j++) {
      // Only differences to the nearest matter, and these do not underflow.
      squares[j] -= nearest;
      scale = j == i ? scale : Math.max(scale, squares[j]);
    }
    double[] weights = new double[n];
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double beta = scale > 0 ? 1 / scale : 1;
    for (int tries = 0; tries < 200; tries++) {
      double total = 0;
      double mean = 0;
      for (int j = 0; j < n; j++) {
        weights[j] = j == i ? 0 : Math.exp(-beta * squares[j]);
        total += weights[j];
        mean += weights[j] * (j == i ? 0 : squares[j]);
      }
      double over = Math.log(total) + beta * mean / total - entropy;
      for (int j = 0; j < n; j++) {
        weights[j] /= total;
      }
      if (Math.abs(over) < TOLERANCE || scale == 0) {
        break;
      }
      if (over > 0) {
        low = beta;
        beta = Double.isInfinite(high) ? 2 * beta : (low + high) / 2;
      } else {
        high = beta;
        beta = (low + high) / 2;
      }
    }
    float[] row = new float[n];
    for (int j = 0; j < n; j++) {
      row[j] = (float) weights[j];
    }
    return row;
  }

  private void descend() {
    double rate = Math.max(n / (4 * EXAGGERATION), 50);
    double[] moveX = new double[n];
    double[] moveY = new double[n];
    double[] gainX = new double[n];
    double[] gainY = new double[n];
    Arrays.fill(gainX, 1);
    Arrays.fill(gainY, 1);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      boolean early = iteration < EXAGGERATED;
      double[][] slopes = gradient(early ? EXAGGERATION : 1);
      double momentum = early ? 0.5 : 0.8;
      step(x, moveX, gainX, slopes[0], momentum, rate);
      step(y, moveY, gainY, slopes[1], momentum, rate);
    }
  }

  private static void step(
      double[] place, double[] move, double[] gain, double[] slope, double momentum, double rate) {
    double mean = 0;
    for (int i = 0; i < place.length; i++) {
      boolean sameWay = slope[i] > 0 == move[i] > 0;
      gain[i] = Math.max(LEAST_GAIN, sameWay ? gain[i] * 0.8 : gain[i] + 0.2);
      move[i] = momentum * move[i] - rate * gain[i] * slope[i];
      place[i] += move[i];
      mean += place[i] / place.length;
    }
    for (int i = 0; i < place.length; i++) {
      place[i] -= mean;
    }
  }

  /** Of the divergence of Kullback and Leibler, across and upwards. */
  private double[][] gradient(double exaggeration) {
    double[] pullX = new double[n];
    double[] pullY = new double[n];
    double[] pushX = new double[n];
    double[] pushY = new double[n];
    double[] sums = new double[n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              float[] near = affinities[i];
              double px = 0;
              double py = 0;
              double qx = 0;
              double qy = 0;
              double sum = 0;
              for (int j = 0; j < n; j++) {
                double dx = x[i] - x[j];
                double dy = y[i] - y[j];
                double q = 1 / (1 + dx * dx + dy * dy);
                double pull = near[j] * q;
                px += pull * dx;
                py += pull * dy;
                sum += q;
                qx += q * q * dx;
                qy += q * q * dy;
              }
              pullX[i] = px;
              pullY[i] = py;
              pushX[i] = qx;
              pushY[i] = qy;
              // Without its own, which is 1.
              sums[i] = sum - 1;
            });
    double total = Math.max(Arrays.stream(sums).sum(), Double.MIN_NORMAL);
    for (int i = 0; i < n; i++) {
      pullX[i] = 4 * (exaggeration * pullX[i] - pushX[i] / total);
      pullY[i] = 4 * (exaggeration * pullY[i] - pushY[i] / total);
    }
    return new double[][] {pullX, pullY};
  }
}
