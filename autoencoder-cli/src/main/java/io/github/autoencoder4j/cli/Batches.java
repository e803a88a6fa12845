package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.data.ImageSource;

/** Data as pieces that fit into memory however many samples there are. */
final class Batches {

  static final int SIZE = 1024;

  private Batches() {}

  static ImageSource at(ImageSource samples, int start) {
    return samples.slice(start, Math.min(samples.size(), start + SIZE));
  }
}
