package io.github.autoencoder4j.latent;

/** The check that every weight of a term goes through. */
final class Weights {

  private Weights() {}

  /**
   * Refuses what cannot weigh a term.
   *
   * @param what the term
   * @throws IllegalArgumentException if the weight is negative or not finite
   */
  static void require(double weight, String what) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of "
              + what
              + " must be finite and at least 0, but was "
              + weight
              + "; 0 leaves the term out");
    }
  }
}
