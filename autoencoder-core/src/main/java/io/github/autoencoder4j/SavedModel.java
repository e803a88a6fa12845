package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ContainerWriter;
import io.github.autoencoder4j.internal.model.Lineage;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.training.ModelPart;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.network.Spec;
import java.io.IOException;
import java.util.List;

/** An autoencoder as its checkpoints know it. */
final class SavedModel implements ModelPart {

  private final Spec spec;
  private Lineage lineage;

  /**
   * Says what is written.
   *
   * @param lineage how it came by its weights before this run
   */
  SavedModel(Spec spec, Lineage lineage) {
    this.spec = spec;
    this.lineage = lineage;
  }

  @Override
  public ContainerWriter write(Engine engine) {
    // Its optimiser is not left to the model file, which cannot hold every kind.
    return ModelFile.write(new Model<>(spec, Part.WHOLE, engine, lineage, true), Saving.whole());
  }

  @Override
  public float[] read(ContainerReader file) throws IOException {
    Model<Engine> model = ModelFile.read(file, spec.architecture(), Engine::blank);
    try (Engine engine = model.engine()) {
      List<String> differences = ModelFile.differences(model.spec(), spec);
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            ("these are checkpoints of another autoencoder: %s. Resume the one that was trained,"
                    + " which Autoencoder.load(folder) gives, or choose another folder")
                .formatted(String.join("; ", differences)));
      }
      lineage = model.lineage();
      return engine.store().parameters();
    }
  }

  /** How it came by its weights before this run, as the checkpoint has it if it is resumed. */
  Lineage lineage() {
    return lineage;
  }
}
