package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.inference.LoadedModel;
import io.github.autoencoder4j.internal.inference.ModelLoader;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets {@link io.github.autoencoder4j.runtime} run models on ND4J where this jar is on the class
 * path. Found by {@link java.util.ServiceLoader}; there is nothing to call.
 */
public final class NativeModelLoader implements ModelLoader {

  /** For {@link java.util.ServiceLoader}. */
  public NativeModelLoader() {}

  @Override
  public Optional<String> problem() {
    return Engine.problem();
  }

  @Override
  public LoadedModel load(Path file) {
    return ModelFiles.load(file);
  }

  @Override
  public LoadedModel load(InputStream in) {
    return ModelFiles.load(in);
  }
}
