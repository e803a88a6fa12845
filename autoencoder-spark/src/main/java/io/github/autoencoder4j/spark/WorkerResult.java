package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.TrainingState;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The share of a worker on its way to the driver, in plain arrays, which every serialiser knows.
 */
final class WorkerResult implements Serializable {

  private static final long serialVersionUID = 1L;

  private final byte[] state;
  private final double reconstruction;
  private final String[] names;
  private final double[] terms;
  private final int samples;

  WorkerResult(Rounds.Share share) {
    this.state = share.state().toBytes();
    this.reconstruction = share.objective().reconstruction();
    this.names = share.objective().terms().keySet().toArray(new String[0]);
    this.terms =
        share.objective().terms().values().stream().mapToDouble(Double::doubleValue).toArray();
    this.samples = share.samples();
  }

  Rounds.Share share() {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      named.put(names[i], terms[i]);
    }
    return new Rounds.Share(TrainingState.of(state), new Objective(reconstruction, named), samples);
  }
}
