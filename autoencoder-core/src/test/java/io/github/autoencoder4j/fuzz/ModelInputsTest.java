package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.testing.FuzzInputs;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A fuzzer whose files are all refused at the first look would find nothing. */
class ModelInputsTest {

  @Test
  void someFilesOfEitherGrammarAreModels() throws IOException {
    assertThat(loaded(FuzzInputs.BUILT, 0)).isGreaterThan(5);
    assertThat(loaded(FuzzInputs.BUILT + 1, 1)).isGreaterThan(5);
  }

  private static int loaded(int kind, int leastClasses) throws IOException {
    ModelInputs inputs = new ModelInputs();
    Random random = new Random(1);
    int loaded = 0;
    for (int i = 0; i < 200; i++) {
      byte[] choices = new byte[40];
      random.nextBytes(choices);
      try (Encoder encoder = Encoder.load(inputs.file(FuzzInputs.of(kind, choices)))) {
        assertThat(encoder.classes()).hasSizeGreaterThanOrEqualTo(leastClasses);
        loaded++;
      } catch (UnreadableModelException | IllegalStateException e) {
        // Most describe what cannot be, or a decoder.
      }
    }
    return loaded;
  }
}
