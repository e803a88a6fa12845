package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.PositiveParameter;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.onnx.Onnx;
import io.github.autoencoder4j.runtime.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What was exported comes back into a network of the same layers. */
@Domain(Recipes.class)
class OnnxWeightsContractTest {

  /** Beta and gamma lose a last bit on their way to what they count as and back. */
  private static final double TOLERANCE = 1e-5;

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void comesBack(@ForAll Recipe recipe) throws IOException {
    requireBack(recipe);
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void comesBackWithClassesToo(@ForAll Recipe recipe) throws IOException {
    requireBack(recipe.conditionedOn(List.of("cat", "dog")));
  }

  private static void requireBack(Recipe recipe) throws IOException {
    Autoencoder trained = recipe.trained();
    Path file = Files.createTempFile("weights", ".onnx");
    try (Autoencoder other = recipe.withSeed(recipe.seed() + 1).builder().build()) {
      Onnx.reconstruction(trained).save(file);
      Weights weights = Onnx.weights(file);
      List<String> missing = missing(trained.weights(), weights);
      if (missing.isEmpty()) {
        other.importWeights(weights);
        ImageSource samples = recipe.samples();
        float[][] codes = trained.encode(samples);
        assertClose(decoded(other, codes), decoded(trained, codes));
        for (WeightArray array : trained.weights().arrays()) {
          assertThat(meaning(other.weights().get(array.name())))
              .as(array.name())
              .usingComparatorWithPrecision((float) TOLERANCE)
              .containsExactly(meaning(array));
        }
      } else {
        // What codebooks and outputs remember for losses and training is not in what they compute.
        assertThat(missing)
            .allMatch(name -> name.startsWith("latent-") || name.startsWith("output."));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> other.importWeights(weights))
            .withMessageContainingAll(missing.toArray(String[]::new));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static float[][] decoded(Autoencoder autoencoder, float[][] codes) {
    return autoencoder.classes().isEmpty()
        ? autoencoder.decode(codes)
        : autoencoder.decode(codes, "dog");
  }

  /** What numbers count as: those of beta and gamma are bounded. */
  private static float[] meaning(WeightArray array) {
    if (array.name().endsWith(".beta")) {
      return PositiveParameter.values(array.toArray(), PositiveParameter.LEAST_BETA);
    }
    return array.name().endsWith(".gamma")
        ? PositiveParameter.values(array.toArray(), 0)
        : array.toArray();
  }

  private static List<String> missing(Weights wanted, Weights there) {
    Set<String> names = there.arrays().stream().map(WeightArray::name).collect(Collectors.toSet());
    return wanted.arrays().stream()
        .map(WeightArray::name)
        .filter(name -> !names.contains(name))
        .toList();
  }

  private static void assertClose(float[][] actual, float[][] expected) {
    assertThat(actual).hasSameDimensionsAs(expected);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        assertThat((double) actual[i][j])
            .isCloseTo(expected[i][j], offset(TOLERANCE * Math.max(1, Math.abs(expected[i][j]))));
      }
    }
  }
}
