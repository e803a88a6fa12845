package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.runtime.Reconstructor;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/runtime.md. */
class RuntimeSnippetsTest {

  private final ImageSource digits = Mnist.train().slice(0, 200);

  @TempDir Path folder;

  @Test
  void trainsHereAndRunsThere() {
    // snippet: runtime-save
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(16).build();
    autoencoder.fit(digits, Training.epochs(5));
    autoencoder.save(folder.resolve("digits.aemodel"));
    autoencoder.save(folder.resolve("sender.aemodel"), Saving.encoder());
    // end

    // snippet: runtime-load
    try (Reconstructor model = Reconstructor.load(folder.resolve("digits.aemodel"))) {
      float[][] reconstructions = model.reconstruct(digits);
      double score = model.score(digits.get(0)); // the larger, the odder
      System.out.println(model.runsOn() + ": " + reconstructions.length + ", " + score);
    }

    Encoder sender = Encoder.load(folder.resolve("sender.aemodel"));
    float[] code = sender.encode(digits.get(0));
    // end

    Decoder decoder = Decoder.load(folder.resolve("digits.aemodel"));
    ImageSource samples = digits;
    // snippet: runtime-arrays
    float[] numbers = new float[sender.latentShape().size()];
    float[] picture = new float[decoder.outputShape().size()];
    for (int i = 0; i < samples.size(); i++) {
      sender.encode(samples.get(i), numbers);
      decoder.decode(numbers, picture);
    }
    // end

    assertThat(code).hasSize(16);
    float[] expected = autoencoder.reconstruct(digits)[199];
    for (int i = 0; i < picture.length; i++) {
      assertThat(picture[i]).isCloseTo(expected[i], within(1e-4f));
    }
  }
}
