package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Reconstructor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** A model computes the same in plain Java as where it was trained, whatever it is made of. */
@Domain(Recipes.class)
@AddLifecycleHook(FewDiscards.class)
class PlainContractTest {

  /** What two ways to compute the same may differ by, in parts of the greatest value or of 1. */
  private static final double ROUNDING = 1e-5;

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void plainJavaComputesTheSame(@ForAll Recipe recipe) throws IOException {
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    Path file = Files.createTempFile("plain", ".aemodel");
    autoencoder.save(file);
    try (Reconstructor plain = PlainModels.load(file)) {
      assertThat(plain.runsOn()).startsWith("plain Java");
      float[][] codes = autoencoder.encode(samples);
      assertClose(plain.encoder().encode(samples), codes);
      assertClose(plain.decoder().decode(codes), autoencoder.decode(codes));
      assertClose(plain.reconstruct(samples), autoencoder.reconstruct(samples));

      try (Decoder made =
          Decoder.of(autoencoder.spec().orElseThrow(), autoencoder.decoder().weights())) {
        assertThat(made.decode(codes)).isDeepEqualTo(plain.decoder().decode(codes));
      }

      ImageSource first = samples.slice(0, 1);
      float[] code = plain.encoder().encode(first.get(0));
      assertClose(new float[][] {code}, autoencoder.encode(first));
      assertClose(
          new float[][] {plain.decoder().decode(code)}, autoencoder.decode(new float[][] {code}));
      double loss = autoencoder.evaluate(first).reconstructionLoss();
      assertThat(plain.score(first.get(0)))
          .isCloseTo(loss, offset(10 * ROUNDING * (1 + Math.abs(loss))));
    } finally {
      Files.delete(file);
    }
  }

  private static void assertClose(float[][] actual, float[][] expected) {
    assertThat(actual).hasSameDimensionsAs(expected);
    double greatest =
        Arrays.stream(expected).mapToDouble(PlainContractTest::greatest).reduce(1, Math::max);
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual[i].length; j++) {
        assertThat((double) actual[i][j])
            .as("value %d of row %d", j, i)
            .isCloseTo(expected[i][j], offset(ROUNDING * greatest));
      }
    }
  }

  private static double greatest(float[] row) {
    double greatest = 0;
    for (float value : row) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }
}
