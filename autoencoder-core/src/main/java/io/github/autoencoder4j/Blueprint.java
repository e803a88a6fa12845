package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.util.Locale;

/** What a builder knows before it knows the shape of the data. Immutable. */
interface Blueprint {

  /** The layers for samples of a shape. */
  Architecture architecture(ImageShape input);

  /** Refuses networks whose parameters do not fit into one array. */
  static Architecture requireTrainable(Architecture layers) {
    // In floating point, where no sum wraps round.
    double parameters = layers.layers().stream().mapToDouble(LayerPlan::parameters).sum();
    if (parameters > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a network may have at most %,d parameters, but these layers have %,.0f; make the widest smaller",
              Integer.MAX_VALUE,
              parameters));
    }
    return layers;
  }
}
