package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.Covariance;

/**
 * What a set of codes looks like at a glance.
 *
 * <pre>{@code
 * LatentStatistics statistics = LatentStatistics.of(autoencoder.encode(images));
 * }</pre>
 *
 * @param count how many codes, {@code n}
 * @param latentSize how many values a code has, {@code d}
 * @param mean mean over all entries of all codes
 * @param std population standard deviation over all entries of all codes
 * @param covarianceRank rank of the covariance matrix of the entries: at most {@code min(n - 1,
 *     d)}; below {@code d}, the codes fill a flat slice of the latent space only
 */
public record LatentStatistics(
    int count, int latentSize, double mean, double std, int covarianceRank) {

  /**
   * Describes codes.
   *
   * @param codes {@code [n][d]}, finite; at least 2, not all equal
   * @return their statistics
   * @throws IllegalArgumentException if there are fewer than 2 codes, codes differ in length, are
   *     not finite or are all equal
   */
  public static LatentStatistics of(float[][] codes) {
    Covariance covariance = Codes.covariance(codes);
    int d = codes[0].length;
    double mean = 0;
    for (double entryMean : covariance.mean) {
      mean += entryMean / d;
    }
    double squares = 0;
    for (float[] code : codes) {
      for (float value : code) {
        squares += (value - mean) * (value - mean);
      }
    }
    double std = Math.sqrt(squares / codes.length / d);
    return new LatentStatistics(codes.length, d, mean, std, covariance.rank);
  }
}
