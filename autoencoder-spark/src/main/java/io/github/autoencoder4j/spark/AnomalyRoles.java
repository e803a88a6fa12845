package io.github.autoencoder4j.spark;

import java.io.Serializable;

/**
 * Which normal samples a scorer is fitted to, and which of the others give p-values: both from all
 * over the data.
 *
 * @param count how many samples there are
 * @param fitted to so many of them
 * @param scored so many, less those among them that are fitted to
 */
record AnomalyRoles(long count, long fitted, long scored) implements Serializable {

  boolean isFitted(long sample) {
    return isPicked(sample, fitted);
  }

  boolean isScored(long sample) {
    return isPicked(sample, scored) && !isFitted(sample);
  }

  /** So many samples are picked that lie evenly. */
  private boolean isPicked(long sample, long many) {
    return (sample + 1) * many / count > sample * many / count;
  }
}
