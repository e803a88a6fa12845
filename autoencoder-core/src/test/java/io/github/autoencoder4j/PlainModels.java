package io.github.autoencoder4j;

import io.github.autoencoder4j.runtime.Reconstructor;
import java.nio.file.Path;

/** Loads models into plain Java although a native backend is there. */
final class PlainModels {

  private static final String PROPERTY = "autoencoder4j.backend";

  private PlainModels() {}

  static Reconstructor load(Path file) {
    System.setProperty(PROPERTY, "plain");
    try {
      return Reconstructor.load(file);
    } finally {
      System.clearProperty(PROPERTY);
    }
  }
}
