package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.runtime.Reconstructor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What a conditional autoencoder promises, whatever else it is made of: every kind of {@link
 * Recipes} with classes.
 */
@Domain(Recipes.class)
@AddLifecycleHook(FewDiscards.class)
class ConditionContractTest {

  private static final List<String> CLASSES = List.of("cat", "dog", "hen");

  private static final LatentNoise CHANNEL = LatentNoise.variance(0.2);

  private static List<String> names(ImageSource samples) {
    LabeledImageSource labeled = (LabeledImageSource) samples;
    return Arrays.stream(labeled.labels()).mapToObj(labeled.classNames()::get).toList();
  }

  /** All that it has to say of some samples. */
  private static Object[] answers(Autoencoder autoencoder, ImageSource samples) {
    float[][] codes = autoencoder.encode(samples);
    return new Object[] {
      codes,
      autoencoder.decode(codes, names(samples)),
      autoencoder.decode(codes, "hen"),
      autoencoder.reconstruct(samples),
      autoencoder.transmit(samples, CHANNEL, 7),
      autoencoder.evaluate(samples),
      autoencoder.parameters()
    };
  }

  private static void assertClose(float[][] actual, float[][] expected, double tolerance) {
    assertThat(actual).hasSameDimensionsAs(expected);
    double greatest = 1;
    for (float[] row : expected) {
      for (float value : row) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual[i].length; j++) {
        assertThat((double) actual[i][j])
            .as("value %d of row %d", j, i)
            .isCloseTo(expected[i][j], offset(tolerance * greatest));
      }
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void samplesAndCodesAreThoseOfOthers(@ForAll Recipe kind) {
    Recipe recipe = kind.conditionedOn(CLASSES);
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    assertThat(autoencoder.classes()).isEqualTo(CLASSES);
    assertThat(autoencoder.summary()).contains("condition on 3 classes");
    assertThat(autoencoder.inputShape()).isEqualTo(recipe.architecture().input());
    assertThat(autoencoder.latentShape()).isEqualTo(recipe.architecture().latent());
    float[][] codes = autoencoder.encode(samples);
    assertThat(codes).hasDimensions(samples.size(), recipe.architecture().latent().size());
    float[][] decoded = autoencoder.decode(codes, names(samples));
    assertThat(decoded).hasDimensions(samples.size(), recipe.architecture().input().size());
    if (!recipe.isNoisyAtInference()) {
      assertThat(autoencoder.reconstruct(samples)).isDeepEqualTo(decoded);
    }
    assertThat(autoencoder.transmit(samples, LatentNoise.variance(0), 7)).isDeepEqualTo(decoded);
    float[][] rows = samples.toArrays();
    assertThat(autoencoder.encode(rows, names(samples))).isDeepEqualTo(codes);
    double squares = 0;
    float[][] outputs = autoencoder.reconstruct(samples);
    for (int i = 0; i < outputs.length; i++) {
      for (int j = 0; j < outputs[i].length; j++) {
        squares += Math.pow((double) outputs[i][j] - rows[i][j], 2);
      }
    }
    assertThat(autoencoder.evaluate(samples).meanSquaredError())
        .isCloseTo(squares / rows.length / rows[0].length, offset(1e-7));
    assertThat(autoencoder.evaluate(samples, recipe.samples()))
        .isEqualTo(autoencoder.evaluate(samples));
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void whatIsSavedComesBack(@ForAll Recipe kind) throws IOException {
    Recipe recipe = kind.conditionedOn(CLASSES);
    Autoencoder saved = recipe.train(recipe.builder(new Random(kind.seed())).build());
    ImageSource samples = recipe.samples();
    Object[] answers = answers(saved, samples);
    Path file = Files.createTempFile("conditions", ".aemodel");
    try {
      saved.save(file, Saving.whole().optimizerState());
      assertThat(Autoencoder.inspect(file).spec().stages()).isEqualTo(recipe.stages());
      assertThat(Autoencoder.inspect(file).toString()).contains("condition on 3 classes");
      Autoencoder whole = Autoencoder.load(file);
      assertThat(Arrays.deepEquals(answers(whole, samples), answers)).isTrue();
      float[][] codes = (float[][]) answers[0];
      saved.save(file, Saving.encoder());
      try (Encoder encoder = Encoder.load(file)) {
        assertThat(encoder.encode(samples)).isDeepEqualTo(codes);
        assertThat(encoder.classes()).isEqualTo(CLASSES);
      }
      saved.save(file, Saving.decoder());
      try (Decoder decoder = Decoder.load(file)) {
        assertThat(decoder.decode(codes, "hen")).isDeepEqualTo((float[][]) answers[2]);
        assertThat(decoder.classes()).isEqualTo(CLASSES);
      }
      recipe.train(saved);
      recipe.train(whole);
      assertThat(whole.parameters()).isEqualTo(saved.parameters());
      assertThat(answers[6]).isEqualTo(recipe.trained().parameters());
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void bothPathsAndPlainJavaComputeTheSame(@ForAll Recipe kind) throws IOException {
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
    Recipe recipe = kind.conditionedOn(CLASSES);
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    float[][] codes = autoencoder.encode(samples);
    float[][] dogs = autoencoder.decode(codes, "dog");
    float[][] outputs = autoencoder.reconstruct(samples);
    float[] parameters = autoencoder.parameters();
    double loss = autoencoder.evaluate(samples).reconstructionLoss();
    double[] losses = losses(autoencoder);
    System.setProperty(OneDnn.SWITCH, "off");
    try {
      assertClose(autoencoder.encode(samples), codes, 1e-4);
      assertClose(autoencoder.decode(codes, "dog"), dogs, 1e-4);
      assertClose(autoencoder.reconstruct(samples), outputs, 1e-4);
      Autoencoder slow = recipe.train(recipe.builder().build());
      assertThat(losses(slow)[0]).isCloseTo(losses[0], offset(1e-4 * (1 + Math.abs(losses[0]))));
      assertThat(slow.parameters()).hasSameSizeAs(parameters);
    } finally {
      System.clearProperty(OneDnn.SWITCH);
    }
    Path file = Files.createTempFile("conditions", ".aemodel");
    autoencoder.save(file);
    try (Reconstructor plain = PlainModels.load(file)) {
      assertThat(plain.runsOn()).startsWith("plain Java");
      assertClose(plain.encoder().encode(samples), codes, 1e-5);
      assertClose(plain.decoder().decode(codes, "dog"), dogs, 1e-5);
      assertClose(plain.reconstruct(samples), outputs, 1e-5);
      if (!recipe.isNormalizedPerBatch()) {
        double mean = Arrays.stream(plain.scores(samples)).average().orElseThrow();
        assertThat(mean).isCloseTo(loss, offset(1e-4 * (1 + Math.abs(loss))));
      }
    } finally {
      Files.delete(file);
    }
  }

  private static double[] losses(Autoencoder autoencoder) {
    return autoencoder.trainingRuns().get(0).history().epochs().stream()
        .mapToDouble(epoch -> epoch.trainingLoss())
        .toArray();
  }
}
