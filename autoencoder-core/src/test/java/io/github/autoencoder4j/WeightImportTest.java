package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that were learnt elsewhere, in a network of the same layers. */
class WeightImportTest {

  private static final ImageShape PAIR = ImageShape.vector(2);
  private static final Training SHORT = Training.epochs(1).batchSize(4);

  @TempDir Path folder;

  /** Whatever the library trains goes out and comes back. */
  @Domain(Recipes.class)
  @AddLifecycleHook(FewDiscards.class)
  static class OfEveryKind {

    @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
    void comeBackBitForBit(@ForAll Recipe recipe) throws IOException {
      Autoencoder trained = recipe.trained();
      ImageSource samples = recipe.samples();
      Path file = Files.createTempFile("import", ".safetensors");
      try {
        trained.weights().save(file);
        try (Autoencoder other = recipe.withSeed(recipe.seed() + 1).builder().build()) {
          other.importWeights(Weights.load(file));

          assertThat(other.parameters()).isEqualTo(trained.parameters());
          float[][] codes = trained.encode(samples);
          assertThat(other.encode(samples)).isDeepEqualTo(codes);
          assertThat(other.decode(codes)).isDeepEqualTo(trained.decode(codes));
        }
      } finally {
        Files.delete(file);
      }
    }
  }

  private static WeightArray array(String name, List<Integer> shape, float... values) {
    return new WeightArray(name, shape, FloatBuffer.wrap(values));
  }

  private static DenseBuilder pairs() {
    return Autoencoder.dense()
        .input(PAIR)
        .hidden(2)
        .bottleneck(1)
        .activation(Activation.RELU)
        .output(Output.gaussian(1));
  }

  /**
   * {@code nn.Sequential(Linear(2, 2), ReLU(), Linear(2, 1))} and {@code nn.Sequential(Linear(1,
   * 2), ReLU(), Linear(2, 2))}, in the order in which safetensors writes them.
   */
  private static Weights ofPyTorch() {
    return new Weights(
        List.of(
            array("decoder.0.bias", List.of(2), 0.75f, 1),
            array("decoder.0.weight", List.of(2, 1), 1, -1),
            array("decoder.2.bias", List.of(2), 0, 0.125f),
            array("decoder.2.weight", List.of(2, 2), 0.5f, 1, -1, 2),
            array("encoder.0.bias", List.of(2), 0.5f, -1),
            array("encoder.0.weight", List.of(2, 2), 1, 2, 3, -4),
            array("encoder.2.bias", List.of(1), 0.25f),
            array("encoder.2.weight", List.of(1, 2), 2, 7)));
  }

  private static final Map<String, String> NAMES =
      Map.of(
          "encoder.0", "encoder-1",
          "encoder.2", "bottleneck",
          "decoder.0", "decoder-1",
          "decoder.2", "logits");

  @Test
  void aDenseNetworkOfPyTorchComputesWhatIsComputedByHand() {
    Path file = folder.resolve("theirs.safetensors");
    ofPyTorch().save(file);
    Autoencoder autoencoder = pairs().build();
    autoencoder.importWeights(Weights.load(file).withNames(NAMES));

    // 1 * 0.5 + 2 * 0.25 + 0.5 = 1.5; 3 * 0.5 - 4 * 0.25 - 1 < 0; 2 * 1.5 + 0.25 = 3.25
    assertThat(autoencoder.encode(new float[][] {{0.5f, 0.25f}}))
        .isDeepEqualTo(new float[][] {{3.25f}});
    // 3.25 + 0.75 = 4; -3.25 + 1 < 0; 0.5 * 4 = 2; -4 + 0.125 = -3.875
    assertThat(autoencoder.decode(new float[][] {{3.25f}}))
        .isDeepEqualTo(new float[][] {{2, -3.875f}});
  }

  /** PyTorch's {@code Conv1d} has kernels {@code [out, in, width]}. */
  @Test
  void kernelsOfSequencesMayLackTheirHeight() {
    float[] down = {1, 2, 3, 4, 5, 6, 7, 8};
    float[] up = {8, 7, 6, 5, 4, 3, 2, 1};
    ConvBuilder builder =
        Autoencoder.conv()
            .input(1, 4, 2)
            .latent(1, 2, 1)
            .widths()
            .residualBlocks(0)
            .resampling(Resampling.STRIDED)
            .output(Output.gaussian(1));
    Autoencoder autoencoder = builder.build();
    autoencoder.importWeights(
        new Weights(
            List.of(
                array("bottleneck.bias", List.of(1), 0),
                array("bottleneck.weight", List.of(1, 2, 4), down),
                array("logits.bias", List.of(2), 0, 0),
                array("logits.weight", List.of(1, 2, 4), up))));

    // Padding of 1: the first place sees 2 a0 + 3 a1 + 4 a2 + 6 b0 + 7 b1 + 8 b2.
    assertThat(autoencoder.encode(new float[][] {{1, 10, 100, 0, 2, 20, 200, 0}})[0][0])
        .isEqualTo(2 + 30 + 400 + 12 + 140 + 1600);
    assertThat(autoencoder.decode(new float[][] {{1, 0}})[0])
        .containsExactly(7, 6, 5, 0, 3, 2, 1, 0);
    assertThat(autoencoder.weights().get("logits.weight").shape()).containsExactly(1, 2, 1, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder
                    .build()
                    .importWeights(
                        new Weights(
                            List.of(
                                array("bottleneck.bias", List.of(1), 0),
                                array("bottleneck.weight", List.of(2, 1, 4), down),
                                array("logits.bias", List.of(2), 0, 0),
                                array("logits.weight", List.of(1, 2, 4), up)))))
        .withMessageContaining("bottleneck.weight has shape [2, 1, 4]");
  }

  @Test
  void convolutionsOfPyTorchComputeWhatItsDefinitionsSay() {
    RandomStream random = RandomStream.of(5, "kernels");
    float[] down = random(random, 2 * 3 * 4 * 4);
    float[] up = random(random, 2 * 3 * 4 * 4);
    Autoencoder autoencoder =
        Autoencoder.conv()
            .input(new ImageShape(6, 6, 3))
            .latent(3, 3, 2)
            .strides(2)
            .widths()
            .resampling(Resampling.STRIDED)
            .output(Output.gaussian(1))
            .build();
    autoencoder.importWeights(
        new Weights(
            List.of(
                array("bottleneck.weight", List.of(2, 3, 4, 4), down), // [out, in, h, w]
                array("bottleneck.bias", List.of(2), 0.5f, -0.25f),
                array("logits.weight", List.of(2, 3, 4, 4), up), // [in, out, h, w]
                array("logits.bias", List.of(3), 1, 2, 3))));
    float[] sample = new float[3 * 36];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.nextFloat();
    }

    float[] code = autoencoder.encode(new float[][] {sample})[0];
    float[] decoded = autoencoder.decode(new float[][] {code})[0];

    // Conv2d(3, 2, 4, stride=2, padding=1)
    double[] expected = new double[2 * 9];
    // ConvTranspose2d(2, 3, 4, stride=2, padding=1)
    double[] image = new double[3 * 36];
    for (int i = 0; i < image.length; i++) {
      image[i] = 1 + i / 36;
    }
    for (int c = 0; c < 2; c++) {
      for (int place = 0; place < 9; place++) {
        expected[c * 9 + place] += c == 0 ? 0.5 : -0.25;
        for (int k = 0; k < 3 * 16; k++) {
          int row = place / 3 * 2 - 1 + k % 16 / 4;
          int column = place % 3 * 2 - 1 + k % 4;
          if (row >= 0 && row < 6 && column >= 0 && column < 6) {
            int pixel = k / 16 * 36 + row * 6 + column;
            expected[c * 9 + place] += (double) down[c * 48 + k] * sample[pixel];
            image[pixel] += (double) up[c * 48 + k] * code[c * 9 + place];
          }
        }
      }
    }
    assertClose(code, expected);
    assertClose(decoded, image);
  }

  private static float[] random(RandomStream random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], offset(1e-5));
    }
  }

  @Test
  void allThatDoesNotFitIsListedAtOnceAndNothingChanges() {
    Autoencoder autoencoder = pairs().build();
    autoencoder.importWeights(ofPyTorch().withNames(NAMES));
    float[] before = autoencoder.parameters();
    List<WeightArray> wrong = new ArrayList<>(ofPyTorch().withNames(NAMES).arrays());
    wrong.replaceAll(
        array ->
            switch (array.name()) {
              case "encoder-1.weight" ->
                  array(array.name(), List.of(2, 2), 1, 2, Float.NaN, Float.NEGATIVE_INFINITY);
              case "decoder-1.weight" -> array.permute(1, 0);
              case "logits.bias" -> array(array.name(), List.of(3), 1, 2, Float.NaN);
              case "bottleneck.bias" -> array.withName("encoder.2.bias");
              default -> array;
            });
    wrong.add(array("logits.weight", List.of(2, 2), 9, 9, 9, 9));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.importWeights(new Weights(wrong)))
        .satisfies(
            e ->
                assertThat(e.getMessage().lines().map(String::strip).skip(1))
                    .containsExactlyInAnyOrder(
                        "logits.weight is there more than once",
                        "encoder-1.weight has NaN at [1, 0], and 1 more numbers that are not"
                            + " finite",
                        "logits.bias has NaN at [2]",
                        "decoder-1.weight has shape [1, 2], but the network's is [2, 1];"
                            + " permute(...) exchanges dimensions",
                        "logits.bias has shape [3], but the network's is [2]",
                        "bottleneck.bias of shape [1] is missing",
                        "encoder.2.bias of shape [1] is left over"))
        .withMessageContaining("nothing was changed");
    assertThat(autoencoder.parameters()).isEqualTo(before);
  }

  @Test
  void aNetworkThatWasRefusedWeightsIsNotTrained() {
    Autoencoder autoencoder = pairs().build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.importWeights(new Weights(List.of())))
        .withMessageContaining("encoder-1.weight of shape [2, 2] is missing");
    assertThat(autoencoder.isTrained()).isFalse();
    assertThatIllegalStateException().isThrownBy(autoencoder::parameters);
  }

  @Test
  void whatHasNoShapeYetAndHalvesAreRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Autoencoder.dense().bottleneck(1).build().importWeights(ofPyTorch()))
        .withMessageContaining("input(height, width, channels)");
    Autoencoder whole = pairs().build();
    whole.importWeights(ofPyTorch().withNames(NAMES));
    Path file = folder.resolve("half.aemodel");
    whole.save(file, Saving.encoder());
    assertThatIllegalStateException()
        .isThrownBy(() -> Autoencoder.load(file).importWeights(whole.weights()))
        .withMessageContaining("encoder and decoder");
  }

  @Test
  void modelFilesSaySo() throws IOException {
    Autoencoder autoencoder = pairs().build();
    autoencoder.importWeights(ofPyTorch().withNames(NAMES));
    Path file = folder.resolve("imported.aemodel");
    autoencoder.save(file);

    ModelDescription description = Autoencoder.inspect(file);
    assertThat(description.hasImportedWeights()).isTrue();
    assertThat(description.runs()).isEmpty();
    assertThat(description.toString()).contains("0 steps in 0 runs, from imported weights");
    assertThat(card(file)).contains("Its weights were imported, and have not been trained here.");
    Autoencoder copy = pairs().build();
    copy.copyWeightsFrom(Autoencoder.load(file));
    copy.save(file);
    assertThat(Autoencoder.inspect(file).hasImportedWeights()).isTrue();
  }

  private static String card(Path model) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(model)) {
      return Files.readString(zip.getPath("model-card.md"), StandardCharsets.UTF_8);
    }
  }

  @Test
  void isTrainedOnAndItsFilesAndCheckpointsStillSaySo() throws IOException {
    ImageSource samples = ImageSource.of(PAIR, TinyData.rows(8, 2));
    Training training = SHORT.checkpoints(Checkpoints.in(folder.resolve("run")));
    Autoencoder autoencoder = pairs().build();
    autoencoder.importWeights(ofPyTorch().withNames(NAMES));
    float[] before = autoencoder.parameters();
    autoencoder.resume(samples, training);
    Path file = folder.resolve("trained.aemodel");
    autoencoder.save(file);

    assertThat(autoencoder.parameters()).isNotEqualTo(before);
    assertThat(autoencoder.trainingRuns()).hasSize(1);
    assertThat(Autoencoder.inspect(file).toString())
        .contains("2 steps in 1 runs, from imported weights");
    assertThat(card(file)).contains("The first of these runs began with imported weights.");
    Autoencoder resumed = pairs().build();
    resumed.resume(samples, training);
    resumed.save(file);
    assertThat(resumed.parameters()).isEqualTo(autoencoder.parameters());
    assertThat(Autoencoder.inspect(file).hasImportedWeights()).isTrue();
  }

  @Test
  void weightsOfTrainingAreForgottenByAnImport() {
    Autoencoder autoencoder = pairs().build();
    autoencoder.fit(ImageSource.of(PAIR, TinyData.rows(8, 2)), SHORT);
    autoencoder.importWeights(ofPyTorch().withNames(NAMES));
    Path file = folder.resolve("again.aemodel");
    autoencoder.save(file);

    assertThat(autoencoder.trainingRuns()).isEmpty();
    assertThat(Autoencoder.inspect(file).steps()).isZero();
  }
}
