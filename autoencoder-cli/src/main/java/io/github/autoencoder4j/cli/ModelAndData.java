package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments of commands that use a model on data. */
final class ModelAndData {

  @Parameters(index = "0", paramLabel = "MODEL", description = "A model file.")
  private @Nullable Path model;

  @Parameters(index = "1", paramLabel = "DATA", description = "What to use it on.")
  private @Nullable Path data;

  @Mixin private final ClassOption classes = new ClassOption();

  Autoencoder model() {
    return Autoencoder.load(Objects.requireNonNull(model));
  }

  Data data(Autoencoder autoencoder) {
    Data read = Data.of(Objects.requireNonNull(data), autoencoder);
    return read.with(classes.told(autoencoder, read.samples()));
  }
}
