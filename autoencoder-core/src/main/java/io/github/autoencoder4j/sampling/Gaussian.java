package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.Covariance;

/**
 * Fits one normal distribution to latent codes: mean and covariance with {@code 1 / (n - 1)}.
 *
 * <p>From {@code n} codes of {@code d} values the covariance has rank {@code n - 1} at most, and
 * {@code n} is often smaller than {@code d}. The three fits deal with that differently:
 *
 * <ul>
 *   <li>{@link #lowRank} keeps every correlation the codes show and draws from exactly that
 *       covariance, but only within the slice the codes span; draws recombine the codes' images.
 *   <li>{@link #diagonal} drops all correlations; in convolutional latents neighbours are strongly
 *       correlated, so draws decode to texture.
 *   <li>{@link #shrinkage} lies between: correlations shrunk, every direction possible.
 * </ul>
 *
 * <pre>{@code
 * float[][] codes = autoencoder.encode(images); // 256 codes of 1,024 values
 * float[][] drawn = autoencoder.decode(Gaussian.lowRank(codes).sample(9, 7));
 * }</pre>
 */
public final class Gaussian {

  private Gaussian() {}

  /**
   * The standard normal distribution, which variational codes are drawn to.
   *
   * @param latentSize how many numbers a code has; at least 1
   * @return a distribution that was fitted to nothing
   * @throws IllegalArgumentException if {@code latentSize} is below 1
   */
  public static LatentDensity standard(int latentSize) {
    if (latentSize < 1) {
      throw new IllegalArgumentException(
          "a code must have at least 1 number, but was to have " + latentSize);
    }
    return DiagonalGaussian.standard(latentSize);
  }

  /**
   * Independent entries, each with the mean and variance the codes have there. Entries that do not
   * vary stay constant in draws.
   *
   * @param codes {@code [n][d]}, finite; at least 2, not all equal
   * @return the fitted distribution; its log density exists if every entry varies and throws {@link
   *     IllegalStateException} otherwise
   * @throws IllegalArgumentException if there are fewer than 2 codes, codes differ in length, are
   *     not finite or are all equal
   */
  public static LatentDensity diagonal(float[][] codes) {
    return DiagonalGaussian.fit(codes);
  }

  /**
   * The full covariance, exactly: {@code z = mean + Xc^T w / sqrt(n - 1)} with {@code w ~ N(0,
   * I_n)} and {@code Xc} the centred codes.
   *
   * <p>There is no log density: with {@code n <= d} codes all draws lie in a slice of the latent
   * space without volume. {@link #shrinkage} has one.
   *
   * @param codes {@code [n][d]}, finite; at least 2, not all equal
   * @return the fitted distribution
   * @throws IllegalArgumentException if there are fewer than 2 codes, codes differ in length, are
   *     not finite or are all equal
   */
  public static LatentSampler lowRank(float[][] codes) {
    return new LowRankGaussian(Codes.covariance(codes));
  }

  /**
   * The covariance shrunk towards a multiple of the identity, {@code (1 - a) S + a tr(S)/d I}, with
   * the {@code a} that has the least expected squared error (Ledoit and Wolf, "A well-conditioned
   * estimator for large-dimensional covariance matrices", Journal of Multivariate Analysis 2004),
   * but at least 1e-6.
   *
   * @param codes {@code [n][d]}, finite; at least 2, not all equal
   * @return the fitted distribution
   * @throws IllegalArgumentException if there are fewer than 2 codes, codes differ in length, are
   *     not finite or are all equal
   */
  public static LatentDensity shrinkage(float[][] codes) {
    Covariance covariance = Codes.covariance(codes);
    return new ShrunkGaussian(covariance, Math.max(covariance.shrinkage, 1e-6));
  }

  /**
   * The covariance shrunk by a given amount, {@code (1 - a) S + a tr(S)/d I}.
   *
   * @param codes {@code [n][d]}, finite; at least 2, not all equal
   * @param a in (0, 1]: near 0 like {@link #lowRank}, 1 the same variance in every direction
   * @return the fitted distribution
   * @throws IllegalArgumentException if {@code a} is out of its range, there are fewer than 2
   *     codes, codes differ in length, are not finite or are all equal
   */
  public static LatentDensity shrinkage(float[][] codes, double a) {
    if (!(a > 0 && a <= 1)) {
      throw new IllegalArgumentException(
          "shrinkage must lie in (0, 1], but was " + a + "; for none at all use lowRank");
    }
    return new ShrunkGaussian(Codes.covariance(codes), a);
  }

  /**
   * The same from a mean and a covariance, for codes that were never in one place: sums over parts
   * of them are enough to know both.
   *
   * @param mean of the codes, {@code d} finite values
   * @param covariance {@code [d][d]}, with {@code 1 / (n - 1)}, symmetric; not all zero
   * @param a in (0, 1]
   * @return the distribution that {@link #shrinkage(float[][], double)} fits to the codes, but for
   *     rounding
   * @throws IllegalArgumentException if {@code a} is out of its range, the arrays do not fit
   *     together, a value is not finite, or nothing varies
   */
  public static LatentDensity shrinkage(double[] mean, double[][] covariance, double a) {
    if (!(a > 0 && a <= 1)) {
      throw new IllegalArgumentException("shrinkage must lie in (0, 1], but was " + a);
    }
    if (mean.length == 0 || covariance.length != mean.length) {
      throw new IllegalArgumentException(
          "the covariance of %s values is a square of as many, but has %s rows"
              .formatted(mean.length, covariance.length));
    }
    double trace = 0;
    for (int i = 0; i < mean.length; i++) {
      if (covariance[i].length != mean.length || !Double.isFinite(mean[i])) {
        throw new IllegalArgumentException(
            "mean and covariance must be %s finite values and a square of as many, but the mean holds %s at position %s, and that row of the covariance %s values"
                .formatted(mean.length, mean[i], i, covariance[i].length));
      }
      for (int j = 0; j < mean.length; j++) {
        if (!Double.isFinite(covariance[i][j])) {
          throw new IllegalArgumentException(
              "the covariance holds %s in row %s and column %s, but must be finite"
                  .formatted(covariance[i][j], i, j));
        }
      }
      trace += covariance[i][i];
    }
    if (!(trace > 0)) {
      throw new IllegalArgumentException(
          "the codes are all equal, so there is nothing to fit; the trace of their covariance is "
              + trace);
    }
    return new ShrunkGaussian(Covariance.of(mean, covariance), a);
  }
}
