package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.optimizer.NoOp;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.GaussianOutput;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every autoencoder promises, whatever it is made of. Every kind of architecture, latent
 * stages and loss passes every property; {@link Recipes} says which kinds there are.
 */
@Domain(Recipes.class)
@AddLifecycleHook(FewDiscards.class)
class AutoencoderContractTest {

  private static final LatentNoise CHANNEL = LatentNoise.variance(0.2);

  /** What two ways to compute the same may differ by, relative to the greatest value. */
  private static final double ROUNDING = 1e-4;

  /** Everything it has to say of some samples. Equal answers are equal bit for bit. */
  private static Object[] answers(Autoencoder autoencoder, ImageSource samples) {
    float[][] codes = autoencoder.encode(samples);
    return new Object[] {
      codes,
      autoencoder.decode(codes),
      autoencoder.reconstruct(samples),
      autoencoder.transmit(samples, CHANNEL, 7),
      autoencoder.evaluate(samples),
      autoencoder.evaluateTransmission(samples, CHANNEL, 2, 7),
      autoencoder.parameters()
    };
  }

  private static void assertSameAnswers(Object[] actual, Object[] expected) {
    String[] names = {
      "codes", "decoded", "reconstructed", "received", "evaluation", "transmission", "parameters"
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(Arrays.deepEquals(new Object[] {actual[i]}, new Object[] {expected[i]}))
          .as("the same %s", names[i])
          .isTrue();
    }
  }

  private static void assertClose(float[][] actual, float[][] expected, double tolerance) {
    assertThat(actual).hasSameDimensionsAs(expected);
    double greatest = 0;
    for (float[] row : expected) {
      for (float value : row) {
        greatest = Math.max(greatest, Math.abs(value));
      }
    }
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual[i].length; j++) {
        assertThat((double) actual[i][j])
            .as("value %d of row %d", j, i)
            .isCloseTo(expected[i][j], offset(tolerance * (1 + greatest)));
      }
    }
  }

  private static float[][] rows(INDArray array) {
    return array.dup('c').reshape('c', array.size(0), -1).toFloatMatrix();
  }

  private static INDArray array(float[][] rows, ImageShape shape) {
    return Nd4j.createFromArray(rows)
        .reshape(rows.length, shape.channels(), shape.height(), shape.width());
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void isBuiltOfWhatItWasToldInAnyOrder(@ForAll Recipe recipe) {
    Autoencoder fresh = recipe.builder(new Random(recipe.seed())).build();
    assertThat(fresh.architecture()).contains(recipe.architecture());
    assertThat(fresh.inputShape()).isEqualTo(recipe.architecture().input());
    assertThat(fresh.latentShape()).isEqualTo(recipe.architecture().latent());
    assertThat(fresh.isTrained()).isFalse();
    assertThat(fresh.summary()).contains(recipe.output().describe());
    for (LatentStage stage : recipe.stages()) {
      assertThat(fresh.summary()).contains(stage.describe());
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void answersHaveTheirShapesAndRanges(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageShape input = autoencoder.inputShape();
    ImageShape latent = autoencoder.latentShape();
    ImageSource samples = recipe.samples();
    int n = samples.size();
    float[][] codes = autoencoder.encode(samples);
    assertThat(codes).hasDimensions(n, latent.size());
    float[][] farOut = new float[n][latent.size()];
    for (int i = 0; i < n; i++) {
      Arrays.fill(farOut[i], i % 2 == 0 ? 1e4f : -1e4f);
    }
    for (float[][] outputs :
        List.of(
            autoencoder.decode(codes),
            autoencoder.decode(farOut),
            autoencoder.reconstruct(samples),
            autoencoder.transmit(samples, CHANNEL, 7))) {
      assertThat(outputs).hasDimensions(n, input.size());
      for (float[] output : outputs) {
        for (float value : output) {
          assertThat(recipe.output().range().contains(value)).isTrue();
        }
      }
    }
    long[] ofInput = {n, input.channels(), input.height(), input.width()};
    long[] ofLatent = {n, latent.channels(), latent.height(), latent.width()};
    long[] flatInput = {n, input.size()};
    long[] flatLatent = {n, latent.size()};
    INDArray encoded =
        Dl4j.array(autoencoder.encode(Dl4j.samples(array(samples.toArrays(), input))), latent);
    assertThat(encoded.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(encoded.shape()).isEqualTo(latent.isVector() ? flatLatent : ofLatent);
    assertThat(Dl4j.array(autoencoder.decode(Dl4j.rows(encoded, latent)), input).shape())
        .isEqualTo(input.isVector() ? flatInput : ofInput);
    assertThat(autoencoder.evaluate(samples).images()).isEqualTo(n);
    assertThat(autoencoder.evaluate(samples).objective().terms().keySet())
        .hasSize(recipe.stages().stream().mapToInt(stage -> stage.terms().size()).sum());
    assertThat(autoencoder.evaluateTransmission(samples, CHANNEL, 3, 7).images()).isEqualTo(3 * n);
    assertThat(autoencoder.encode(samples.slice(0, 0))).isEmpty();
    assertThat(autoencoder.reconstruct(new float[0][])).isEmpty();
    assertThat(autoencoder.decode(new float[0][])).isEmpty();
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void rowsSourcesAndArraysGiveTheSame(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageShape input = autoencoder.inputShape();
    ImageSource samples = recipe.samples();
    float[][] rows = samples.toArrays();
    float[][] codes = autoencoder.encode(samples);
    float[][] outputs = autoencoder.reconstruct(samples);
    assertThat(autoencoder.encode(rows)).isDeepEqualTo(codes);
    assertThat(autoencoder.reconstruct(rows)).isDeepEqualTo(outputs);
    assertThat(autoencoder.transmit(rows, CHANNEL, 7))
        .isDeepEqualTo(autoencoder.transmit(samples, CHANNEL, 7));
    ImageSource vectors = ImageSource.of(ImageShape.vector(input.size()), rows);
    assertThat(autoencoder.encode(vectors)).isDeepEqualTo(codes);
    assertThat(autoencoder.reconstruct(vectors)).isDeepEqualTo(outputs);
    assertThat(autoencoder.evaluate(rows)).isEqualTo(autoencoder.evaluate(samples));
    assertThat(autoencoder.evaluate(Dl4j.samples(array(rows, input))))
        .isEqualTo(autoencoder.evaluate(samples));
    assertThat(autoencoder.transmit(Dl4j.samples(array(rows, input)), CHANNEL, 7))
        .isDeepEqualTo(autoencoder.transmit(samples, CHANNEL, 7));
    assertThat(autoencoder.evaluate(vectors)).isEqualTo(autoencoder.evaluate(samples));

    INDArray flat = Nd4j.createFromArray(rows);
    for (INDArray shaped : List.of(flat, array(rows, input))) {
      for (INDArray form :
          List.of(shaped, shaped.dup('f'), shaped.castTo(DataType.DOUBLE).dup('f'))) {
        ImageSource taken = Dl4j.samples(form);
        assertThat(taken.toArrays()).isDeepEqualTo(rows);
        assertThat(autoencoder.encode(taken)).isDeepEqualTo(codes);
        float[][] reconstructed = autoencoder.reconstruct(taken);
        assertThat(reconstructed).isDeepEqualTo(outputs);
        INDArray given = Dl4j.array(reconstructed, taken.shape());
        assertThat(rows(given)).isDeepEqualTo(outputs);
        assertThat(given.dataType()).isEqualTo(DataType.FLOAT);
      }
    }
    float[][] decoded = autoencoder.decode(codes);
    INDArray flatCodes = Nd4j.createFromArray(codes);
    for (INDArray form :
        List.of(
            flatCodes,
            flatCodes.castTo(DataType.DOUBLE).dup('f'),
            array(codes, autoencoder.latentShape()).dup('f'))) {
      assertThat(autoencoder.decode(Dl4j.rows(form, autoencoder.latentShape())))
          .isDeepEqualTo(decoded);
    }
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void rowsSourcesAndArraysTrainTheSame(@ForAll Recipe recipe) {
    ImageSource samples = recipe.trainingSamples();
    float[] expected = recipe.trained().parameters();
    Autoencoder byRows = recipe.builder().build();
    byRows.fit(samples.toArrays(), Recipe.TRAINING);
    assertThat(byRows.parameters()).isEqualTo(expected);
    Autoencoder byArray = recipe.builder().build();
    byArray.fit(
        Dl4j.samples(array(samples.toArrays(), byArray.inputShape()).dup('f')), Recipe.TRAINING);
    assertThat(byArray.parameters()).isEqualTo(expected);
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void codesAreThoseOfTheLayersAfterAllStagesButNoise(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    // What has formulas of its own stays, and what comes before it, so that names stay too.
    int end = 0;
    for (LatentStage stage : recipe.stages()) {
      if (!(stage instanceof LatentNoise || stage instanceof PowerNormalization)) {
        end = recipe.stages().indexOf(stage) + 1;
      }
    }
    List<LatentStage> before =
        recipe.stages().subList(0, end).stream()
            .map(stage -> stage instanceof LatentNoise ? LatentNoise.variance(0) : stage)
            .toList();
    Autoencoder plain = recipe.withStages(before).builder().build();
    plain.copyWeightsFrom(autoencoder);
    float[][] expected = plain.encode(recipe.samples());
    for (LatentStage stage : recipe.stages().subList(end, recipe.stages().size())) {
      if (stage instanceof PowerNormalization power) {
        normalize(expected, power.scope());
      }
    }
    assertClose(autoencoder.encode(recipe.samples()), expected, 1e-6);
    assertThat(autoencoder.decode(expected)).isDeepEqualTo(plain.decode(expected));
  }

  /** The formula of {@link PowerNormalization.Scope}. */
  private static void normalize(float[][] codes, PowerNormalization.Scope scope) {
    List<float[][]> groups = new ArrayList<>();
    if (scope == PowerNormalization.Scope.PER_BATCH) {
      groups.add(codes);
    } else {
      for (float[] code : codes) {
        groups.add(new float[][] {code});
      }
    }
    for (float[][] group : groups) {
      double squares = 0;
      for (float[] code : group) {
        for (float value : code) {
          squares += (double) value * value;
        }
      }
      double values = (double) group.length * group[0].length;
      double scale = Math.sqrt(values) / Math.max(Math.sqrt(squares), 1e-8);
      for (float[] code : group) {
        for (int i = 0; i < code.length; i++) {
          code[i] *= (float) scale;
        }
      }
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void reconstructingIsDecodingTheCodesWithTheNoiseOfInference(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    float[][] outputs = autoencoder.reconstruct(samples);
    float[][] decoded = autoencoder.decode(autoencoder.encode(samples));
    assertThat(autoencoder.reconstruct(samples)).isDeepEqualTo(outputs);
    assertThat(autoencoder.transmit(samples, LatentNoise.variance(0), 7)).isDeepEqualTo(decoded);
    if (!recipe.isNoisyAtInference()) {
      assertThat(outputs).isDeepEqualTo(decoded);
      return;
    }
    // Noise belongs to the number of a sample: with the same number it is the same.
    if (!recipe.isNormalizedPerBatch()) {
      assertClose(
          autoencoder.reconstruct(samples.slice(0, 5)), Arrays.copyOf(outputs, 5), ROUNDING);
    }
    // A single value of unit power has nothing but a sign, which little noise leaves alone.
    if (noiseMatters(decoded) && autoencoder.latentShape().size() > 1) {
      assertThat(outputs).isNotEqualTo(decoded);
      float[][] twice = autoencoder.reconstruct(samples.select(0, 0));
      assertThat(twice[0]).isNotEqualTo(twice[1]);
    }
  }

  /** Whether outputs depend on codes at all, which rectifiers that are all off prevent. */
  private static boolean noiseMatters(float[][] decoded) {
    return !Arrays.equals(decoded[0], decoded[1]);
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void transmissionsAreDecidedByTheirSeed(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    float[][] received = autoencoder.transmit(samples, CHANNEL, 7);
    assertThat(autoencoder.transmit(samples, CHANNEL.during(LatentNoise.Phase.INFERENCE), 7))
        .isDeepEqualTo(received);
    if (noiseMatters(autoencoder.decode(autoencoder.encode(samples)))) {
      assertThat(Arrays.deepEquals(autoencoder.transmit(samples, CHANNEL, 8), received)).isFalse();
    }
    Evaluation once = autoencoder.evaluateTransmission(samples, CHANNEL, 1, 7);
    assertThat(once.meanSquaredError())
        .isCloseTo(meanSquaredError(received, samples), offset(1e-7));
  }

  private static double meanSquaredError(float[][] outputs, ImageSource samples) {
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      float[] wanted = samples.get(i);
      for (int j = 0; j < wanted.length; j++) {
        sum += ((double) outputs[i][j] - wanted[j]) * ((double) outputs[i][j] - wanted[j]);
      }
    }
    return sum / outputs.length / samples.shape().size();
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void evaluationsAreThoseOfTheReconstructions(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    Evaluation evaluation = autoencoder.evaluate(samples);
    float[][] outputs = autoencoder.reconstruct(samples);
    double squares = meanSquaredError(outputs, samples);
    assertThat(evaluation.meanSquaredError()).isCloseTo(squares, offset(1e-7));
    if (recipe.output().range().isBounded()) {
      double entropy = crossEntropy(outputs, samples);
      assertThat(evaluation.binaryCrossEntropy().perPixel())
          .isCloseTo(entropy, offset(1e-5 * (1 + entropy)));
      assertThat(evaluation.psnr().count()).isEqualTo(samples.size());
    } else {
      assertThat(evaluation.binaryCrossEntropy().perPixel()).isNaN();
      assertThat(evaluation.psnr().mean()).isNaN();
    }
    OptionalDouble loss = loss(recipe.output(), evaluation);
    loss.ifPresent(
        expected ->
            assertThat(evaluation.reconstructionLoss())
                .isCloseTo(expected, offset(1e-6 * (1 + Math.abs(expected)))));
    boolean penalised = recipe.penalty().l1() > 0 || recipe.penalty().l2() > 0;
    assertThat(evaluation.penalty() > 0).isEqualTo(penalised);
    // The same samples behind another object are read as targets of their own.
    assertThat(autoencoder.evaluate(samples, recipe.samples())).isEqualTo(evaluation);
  }

  private static double crossEntropy(float[][] outputs, ImageSource samples) {
    double entropy = 0;
    for (int i = 0; i < outputs.length; i++) {
      float[] wanted = samples.get(i);
      for (int j = 0; j < wanted.length; j++) {
        double y = outputs[i][j];
        entropy -= wanted[j] * Math.log(y) + (1 - wanted[j]) * Math.log(1 - y);
      }
    }
    return entropy / outputs.length / samples.shape().size();
  }

  /** The loss, where another figure of the evaluation tells it. */
  private static OptionalDouble loss(Output output, Evaluation evaluation) {
    if (output.equals(Output.bernoulli())) {
      return OptionalDouble.of(evaluation.binaryCrossEntropy().perPixel());
    }
    double squares = evaluation.meanSquaredError();
    if (output instanceof GaussianOutput gaussian) {
      double variance = gaussian.variance();
      return OptionalDouble.of((squares / variance + Math.log(2 * Math.PI * variance)) / 2);
    }
    return output.equals(Output.sigmoidSquares())
        ? OptionalDouble.of(squares)
        : OptionalDouble.empty();
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void usingItChangesNeitherItNorWhatItIsGiven(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    Object[] before = answers(autoencoder, samples);
    float[][] rows = samples.toArrays();
    float[][] codes = autoencoder.encode(samples);
    INDArray array = array(samples.toArrays(), autoencoder.inputShape());
    INDArray codeArray = Nd4j.createFromArray(autoencoder.encode(samples));
    for (float[][] answer :
        List.of(
            autoencoder.encode(rows),
            autoencoder.reconstruct(rows),
            autoencoder.transmit(rows, CHANNEL, 7),
            autoencoder.decode(codes),
            new float[][] {autoencoder.parameters()})) {
      // Answers are copies, and so is what was taken in.
      for (float[] row : answer) {
        Arrays.fill(row, 0.25f);
      }
    }
    for (float[][] answer :
        List.of(
            autoencoder.encode(Dl4j.samples(array)),
            autoencoder.decode(Dl4j.rows(codeArray, autoencoder.latentShape())),
            Dl4j.rows(array, autoencoder.inputShape()))) {
      INDArray given = Dl4j.array(answer, ImageShape.vector(answer[0].length));
      given.assign(0.75);
      for (float[] row : answer) {
        assertThat(row).isNotEqualTo(given.toFloatMatrix()[0]);
        Arrays.fill(row, 0.25f);
      }
    }
    Autoencoder other = recipe.builder().build();
    other.copyWeightsFrom(autoencoder);
    other.fit(rows, Recipe.TRAINING);
    other.fit(Dl4j.samples(array), Recipe.TRAINING);
    assertThat(rows).isDeepEqualTo(samples.toArrays());
    assertThat(codes).isDeepEqualTo((float[][]) before[0]);
    assertThat(rows(array)).isDeepEqualTo(samples.toArrays());
    assertThat(codeArray.toFloatMatrix()).isDeepEqualTo((float[][]) before[0]);
    assertSameAnswers(answers(autoencoder, samples), before);
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void theSeedDecidesEverything(@ForAll Recipe recipe) {
    Autoencoder first = recipe.trained();
    // Whatever else draws from ND4J.
    Nd4j.rand(3, 3);
    Autoencoder second = recipe.train(recipe.builder().build());
    Autoencoder other = recipe.train(recipe.withSeed(recipe.seed() + 1).builder().build());
    assertSameAnswers(answers(second, recipe.samples()), answers(first, recipe.samples()));
    assertThat(losses(second)).isEqualTo(losses(first));
    if (!(recipe.optimizer() instanceof NoOp)) {
      assertThat(other.parameters()).isNotEqualTo(first.parameters());
    }
  }

  @Property(tries = 20)
  void noOptimizerLeavesWeightsAsTheyAre(@ForAll Recipe recipe) {
    AutoencoderBuilder<?> builder = recipe.builder().optimizer(Optimizer.noOp());
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(recipe.trainingSamples(), Recipe.TRAINING);
    float[] first = learned(autoencoder);
    autoencoder.fit(recipe.trainingSamples(), Recipe.TRAINING);
    assertThat(learned(autoencoder)).containsExactly(first);
  }

  /** What an optimiser moves: all but the state of stages. */
  private static float[] learned(Autoencoder autoencoder) {
    FloatBuffer parameters = FloatBuffer.wrap(autoencoder.parameters());
    Network network = Network.of(autoencoder.spec().orElseThrow());
    return Floats.concat(
        network.parameters().stream()
            .filter(entry -> entry.spec().kind() != ParameterSpec.Kind.STATE)
            .map(
                entry -> {
                  float[] values = new float[entry.length()];
                  entry.in(parameters).get(values);
                  for (int i = 0; i < values.length; i++) {
                    // A zero may change its sign.
                    values[i] += 0;
                  }
                  return values;
                })
            .toArray(float[][]::new));
  }

  private static List<Double> losses(Autoencoder autoencoder) {
    History history = autoencoder.trainingRuns().get(0).history();
    return history.epochs().stream().map(EpochEnd::trainingLoss).toList();
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void theOrderOfTheBuildersCallsDoesNotMatter(@ForAll Recipe recipe) {
    Autoencoder expected = recipe.trained();
    Autoencoder shuffled = recipe.builder(new Random(recipe.seed())).build();
    assertThat(shuffled.summary()).isEqualTo(expected.summary());
    recipe.train(shuffled);
    assertSameAnswers(answers(shuffled, recipe.samples()), answers(expected, recipe.samples()));
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void whatIsSavedComesBack(@ForAll Recipe recipe) throws IOException {
    Autoencoder saved = recipe.train(recipe.builder().build());
    ImageSource samples = recipe.samples();
    Path file = Files.createTempFile("contract", ".aemodel");
    try {
      saved.save(file, Saving.whole().optimizerState());
      ModelDescription model = Autoencoder.inspect(file);
      assertThat(model.spec().architecture()).isEqualTo(recipe.architecture());
      assertThat(model.spec().stages()).isEqualTo(recipe.stages());
      assertThat(model.spec().corruption()).isEqualTo(recipe.corruption());
      assertThat(model.spec().output()).isEqualTo(recipe.output());
      assertThat(model.spec().penalty()).isEqualTo(recipe.penalty());
      assertThat(model.spec().initialization()).isEqualTo(recipe.initialization());
      assertThat(model.spec().seed()).isEqualTo(recipe.seed());
      assertThat(model.optimizer()).doesNotContain("custom");

      Autoencoder whole = Autoencoder.load(file);
      assertThat(whole.summary()).isEqualTo(saved.summary());
      assertSameAnswers(answers(whole, samples), answers(saved, samples));

      float[][] codes = saved.encode(samples);
      saved.save(file, Saving.encoder());
      assertThat(Autoencoder.load(file).encode(samples)).isDeepEqualTo(codes);
      saved.save(file, Saving.decoder());
      assertThat(Autoencoder.load(file).decode(codes)).isDeepEqualTo(saved.decode(codes));

      recipe.train(saved);
      recipe.train(whole);
      assertThat(whole.parameters()).isEqualTo(saved.parameters());
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void samplesDoNotDependOnTheirBatch(@ForAll Recipe recipe) {
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    float[][] codes = autoencoder.encode(samples);
    float[][] decoded = autoencoder.decode(codes);
    for (int i : new int[] {0, 1, 17, samples.size() - 1}) {
      float[][] expected = {decoded[i]};
      assertClose(autoencoder.decode(new float[][] {codes[i]}), expected, ROUNDING);
      if (!recipe.isNormalizedPerBatch()) {
        float[][] code = {codes[i]};
        assertClose(autoencoder.encode(samples.slice(i, i + 1)), code, ROUNDING);
      }
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void manyThreadsGetTheAnswersOfOne(@ForAll Recipe recipe) throws Exception {
    Autoencoder one = recipe.trained();
    // A loaded one, with which nothing has been computed yet.
    Autoencoder shared = loaded(one);
    // Some as many as others but not the same, some of different amounts: no buffer fits by chance.
    int[][] ranges = {{0, 20}, {20, 40}, {10, 30}, {3, 4}, {7, 8}, {0, 40}};
    List<ImageSource> samples = new ArrayList<>();
    List<Object[]> expected = new ArrayList<>();
    for (int[] range : ranges) {
      samples.add(recipe.samples().slice(range[0], range[1]));
      expected.add(answers(one, samples.get(samples.size() - 1)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Object[]>> questions = new ArrayList<>();
      for (int i = 0; i < 2 * ranges.length; i++) {
        ImageSource some = samples.get(i % ranges.length);
        questions.add(() -> answers(shared, some));
      }
      List<Future<Object[]>> results = threads.invokeAll(questions);
      for (int i = 0; i < results.size(); i++) {
        assertSameAnswers(results.get(i).get(), expected.get(i % ranges.length));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Autoencoder loaded(Autoencoder autoencoder) throws IOException {
    Path file = Files.createTempFile("contract", ".aemodel");
    try {
      autoencoder.save(file);
      return Autoencoder.load(file);
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void bothComputePathsAgree(@ForAll Recipe recipe) {
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
    Autoencoder autoencoder = recipe.trained();
    ImageSource samples = recipe.samples();
    float[][] codes = autoencoder.encode(samples);
    float[][] decoded = autoencoder.decode(codes);
    float[][] outputs = autoencoder.reconstruct(samples);
    float[][] received = autoencoder.transmit(samples, CHANNEL, 7);
    Evaluation evaluation = autoencoder.evaluate(samples);
    System.setProperty(OneDnn.SWITCH, "off");
    try {
      assertClose(autoencoder.encode(samples), codes, ROUNDING);
      assertClose(autoencoder.decode(codes), decoded, ROUNDING);
      assertClose(autoencoder.reconstruct(samples), outputs, ROUNDING);
      assertClose(autoencoder.transmit(samples, CHANNEL, 7), received, ROUNDING);
      assertThat(autoencoder.evaluate(samples).reconstructionLoss())
          .isCloseTo(
              evaluation.reconstructionLoss(),
              offset(ROUNDING * (1 + evaluation.reconstructionLoss())));
      Autoencoder slow = recipe.train(recipe.builder().build());
      double loss = losses(autoencoder).get(0);
      assertThat(losses(slow).get(0)).isCloseTo(loss, offset(ROUNDING * (1 + loss)));
    } finally {
      System.clearProperty(OneDnn.SWITCH);
    }
  }
}
