package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/model-files.md. */
class ModelFilesSnippetsTest {

  private final ImageSource data = Mnist.train().slice(0, 200);
  private final Autoencoder autoencoder = Autoencoder.dense().hidden(16).bottleneck(4).build();

  @TempDir Path folder;

  @Test
  void saving() {
    autoencoder.fit(data, Training.epochs(2));
    // snippet: model-files-save
    autoencoder.save(folder.resolve("dogs.aemodel"));
    Autoencoder dogs = Autoencoder.load(folder.resolve("dogs.aemodel"));
    ModelDescription what = Autoencoder.inspect(folder.resolve("dogs.aemodel"));
    // end

    assertThat(dogs.parameters()).containsExactly(autoencoder.parameters());
    assertThat(what.toString()).contains("encoder and decoder", "28x28x1");
  }

  @Test
  void checkpoints() {
    // snippet: model-files-checkpoints
    Training training =
        Training.epochs(30)
            .checkpoints(Checkpoints.in(folder).every(Duration.ofMinutes(10)).keepBest());
    autoencoder.resume(data, training); // starts the run, or resumes it

    Autoencoder loaded = Autoencoder.load(folder); // the newest, where only the folder is left
    loaded.resume(data, training);
    // end

    // The run is over, so that resuming it trains nothing.
    assertThat(loaded.parameters()).containsExactly(autoencoder.parameters());
    assertThat(folder.resolve("best.aemodel")).isNotEmptyFile();
  }
}
