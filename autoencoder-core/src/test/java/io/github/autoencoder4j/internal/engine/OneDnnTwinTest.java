package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.autoencoder4j.Recipes;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The path over oneDNN against the path over Deeplearning4j's layers, on the same weights. */
class OneDnnTwinTest {

  /** What can differ between two networks. */
  record Setting(
      Architecture architecture, List<LatentStage> stages, Loss loss, Penalty penalty, int batch) {}

  /** No gradient reaches it, but it lets a step wait for the whole gradient. */
  private static final double BOUND = Double.MAX_VALUE;

  private static final int STEPS = 4;

  @BeforeEach
  @BeforeTry
  void needsOneDnn() {
    System.clearProperty(OneDnn.SWITCH);
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
  }

  @AfterEach
  @AfterTry
  void switchOn() {
    System.clearProperty(OneDnn.SWITCH);
  }

  private static Engine engine(Setting setting) {
    Engine engine =
        Engine.create(
            new Spec(
                setting.architecture(),
                setting.stages(),
                setting.loss().output(),
                setting.penalty(),
                Optional.empty(),
                Optimizer.adam(1e-3),
                5));
    float[] parameters = engine.store().parameters();
    RandomStream random = RandomStream.of(3, "shake");
    for (int i = 0; i < parameters.length; i++) {
      // Biases start at zero, where many mistakes do not show.
      parameters[i] += (float) (0.1 * random.nextGaussian());
    }
    engine.store().setParameters(parameters);
    return engine;
  }

  private static float[] batch(Setting setting, int n, int number) {
    RandomStream random = RandomStream.of(4, "batch", number);
    float[] values = new float[n * setting.architecture().input().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** The same on the slow path, on an engine of its own. */
  private static <T> T slowly(Engine engine, Function<Engine, T> action) {
    System.setProperty(OneDnn.SWITCH, "off");
    try {
      return action.apply(engine);
    } finally {
      System.clearProperty(OneDnn.SWITCH);
    }
  }

  private static double[] gradient(Engine engine) {
    return engine.network().getGradientsViewArray().dup('c').data().asDouble();
  }

  private static double distance(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], offset((float) tolerance));
    }
  }

  /** There the two sides of their weights cannot be told apart by how many they are. */
  @Test
  void transposedConvolutionsBetweenAsManyChannelsAreFine() {
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            new ConvArchitecture(
                new ImageShape(8, 8, 1),
                new ImageShape(2, 2, 2),
                List.of(2, 2),
                List.of(16, 16),
                4,
                Activation.IDENTITY,
                0,
                Resampling.STRIDED),
            List.of(),
            Loss.BINARY_CROSS_ENTROPY,
            Penalty.NONE,
            4));
  }

  /** Their pixels are computed by phases, if there are channels enough for a vector. */
  @Property(tries = 30)
  void transposedConvolutionsToFewChannelsAgree(
      @ForAll @IntRange(min = 1, max = 9) int channels,
      @ForAll @IntRange(min = 1, max = 4) int halfKernel,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll boolean both,
      @ForAll Activation activation,
      @ForAll @IntRange(min = 1, max = 9) int batch) {
    int rows = both ? 2 * height : 1;
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            new ConvArchitecture(
                new ImageShape(rows, 2 * width, channels),
                new ImageShape(both ? height : 1, width, 3),
                List.of(2),
                List.of(),
                2 * halfKernel,
                activation,
                0,
                Resampling.STRIDED),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            Penalty.NONE,
            batch));
  }

  /** Where there is much to do, they are computed by Winograd's minimal filtering. */
  @Property(tries = 12)
  void wideConvolutionsOfThreePixelsAgree(
      @ForAll @IntRange(min = 30, max = 50) int channels,
      @ForAll @IntRange(min = 3, max = 9) int height,
      @ForAll @IntRange(min = 3, max = 9) int width,
      @ForAll @IntRange(min = 0, max = 1) int residualBlocks,
      @ForAll Activation activation,
      @ForAll @IntRange(min = 4, max = 24) int batch) {
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            new ConvArchitecture(
                new ImageShape(4 * height, 4 * width, 3),
                new ImageShape(height, width, 4),
                List.of(2, 2),
                List.of(channels),
                3,
                activation,
                residualBlocks,
                Resampling.SUBPIXEL),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            Penalty.NONE,
            batch));
  }

  /** So are those that halve or double the sides, where vectors are short. */
  @Property(tries = 12)
  void wideConvolutionsThatHalveTheSidesAgree(
      @ForAll @IntRange(min = 16, max = 40) int channels,
      @ForAll @IntRange(min = 3, max = 9) int height,
      @ForAll @IntRange(min = 3, max = 9) int width,
      @ForAll Activation activation,
      @ForAll @IntRange(min = 4, max = 24) int batch) {
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            new ConvArchitecture(
                new ImageShape(4 * height, 4 * width, 3),
                new ImageShape(height, width, 12),
                List.of(2, 2),
                List.of(channels),
                4,
                activation,
                0,
                Resampling.STRIDED),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            Penalty.NONE,
            batch));
  }

  /**
   * Even a single sample is computed by the same tiles as many, whether there is little to do, or
   * enough for all cores, and most of it is done by tiles or little.
   */
  @ParameterizedTest
  @CsvSource({
    "32, 48, 4, 3, 1, SUBPIXEL",
    "128, 48, 4, 3, 1, SUBPIXEL",
    "32, 40, 16, 4, 0, STRIDED",
    "128, 40, 16, 4, 0, STRIDED",
    "128, 48, 11, 4, 0, STRIDED"
  })
  void wideConvolutionsGiveEachSampleTheSameBits(
      int side, int channels, int code, int kernel, int residualBlocks, Resampling resampling) {
    Setting setting =
        new Setting(
            new ConvArchitecture(
                new ImageShape(side, side, 3),
                new ImageShape(side / 4, side / 4, code),
                List.of(2, 2),
                List.of(channels),
                kernel,
                Activation.SILU,
                residualBlocks,
                resampling),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            Penalty.NONE,
            8);
    Engine engine = engine(setting);
    int size = setting.architecture().input().size();
    int all = 24;
    float[] samples = batch(setting, all, 0);
    float[] codes = engine.forward().encode(samples, all);
    float[] outputs = engine.forward().decode(codes, all);
    for (int n : new int[] {1, 2, 3, 8, 17}) {
      float[] fewer = engine.forward().encode(Arrays.copyOf(samples, n * size), n);
      assertThat(Arrays.mismatch(fewer, Arrays.copyOf(codes, fewer.length))).isEqualTo(-1);
      float[] shown = engine.forward().decode(fewer, n);
      assertThat(Arrays.mismatch(shown, Arrays.copyOf(outputs, n * size))).isEqualTo(-1);
    }
  }

  /** The paths' gradients are 1.5e-4 of their length apart, as far as roundings move either. */
  @Test
  void linearResidualNetworksMayEnlargeRoundings() {
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            new ConvArchitecture(
                new ImageShape(8, 12, 2),
                new ImageShape(2, 3, 3),
                List.of(2, 2),
                List.of(20, 20),
                3,
                Activation.IDENTITY,
                2,
                Resampling.SUBPIXEL),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            new Penalty(1e-4, 3e-3),
            3));
  }

  @Property(tries = 60)
  void pathsAgreeInOutputsLossAndGradient(@ForAll("settings") Setting setting) {
    Engine fast = engine(setting);
    Engine slow = engine(setting);
    int n = setting.batch();
    float[] seen = batch(setting, n, 0);
    float[] wanted = batch(setting, n, 1);

    double loss = fast.gradient(seen, wanted, n).total();
    double expected = slowly(slow, engine -> engine.gradient(seen, wanted, n).total());
    Assume.that(Double.isFinite(expected));
    assertTwins(
        setting,
        new double[] {loss},
        new double[] {expected},
        1e-5 * (1 + expected),
        engine -> new double[] {engine.gradient(seen, wanted, n).total()});
    double[] theirs = gradient(slow);
    double norm = distance(theirs, new double[theirs.length]);
    assertThat(norm).isGreaterThan(0);
    assertTwins(
        setting,
        gradient(fast),
        theirs,
        1e-4 * norm,
        engine -> {
          engine.gradient(seen, wanted, n);
          return gradient(engine);
        });

    float[] codes = fast.forward().encodeForReconstruction(seen, n, 3);
    float[] outputs = fast.forward().decode(codes, n);
    float[] logits = fast.forward().fed(codes, n);
    float[] slowCodes =
        slowly(slow, engine -> engine.forward().encodeForReconstruction(seen, n, 3));
    assertTwins(
        setting,
        codes,
        slowCodes,
        1e-5 * (1 + greatest(slowCodes)),
        engine -> engine.forward().encodeForReconstruction(seen, n, 3));
    float[] slowLogits = slowly(slow, engine -> engine.forward().fed(codes, n));
    double tolerance = 1e-5 * (1 + greatest(slowLogits));
    assertTwins(setting, logits, slowLogits, tolerance, engine -> engine.forward().fed(codes, n));
    // No sigmoid is steeper than a quarter.
    assertTwins(
        setting,
        outputs,
        slowly(slow, engine -> engine.forward().decode(codes, n)),
        1e-6 + tolerance / 4,
        engine -> engine.forward().decode(codes, n));
  }

  /** Checks values of samples, each of which may be so far from its twin. */
  private static void assertTwins(
      Setting setting,
      float[] actual,
      float[] expected,
      double tolerance,
      Function<Engine, float[]> slowPath) {
    assertTwins(
        setting,
        doubles(actual),
        doubles(expected),
        tolerance * Math.sqrt(actual.length),
        engine -> doubles(slowPath.apply(engine)));
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    Arrays.setAll(doubles, i -> values[i]);
    return doubles;
  }

  /**
   * Checks that vectors are within a tolerance of one another, or no farther than the slow path
   * moves by itself where the last bits of parameters do: wide residual networks with shaken
   * weights enlarge the rounding of a float that far.
   */
  private static void assertTwins(
      Setting setting,
      double[] actual,
      double[] expected,
      double tolerance,
      Function<Engine, double[]> slowPath) {
    double apart = distance(actual, expected);
    if (apart <= tolerance) {
      return;
    }
    RandomStream random = RandomStream.of(6, "rounding");
    double farthest = 0;
    for (int trial = 0; trial < 16; trial++) {
      Engine rounded = engine(setting);
      float[] parameters = rounded.store().parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 1 + (random.nextFloat() - 0.5f) * 4e-7f;
      }
      rounded.store().setParameters(parameters);
      double[] moved = slowly(rounded, slowPath);
      farthest = Math.max(farthest, distance(moved, expected));
    }
    assertThat(apart).isLessThan(4 * farthest);
  }

  private static float greatest(float[] values) {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }

  @Property(tries = 15)
  void stepsOfChangingBatchSizesStayTogether(@ForAll("settings") Setting setting) {
    double[] expected = slowly(engine(setting), engine -> lossesOfSteps(setting, engine));
    Assume.that(Arrays.stream(expected).allMatch(Double::isFinite));
    double[] losses = lossesOfSteps(setting, engine(setting));
    double tolerance = 1e-4 * (1 + distance(expected, new double[expected.length]));
    assertTwins(setting, losses, expected, tolerance, engine -> lossesOfSteps(setting, engine));
  }

  private static double[] lossesOfSteps(Setting setting, Engine engine) {
    double[] losses = new double[8];
    for (int step = 0; step < losses.length; step++) {
      int n = 1 + (setting.batch() + 3 * step) % 9;
      float[] seen = batch(setting, n, step);
      losses[step] = engine.step(seen, seen, n, 0.5).total();
    }
    engine.endTraining();
    assertThat(engine.store().iteration())
        .isEqualTo((int) Arrays.stream(losses).filter(Double::isFinite).count());
    return losses;
  }

  @Property(tries = 40)
  void aGradientFollowedAsItIsCompletedLeadsToTheSameWeights(
      @ForAll("settings") Setting setting, @ForAll @IntRange(min = 1, max = 3) int threads) {
    // Several inverse normalisations one after the other may overflow.
    int taken = slowly(engine(setting), engine -> stepsTaken(setting, engine, BOUND));
    Assume.that(taken == STEPS);
    assertThat(weightsAfterSteps(setting, threads, Double.POSITIVE_INFINITY))
        .isEqualTo(weightsAfterSteps(setting, threads, BOUND));
  }

  /** One whose layers are cut into parts, by outputs, and whose slopes are a part of their own. */
  @Test
  void aGradientOfManyPartsFollowedAsItIsCompletedLeadsToTheSameWeights() {
    aGradientFollowedAsItIsCompletedLeadsToTheSameWeights(
        new Setting(
            new DenseArchitecture(ImageShape.vector(300), List.of(700), 2, Activation.PRELU, 0.1),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            new Penalty(1e-5, 1e-4),
            64),
        3);
  }

  private static float[] weightsAfterSteps(Setting setting, int threads, double maxNorm) {
    Engine engine = engine(setting);
    engine.setThreads(threads);
    assertThat(stepsTaken(setting, engine, maxNorm)).isEqualTo(STEPS);
    assertThat(engine.store().iteration()).isEqualTo(STEPS);
    return engine.store().parameters();
  }

  private static int stepsTaken(Setting setting, Engine engine, double maxNorm) {
    int taken = 0;
    for (int step = 0; step < STEPS; step++) {
      int n = setting.batch() + step % 2;
      float[] seen = batch(setting, n, step);
      taken += Double.isFinite(engine.step(seen, seen, n, maxNorm).total()) ? 1 : 0;
    }
    engine.endTraining();
    return taken;
  }

  @Test
  void aStepWhoseLossOverflowsIsNotTaken() {
    Setting setting = dense(Activation.IDENTITY, 0, Loss.MEAN_SQUARED_ERROR, 6);
    for (double maxNorm : new double[] {Double.POSITIVE_INFINITY, BOUND}) {
      Engine engine = engine(setting);
      float[] huge = engine.store().parameters();
      RandomStream random = RandomStream.of(3, "huge");
      for (int i = 0; i < huge.length; i++) {
        huge[i] = (float) (1e30 * random.nextGaussian());
      }
      engine.store().setParameters(huge);
      assertThat(stepsTaken(setting, engine, maxNorm)).isZero();
      assertThat(engine.store().iteration()).isZero();
      assertThat(engine.store().parameters()).isEqualTo(huge);
    }
  }

  /** The fourth loss is 0.5 % apart, as far as roundings move it on either path. */
  @Test
  void stepsOfANetworkThatEnlargesRoundingsAreFine() {
    stepsOfChangingBatchSizesStayTogether(
        new Setting(
            new ConvArchitecture(
                new ImageShape(8, 12, 3),
                new ImageShape(2, 3, 6),
                List.of(2, 2),
                List.of(16, 16),
                3,
                Activation.ELU,
                2,
                Resampling.SUBPIXEL),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            new Penalty(0, 1e-4),
            7));
  }

  /** Of a single sample, slopes are as many as values, and some do not fill a vector. */
  @Test
  void learnedRectifiersOfOneSampleAgree() {
    for (int size = 1; size <= 40; size++) {
      pathsAgreeInOutputsLossAndGradient(
          new Setting(
              new DenseArchitecture(ImageShape.vector(11), List.of(size), 2, Activation.PRELU, 0.1),
              List.of(),
              Loss.BINARY_CROSS_ENTROPY,
              new Penalty(0, 0),
              1));
    }
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            new ConvArchitecture(
                new ImageShape(2, 2, 3),
                new ImageShape(1, 1, 6),
                List.of(2),
                List.of(19),
                3,
                Activation.PRELU,
                0,
                Resampling.SUBPIXEL),
            List.of(),
            Loss.MEAN_SQUARED_ERROR,
            new Penalty(0, 0),
            1));
  }

  /**
   * ND4J's own copy of oneDNN would keep a kernel of a megabyte and more for each of its layers.
   */
  @Test
  void noActivationIsLeftToTheSlowPath() {
    for (Activation activation : Activation.values()) {
      assertThat(engine(dense(activation, 0, Loss.MEAN_SQUARED_ERROR, 1)).computePath())
          .as(activation.name())
          .isEqualTo("oneDNN");
      for (Resampling resampling : Resampling.values()) {
        assertThat(
                engine(conv(activation, resampling, 1, Loss.MEAN_SQUARED_ERROR, 1)).computePath())
            .as("%s, %s", activation, resampling)
            .isEqualTo("oneDNN");
      }
    }
  }

  /** Where channels do not fill vectors, nothing is divided by nothing. */
  @Test
  void normalizationsOfAnyNumberOfChannelsAgree() {
    for (int channels : new int[] {1, 3, 15, 16, 17, 20, 33}) {
      for (Resampling resampling : Resampling.values()) {
        pathsAgreeInOutputsLossAndGradient(
            conv(channels, Activation.GDN, resampling, 1, Loss.MEAN_SQUARED_ERROR, 5));
      }
      pathsAgreeInOutputsLossAndGradient(
          new Setting(
              new DenseArchitecture(
                  ImageShape.vector(11), List.of(channels), 2, Activation.GDN, 0.1),
              List.of(),
              Loss.BINARY_CROSS_ENTROPY,
              new Penalty(0, 0),
              1 + channels % 4));
    }
  }

  @Test
  void pathsMayTakeTurns() {
    Setting setting = dense(Activation.SILU, 0, Loss.BINARY_CROSS_ENTROPY, 6);
    Engine mixed = engine(setting);
    Engine fast = engine(setting);
    for (int step = 0; step < 6; step++) {
      float[] seen = batch(setting, 6, step);
      fast.step(seen, seen, 6, 1);
      if (step % 2 == 0) {
        mixed.step(seen, seen, 6, 1);
      } else {
        slowly(mixed, engine -> engine.step(seen, seen, 6, 1));
      }
    }
    assertClose(mixed.store().parameters(), fast.store().parameters(), 1e-4);
  }

  @Test
  void resultsDoNotDependOnTheBatchTheyCameIn() {
    for (Setting setting :
        List.of(
            dense(Activation.RELU, 0, Loss.MEAN_SQUARED_ERROR, 8),
            conv(Activation.RELU, Resampling.STRIDED, 1, Loss.MEAN_SQUARED_ERROR, 8))) {
      Engine engine = engine(setting);
      int size = setting.architecture().input().size();
      int codeSize = setting.architecture().latent().size();
      float[] samples = batch(setting, 300, 0);
      float[] together = engine.forward().encode(samples, 300);
      for (int i : new int[] {0, 7, 255, 256, 299}) {
        float[] alone = new float[size];
        System.arraycopy(samples, i * size, alone, 0, size);
        float[] expected = new float[codeSize];
        System.arraycopy(together, i * codeSize, expected, 0, codeSize);
        assertClose(engine.forward().encode(alone, 1), expected, 1e-5 * (1 + greatest(expected)));
      }
    }
  }

  @Test
  void inferenceSeesEveryChangeOfTheParameters() {
    for (Setting setting :
        List.of(
            dense(Activation.RELU, 0, Loss.MEAN_SQUARED_ERROR, 8),
            conv(Activation.RELU, Resampling.STRIDED, 0, Loss.MEAN_SQUARED_ERROR, 8))) {
      Engine engine = engine(setting);
      float[] samples = batch(setting, 8, 0);
      List<Runnable> changes =
          List.of(
              () -> engine.step(samples, samples, 8, 1),
              () -> slowly(engine, slow -> slow.step(samples, samples, 8, 1)),
              () -> {
                float[] parameters = engine.store().parameters();
                parameters[0] += 1;
                parameters[parameters.length - 1] += 1;
                engine.store().setParameters(parameters);
              },
              () -> {
                FloatBuffer memory = engine.store().parameterMemory();
                memory.put(0, memory.get(0) + 1);
                memory.put(memory.capacity() - 1, memory.get(memory.capacity() - 1) + 1);
              },
              () -> engine.network().params().muli(1.1));
      for (Runnable change : changes) {
        float[] before = engine.forward().decode(engine.forward().encode(samples, 8), 8);
        change.run();
        float[] after = engine.forward().decode(engine.forward().encode(samples, 8), 8);
        assertThat(after).isNotEqualTo(before);
        slowly(
            engine,
            slow -> {
              assertClose(after, slow.forward().decode(slow.forward().encode(samples, 8), 8), 1e-5);
              return 0;
            });
      }
    }
  }

  @Test
  void manyThreadsGetTheSame() throws Exception {
    Setting setting = conv(Activation.SILU, Resampling.SUBPIXEL, 1, Loss.MEAN_SQUARED_ERROR, 8);
    Engine engine = engine(setting);
    List<float[]> samples = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int n = 1 + i * 5 % 17;
      samples.add(batch(setting, n, i));
      expected.add(engine.forward().decode(engine.forward().encode(samples.get(i), n), n));
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Callable<float[]>> tasks = new ArrayList<>();
      for (int i = 0; i < 96; i++) {
        float[] mine = samples.get(i % 12);
        int n = 1 + i % 12 * 5 % 17;
        tasks.add(() -> engine.forward().decode(engine.forward().encode(mine, n), n));
      }
      List<Future<float[]>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertThat(results.get(i).get()).isEqualTo(expected.get(i % 12));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void trainingMayMoveToAnotherThread() throws Exception {
    Setting setting = conv(Activation.RELU, Resampling.STRIDED, 0, Loss.MEAN_SQUARED_ERROR, 8);
    Engine here = engine(setting);
    Engine there = engine(setting);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int step = 0; step < 4; step++) {
        float[] seen = batch(setting, 8, step);
        here.step(seen, seen, 8, 1);
        Callable<Objective> task = () -> there.step(seen, seen, 8, 1);
        if (step % 2 == 0) {
          other.submit(task).get();
        } else {
          task.call();
        }
      }
    } finally {
      other.shutdownNow();
    }
    assertThat(there.store().parameters()).isEqualTo(here.store().parameters());
  }

  @Test
  void aCodeOfOnePixelIsFine() {
    ConvArchitecture architecture =
        new ConvArchitecture(
            new ImageShape(8, 8, 1),
            new ImageShape(1, 1, 5),
            List.of(2, 2, 2),
            List.of(4, 4),
            4,
            Activation.ELU,
            0,
            Resampling.STRIDED);
    pathsAgreeInOutputsLossAndGradient(
        new Setting(
            architecture,
            List.of(PowerNormalization.perExample()),
            Loss.BINARY_CROSS_ENTROPY,
            Penalty.NONE,
            3));
  }

  @Test
  void activationsStayFiniteFarOut() {
    for (Activation activation : List.of(Activation.SILU, Activation.ELU, Activation.TANH)) {
      Setting setting = dense(activation, 0, Loss.BINARY_CROSS_ENTROPY, 4);
      Engine engine = engine(setting);
      float[] parameters = engine.store().parameters();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 300;
      }
      engine.store().setParameters(parameters);
      float[] seen = batch(setting, 4, 0);
      assertThat(engine.gradient(seen, seen, 4).total()).isFinite();
      for (double value : gradient(engine)) {
        assertThat(value).isFinite();
      }
    }
  }

  /** One of each kind, for JVMs that have only a main method. */
  static List<Setting> examples() {
    List<Setting> examples = new ArrayList<>();
    for (Activation activation :
        List.of(Activation.RELU, Activation.SILU, Activation.PRELU, Activation.GDN)) {
      examples.add(dense(activation, 0, Loss.BINARY_CROSS_ENTROPY, 7));
      for (Resampling resampling : Resampling.values()) {
        examples.add(conv(activation, resampling, 1, Loss.MEAN_SQUARED_ERROR, 5));
      }
    }
    return examples;
  }

  private static Setting dense(Activation activation, double dropout, Loss loss, int batch) {
    return new Setting(
        new DenseArchitecture(new ImageShape(5, 7, 1), List.of(17, 9), 3, activation, dropout),
        List.of(),
        loss,
        Penalty.NONE,
        batch);
  }

  private static Setting conv(
      Activation activation, Resampling resampling, int residualBlocks, Loss loss, int batch) {
    return conv(20, activation, resampling, residualBlocks, loss, batch);
  }

  private static Setting conv(
      int channels,
      Activation activation,
      Resampling resampling,
      int residualBlocks,
      Loss loss,
      int batch) {
    return new Setting(
        new ConvArchitecture(
            new ImageShape(16, 8, 3),
            new ImageShape(4, 2, 6),
            List.of(2, 2),
            List.of(channels),
            resampling == Resampling.STRIDED ? 4 : 3,
            activation,
            residualBlocks,
            resampling),
        List.of(),
        loss,
        Penalty.NONE,
        batch);
  }

  @Provide
  Arbitrary<Setting> settings() {
    Recipes recipes = new Recipes();
    return Combinators.combine(
            recipes.architectures(),
            recipes.stages(),
            Arbitraries.of(Loss.values()),
            recipes.penalties(),
            Arbitraries.integers().between(1, 9))
        .as(Setting::new);
  }
}
