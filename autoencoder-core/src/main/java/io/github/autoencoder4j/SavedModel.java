package io.github.autoencoder4j;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ContainerWriter;
import io.github.autoencoder4j.internal.model.Model;
import io.github.autoencoder4j.internal.model.ModelFile;
import io.github.autoencoder4j.internal.training.ModelPart;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.network.Spec;
import java.io.IOException;
import java.util.List;

/** An autoencoder as its checkpoints know it. */
final class SavedModel implements ModelPart {

  private final Spec spec;
  private List<TrainingRun> runs;

  /**
   * Says what is written.
   *
   * @param runs the runs before this one
   */
  SavedModel(Spec spec, List<TrainingRun> runs) {
    this.spec = spec;
    this.runs = runs;
  }

  @Override
  public ContainerWriter write(Engine engine) {
    // Its optimiser is not left to the model file, which cannot hold every kind.
    return ModelFile.write(new Model<>(spec, Part.WHOLE, engine, runs, true), Saving.whole());
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
      runs = model.runs();
      return engine.store().parameters();
    }
  }

  /** The runs before this one, as the checkpoint has them if it is resumed. */
  List<TrainingRun> runs() {
    return runs;
  }
}
