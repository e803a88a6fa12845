package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;

/**
 * How a code falls into vectors: the numbers of a dense code in runs, or those at one place of a
 * code of planes, all channels of it or runs of them.
 *
 * @param perPlace how many vectors there are at each place
 * @param places how many places there are
 * @param dimension how many numbers a vector has
 */
record Groups(int perPlace, int places, int dimension) {

  /**
   * Cuts a code up.
   *
   * @param dimension how many numbers a vector has; 0 for all there are
   * @throws IllegalArgumentException if the code does not fall into such vectors
   */
  static Groups of(ImageShape code, int dimension) {
    Units units = Units.of(code);
    int length = dimension == 0 ? units.count() : dimension;
    if (units.count() % length != 0) {
      throw new IllegalArgumentException(
          "a code of %s %s does not fall into vectors of %s numbers; choose a divisor of %s"
              .formatted(
                  units.count(),
                  units.places() > 1 ? "channels" : "numbers",
                  length,
                  units.count()));
    }
    return new Groups(units.count() / length, units.places(), length);
  }

  /** How many vectors a code has. */
  int vectors() {
    return perPlace * places;
  }

  int size() {
    return vectors() * dimension;
  }

  /** Where the first number of a vector lies in a code; the next ones follow after each stride. */
  int start(int vector) {
    return vector / places * dimension * places + vector % places;
  }

  int stride() {
    return places;
  }
}
