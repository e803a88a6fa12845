package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.model.TrainingRun;
import java.util.List;
import java.util.function.Supplier;

/**
 * What training has made, as readers see it.
 *
 * @param engine the network with its weights
 * @param runs how it came by them; immutable
 */
record Trained(Engine engine, List<TrainingRun> runs) {

  /**
   * Copies what readers may ask for, before it changes.
   *
   * @return makes a network of it, if anybody asks
   */
  Supplier<Trained> copy() {
    float[] parameters = engine.store().parameters();
    int steps = engine.store().steps();
    int epochs = engine.store().epochs();
    return () -> {
      Engine copy = Engine.blank(engine.spec());
      copy.store().setParameters(parameters);
      copy.store().setEarlier(steps, epochs);
      return new Trained(copy, runs);
    };
  }
}
