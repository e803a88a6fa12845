package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.random.RandomStream;

/** The parameters that a network starts from. */
final class InitialWeights {

  private InitialWeights() {}

  /** All parameters in the order of the network. */
  static float[] draw(Architecture architecture, long seed) {
    Network network = Network.of(architecture);
    float[] values = new float[(int) architecture.parameters()];
    for (LayerPlan layer : network.layers()) {
      RandomStream random = RandomStream.of(seed, "weights/" + layer.name());
      for (Network.Entry entry : network.parameters(layer)) {
        for (int i = 0; i < entry.length(); i++) {
          values[entry.offset() + i] = (float) entry.spec().start().value(i, random);
        }
      }
    }
    if (architecture instanceof ConvArchitecture conv && CosineStart.fits(conv)) {
      CosineStart.of(conv).apply(network, values);
    }
    return values;
  }
}
