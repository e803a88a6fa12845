package io.github.autoencoder4j.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What training minimises, in its parts: a reconstruction loss and the named terms of latent
 * stages. The penalty of the weights is not among them.
 *
 * <p>All are means per value of a sample, so that for a variational autoencoder the sum is {@code
 * -ELBO / d} in nats with {@code d} values in a sample.
 *
 * @param reconstruction how far outputs are from their targets
 * @param terms what stages add, weights included, by name; empty for most; immutable
 */
public record Objective(double reconstruction, Map<String, Double> terms) {

  /**
   * Copies the map.
   *
   * @param reconstruction how far outputs are from their targets
   * @param terms what stages add, weights included, by name
   */
  public Objective {
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
  }

  /**
   * Adds up.
   *
   * @return the reconstruction loss and all terms
   */
  public double total() {
    double sum = reconstruction;
    for (double term : terms.values()) {
      sum += term;
    }
    return sum;
  }
}
