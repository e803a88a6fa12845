package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.util.Locale;

/** What a builder knows before it knows the shape of the data. Immutable. */
@FunctionalInterface
interface Blueprint {

  /** Every choice, for samples of a shape. */
  Spec spec(ImageShape input);

  /** Refuses networks whose parameters do not fit into one array. */
  static Spec requireTrainable(Spec spec) {
    // In floating point, where no sum wraps round.
    double parameters = Network.of(spec).nodes().stream().mapToDouble(Node::parameters).sum();
    if (parameters > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a network may have at most %,d parameters, but these layers have %,.0f; make the widest smaller",
              Integer.MAX_VALUE,
              parameters));
    }
    return spec;
  }
}
