package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.architecture.ParameterSpec.Start;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.random.RandomStream;
import java.util.HashMap;
import java.util.Map;

/** The parameters that a network starts from. */
final class InitialWeights {

  private InitialWeights() {}

  /** All parameters in the order of the network. */
  static float[] draw(Spec spec, Network network) {
    float[] values = new float[network.size()];
    Map<String, RandomStream> streams = new HashMap<>();
    for (Network.Entry entry : network.parameters()) {
      RandomStream random =
          streams.computeIfAbsent(
              entry.owner().name(), name -> RandomStream.of(spec.seed(), "weights/" + name));
      Start start = entry.spec().start().by(spec.initialization());
      int length = entry.length();
      for (int i = 0; i < length; i++) {
        values[entry.offset() + i] = (float) start.value(i, random);
      }
    }
    if (spec.initialization() == Initialization.AUTOMATIC
        && spec.architecture() instanceof ConvArchitecture conv
        && CosineStart.fits(conv)) {
      CosineStart.of(conv, spec.output().kernel().link()).apply(network, values);
    }
    return values;
  }
}
