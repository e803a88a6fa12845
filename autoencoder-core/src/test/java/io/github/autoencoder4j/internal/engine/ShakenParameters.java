package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.random.RandomStream;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Moves parameters away from where they start, for tests. */
final class ShakenParameters {

  private ShakenParameters() {}

  /** Adds noise to all; those of divisive normalisation stay where their values can move. */
  static void shake(Engine engine, double spread) {
    RandomStream random = RandomStream.of(3, "parameters");
    INDArray parameters = engine.network().params();
    for (long i = 0; i < parameters.length(); i++) {
      parameters.putScalar(i, parameters.getDouble(i) + spread * random.nextGaussian());
    }
    for (Layer layer : engine.network().getLayers()) {
      layer
          .paramTable()
          .forEach(
              (key, values) -> {
                if (key.equals(PlanInitializer.BETA) || key.equals(PlanInitializer.GAMMA)) {
                  Transforms.abs(values, false).addi(0.05);
                }
              });
    }
  }
}
