package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.Lineage;
import java.util.function.Supplier;

/**
 * What training has made, as readers see it.
 *
 * @param engine the network with its weights
 * @param lineage how it came by them
 */
record Trained(Engine engine, Lineage lineage) {

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
      return new Trained(copy, lineage);
    };
  }
}
