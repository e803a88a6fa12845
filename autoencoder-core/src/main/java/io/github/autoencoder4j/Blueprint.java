package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;

/** What a builder knows before it knows the shape of the data. Immutable. */
interface Blueprint {

  /** The layers for samples of a shape. */
  Architecture architecture(ImageShape input);
}
