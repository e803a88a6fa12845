package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Loads models for a backend. Those on the class path are found by {@link java.util.ServiceLoader}.
 */
public interface ModelLoader {

  /**
   * Says why the backend cannot be used here.
   *
   * @return half a sentence; empty if it can
   */
  Optional<String> problem();

  /**
   * Loads a model.
   *
   * @param file a model file, or whatever else stands for one
   * @return the model
   * @throws UnreadableModelException if it holds no model, or a damaged one
   * @throws UncheckedIOException if it does not exist or cannot be read
   */
  LoadedModel load(Path file);

  /**
   * Loads a model.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return the model
   * @throws UnreadableModelException if it holds no model, or a damaged one
   * @throws UncheckedIOException if it cannot be read
   */
  LoadedModel load(InputStream in);
}
