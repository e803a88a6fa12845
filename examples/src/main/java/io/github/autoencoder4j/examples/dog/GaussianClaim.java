package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Difference;

/**
 * What dog.3 shows.
 *
 * @param codes how many codes the densities were fitted to
 * @param entries values a code
 * @param rank of their covariance
 * @param covariance recall, from samples whose entries are drawn one by one to those with the
 *     covariance of the codes
 * @param shrinkage recall, from samples whose entries are drawn one by one to those with that
 *     covariance shrunk
 * @param precision by contrast, from reconstructions of other pictures to samples with the
 *     covariance
 * @param coverage by contrast, likewise
 * @param fallsShort whether these are told from reconstructions
 */
record GaussianClaim(
    int codes,
    int entries,
    int rank,
    Difference covariance,
    Difference shrinkage,
    Difference precision,
    Difference coverage,
    boolean fallsShort) {

  static GaussianClaim of(
      int codes,
      int entries,
      int rank,
      Generation independent,
      Generation correlated,
      Generation shrunk) {
    return new GaussianClaim(
        codes,
        entries,
        rank,
        Difference.paired(independent.recalled(), correlated.recalled()),
        Difference.paired(independent.recalled(), shrunk.recalled()),
        correlated.precisionFromControl(),
        correlated.coverageFromControl(),
        correlated.fallsShort());
  }
}
