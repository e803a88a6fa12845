package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.study.Difference;

/**
 * What dog.6 shows.
 *
 * @param variance of the noise that the one code was trained with
 * @param noisy the code that was trained with noise
 * @param variational the variational code
 */
record SamplingDogsClaim(double variance, CodeOfDogs noisy, CodeOfDogs variational) {

  /**
   * Coverage by contrast, from the nearest samples of the noisy code to those of the variational.
   */
  Difference coverage() {
    return variational.nearest().coverageFrom(noisy.nearest());
  }

  /** Precision by contrast, likewise. */
  Difference precision() {
    return variational.nearest().precisionFrom(noisy.nearest());
  }
}
