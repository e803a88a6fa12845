package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.model.ModelReading;
import io.github.autoencoder4j.internal.plain.PlainMemory;
import io.github.autoencoder4j.internal.plain.PlainNetwork;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Loads models into plain Java: everywhere, and without a temporary file. */
final class PlainLoader implements ModelLoader {

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public LoadedModel load(Path file) {
    return ModelReading.of(file, PlainLoader::model);
  }

  @Override
  public LoadedModel load(InputStream in) {
    return ModelReading.inMemory(in, PlainLoader::model);
  }

  private static LoadedModel model(ContainerReader reader) throws IOException {
    Model<PlainNetwork> model = ModelFile.read(reader, spec -> blank(reader, spec));
    return new PlainModel(model.engine(), model.part());
  }

  private static PlainNetwork blank(ContainerReader reader, Spec spec) {
    PlainMemory.objection(Network.of(spec), Runtime.getRuntime().maxMemory())
        .ifPresent(
            objection -> {
              throw reader.unreadable(0, "its network " + objection);
            });
    return PlainNetwork.blank(spec);
  }
}
