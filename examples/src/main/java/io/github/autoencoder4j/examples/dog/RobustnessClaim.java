package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Optional;

/**
 * What dog.5 shows.
 *
 * @param variances those that models were trained for
 * @param overLine mean PSNR at each of them, from the best linear code's to the model's, by test
 *     picture
 * @param judged the variance that the rest is about
 * @param gain mean PSNR at that variance, from the model trained without noise to the one trained
 *     with it
 * @param price mean PSNR without noise, likewise
 * @param precision of samples by contrast, likewise
 * @param coverage of samples by contrast, likewise
 * @param controlPrecision precision of reconstructions of other pictures by the model trained with
 *     noise
 * @param controlCoverage their coverage
 * @param sampling what became of sampling
 * @param pictures how many pictures were judged by
 * @param seeds what other seeds say; empty if there was one
 */
record RobustnessClaim(
    List<Double> variances,
    List<Difference> overLine,
    double judged,
    Difference gain,
    Difference price,
    Difference precision,
    Difference coverage,
    double controlPrecision,
    double controlCoverage,
    Sampling sampling,
    int pictures,
    Optional<SeedsClaim> seeds) {

  /** Whether noise in training makes sampling generative. */
  enum Sampling {
    /** Samples are told from reconstructions. */
    FALLS_SHORT,
    /** They are not told any more, and samples come clearly nearer with noise in training. */
    BECAME_GENERATIVE,
    /** They are not told any more, but what noise changed is within its error. */
    UNCLEAR,
    /** They are not told without noise in training either. */
    WAS_NOT_TOLD
  }

  /**
   * Makes the claim.
   *
   * @param plain samples of the model trained without noise
   * @param noisy samples of the model trained with noise
   * @param seeds what other seeds say; empty if there was one
   */
  static RobustnessClaim of(
      List<Double> variances,
      List<Difference> overLine,
      double judged,
      Difference gain,
      Difference price,
      Generation plain,
      Generation noisy,
      Optional<SeedsClaim> seeds) {
    Difference precision =
        Difference.ofShares(plain.precise(), plain.samples(), noisy.precise(), noisy.samples());
    Difference coverage = Difference.paired(plain.covered(), noisy.covered());
    return new RobustnessClaim(
        variances,
        overLine,
        judged,
        gain,
        price,
        precision,
        coverage,
        noisy.precisionFromControl().before(),
        noisy.coverageFromControl().before(),
        sampling(plain.fallsShort(), noisy.fallsShort(), precision, coverage),
        noisy.covered().length,
        seeds);
  }

  private static Sampling sampling(
      boolean plainFallsShort, boolean noisyFallsShort, Difference precision, Difference coverage) {
    if (noisyFallsShort) {
      return Sampling.FALLS_SHORT;
    }
    if (!plainFallsShort) {
      return Sampling.WAS_NOT_TOLD;
    }
    return precision.change(2) == Change.HIGHER || coverage.change(2) == Change.HIGHER
        ? Sampling.BECAME_GENERATIVE
        : Sampling.UNCLEAR;
  }
}
