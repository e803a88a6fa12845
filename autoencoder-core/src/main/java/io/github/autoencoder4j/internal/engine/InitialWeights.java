package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** The parameters that a network starts from. */
final class InitialWeights {

  private InitialWeights() {}

  /** All parameters in the order of the network. */
  static float[] draw(Architecture architecture, long seed) {
    List<LayerPlan> plans = new ArrayList<>(architecture.encoder());
    plans.addAll(architecture.decoder());
    float[] values = new float[(int) architecture.parameters()];
    int offset = 0;
    for (LayerPlan plan : plans) {
      RandomStream random = RandomStream.of(seed, "weights/" + plan.name());
      for (ParameterPlan parameter : ParameterPlan.of(plan)) {
        int end = offset + (int) parameter.length();
        for (int i = offset; i < end; i++) {
          values[i] = (float) parameter.start().value(i - offset, random);
        }
        offset = end;
      }
    }
    if (architecture instanceof ConvArchitecture conv && CosineStart.fits(conv)) {
      CosineStart.of(conv).apply(values);
    }
    return values;
  }
}
