package io.github.autoencoder4j.anomaly;

import java.util.Arrays;

/**
 * Picks anomalies from a batch so that few of those picked are normal: the procedure of Benjamini
 * and Hochberg, "Controlling the False Discovery Rate", Journal of the Royal Statistical Society B
 * 1995.
 *
 * <p>With {@code m} p-values in ascending order, the first {@code i} are picked for the largest
 * {@code i} with {@code p_i <= i q / m}. The expected share of normal rows among those picked is at
 * most {@code q} times the share of normal rows in the batch; it holds for p-values of one {@link
 * ConformalCalibration} too, which depend on each other positively (Bates, Candes, Lei, Romano and
 * Sesia, "Testing for outliers with conformal p-values", Annals of Statistics 2023).
 *
 * <p>A batch of {@code m} rows with one anomaly needs p-values down to {@code q / m}, hence about
 * {@code m / q} calibration scores; with fewer, it may pick none.
 *
 * <pre>{@code
 * boolean[] found = BenjaminiHochberg.reject(calibration.pValues(scores), 0.1);
 * }</pre>
 */
public final class BenjaminiHochberg {

  private BenjaminiHochberg() {}

  /**
   * Picks p-values.
   *
   * @param pValues one a row, in [0, 1]
   * @param falseDiscoveryRate expected share of normal rows among those picked, in (0, 1)
   * @return which are picked, as many; equal p-values are picked together
   * @throws IllegalArgumentException if the rate or a p-value is out of its range
   */
  public static boolean[] reject(double[] pValues, double falseDiscoveryRate) {
    if (!(falseDiscoveryRate > 0 && falseDiscoveryRate < 1)) {
      throw new IllegalArgumentException(
          "the false discovery rate must lie between 0 and 1, but was " + falseDiscoveryRate);
    }
    for (int i = 0; i < pValues.length; i++) {
      if (!(pValues[i] >= 0 && pValues[i] <= 1)) {
        throw new IllegalArgumentException(
            "p-values must lie in [0, 1], but number %s is %s".formatted(i, pValues[i]));
      }
    }
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    int picked = sorted.length;
    while (picked > 0 && sorted[picked - 1] > picked * falseDiscoveryRate / sorted.length) {
      picked--;
    }
    boolean[] rejected = new boolean[pValues.length];
    for (int i = 0; i < rejected.length; i++) {
      rejected[i] = picked > 0 && pValues[i] <= sorted[picked - 1];
    }
    return rejected;
  }
}
