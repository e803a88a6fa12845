package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;

/**
 * The units of a code: its numbers, or its channels if it has planes.
 *
 * @param count how many there are
 * @param places how many numbers each has in a code; they lie side by side
 */
record Units(int count, int places) {

  static Units of(ImageShape code) {
    return code.height() == 1 && code.channels() == 1
        ? new Units(code.width(), 1)
        : new Units(code.channels(), code.height() * code.width());
  }

  int size() {
    return count * places;
  }

  /** Where a unit's numbers in a sample begin. */
  int start(int sample, int unit) {
    return (sample * count + unit) * places;
  }
}
