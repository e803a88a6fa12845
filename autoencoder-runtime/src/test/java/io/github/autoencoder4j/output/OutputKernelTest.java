package io.github.autoencoder4j.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.output.OutputKernel.Link;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class OutputKernelTest {

  private static final List<Output> SIGMOIDS = List.of(Output.bernoulli(), Output.sigmoidSquares());

  @Provide
  Arbitrary<Output> outputs() {
    return Arbitraries.of(
        Output.bernoulli(),
        Output.sigmoidSquares(),
        Output.gaussian(1),
        Output.gaussian(0.03),
        Output.laplace(1),
        Output.laplace(0.2));
  }

  /** The textbook formula, in doubles. */
  private static double byHand(Output output, double z, double t) {
    double y = 1 / (1 + Math.exp(-z));
    if (output instanceof GaussianOutput gaussian) {
      double v = gaussian.variance();
      return -Math.log(Math.exp(-(z - t) * (z - t) / (2 * v)) / Math.sqrt(2 * Math.PI * v));
    }
    if (output instanceof LaplaceOutput laplace) {
      return -Math.log(Math.exp(-Math.abs(z - t) / laplace.scale()) / (2 * laplace.scale()));
    }
    return output instanceof BernoulliOutput
        ? Math.max(z, 0) - t * z + Math.log1p(Math.exp(-Math.abs(z)))
        : (y - t) * (y - t);
  }

  /** The link of every number, as a backend computes it. */
  private static FloatBuffer linked(OutputKernel kernel, float... z) {
    FloatBuffer linked = FloatBuffer.allocate(z.length);
    for (int i = 0; i < z.length; i++) {
      linked.put(i, kernel.link() == Link.SIGMOID ? (float) (1 / (1 + Math.exp(-z[i]))) : z[i]);
    }
    return linked;
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Property(tries = 100)
  void bothTwinsAgreeWithTheFormulaAndItsDifferences(
      @ForAll("outputs") Output output,
      @ForAll @IntRange(min = 1, max = 2_500) int count,
      @ForAll @DoubleRange(min = 0.1, max = 5) double scale,
      @ForAll @LongRange(min = 0, max = 1_000) long seed) {
    RandomStream random = RandomStream.of(seed, "loss");
    double[] z = new double[count];
    double[] t = new double[count];
    double expected = 0;
    for (int i = 0; i < count; i++) {
      t[i] = random.nextInt(3) == 0 ? random.nextInt(2) : random.nextFloat();
      // A density far out is no number but zero, whose logarithm the formula takes.
      z[i] =
          output.range().isBounded()
              ? (float) (scale * random.nextGaussian())
              : (float) (t[i] + 0.3 * random.nextGaussian());
      if (Math.abs(z[i] - t[i]) < 1e-3) {
        // Where the absolute error has a corner, no difference tells its slope.
        z[i] = (float) (t[i] + 1e-3);
      }
      expected += byHand(output, z[i], t[i]) / count;
    }
    OutputKernel kernel = output.kernel();
    double[] gradient = new double[count];
    double slow = kernel.lossAndGradient(z, t, gradient, 1) / count;
    FloatBuffer linked = linked(kernel, floats(z));
    double fast =
        kernel.lossAndGradient(
            FloatBuffer.wrap(floats(z)), FloatBuffer.wrap(floats(t)), linked, 1, count);

    assertThat(slow).isCloseTo(expected, offset(1e-11 * (1 + Math.abs(expected))));
    assertThat(fast).isCloseTo(expected, offset(3e-6 * (1 + Math.abs(expected))));
    for (int i = 0; i < count; i++) {
      double h = 1e-5;
      double difference = (byHand(output, z[i] + h, t[i]) - byHand(output, z[i] - h, t[i])) / 2 / h;
      assertThat(gradient[i]).isCloseTo(difference, offset(2e-6 * (1 + Math.abs(difference))));
      assertThat((double) linked.get(i) * count)
          .isCloseTo(gradient[i], offset(3e-6 * (1 + Math.abs(gradient[i]))));
    }
  }

  @Property(tries = 100)
  void partsOfABatchAddUpToTheWhole(
      @ForAll("outputs") Output output, @ForAll @LongRange(min = 0, max = 1_000) long seed) {
    RandomStream random = RandomStream.of(seed, "parts");
    float[] z = new float[30];
    float[] t = new float[30];
    for (int i = 0; i < 30; i++) {
      z[i] = (float) random.nextGaussian();
      t[i] = random.nextFloat();
    }
    OutputKernel kernel = output.kernel();
    FloatBuffer whole = linked(kernel, z);
    double loss = kernel.lossAndGradient(FloatBuffer.wrap(z), FloatBuffer.wrap(t), whole, 3, 30);
    double sum = 0;
    for (int from = 0; from < 30; from += 10) {
      FloatBuffer fed = FloatBuffer.wrap(z).slice(from, 10);
      FloatBuffer part = linked(kernel, z).slice(from, 10);
      sum += kernel.lossAndGradient(fed, FloatBuffer.wrap(t).slice(from, 10), part, 1, 30);
      for (int i = 0; i < 10; i++) {
        assertThat(part.get(i)).isEqualTo(whole.get(from + i));
      }
    }
    assertThat(sum).isCloseTo(loss, offset(1e-6 * (1 + Math.abs(loss))));
  }

  @Property(tries = 50)
  void judgesEachOfSeveralOutputsByItself(
      @ForAll("outputs") Output output,
      @ForAll @IntRange(min = 1, max = 1_200) int size,
      @ForAll @IntRange(min = 1, max = 4) int draws,
      @ForAll @LongRange(min = 0, max = 1_000) long seed) {
    RandomStream random = RandomStream.of(seed, "draws");
    int samples = 2;
    float[] t = new float[samples * size];
    for (int i = 0; i < t.length; i++) {
      t[i] = random.nextFloat();
    }
    float[] z = new float[draws * t.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) random.nextGaussian();
    }
    OutputKernel kernel = output.kernel();
    FloatBuffer together = linked(kernel, z);
    double[] losses = new double[draws * samples];
    kernel.lossesAndGradients(
        FloatBuffer.wrap(z), FloatBuffer.wrap(t), together, losses, draws, 10_000);
    FloatBuffer apart = linked(kernel, z);
    for (int i = 0; i < losses.length; i++) {
      double mean =
          kernel.lossAndGradient(
              FloatBuffer.wrap(z).slice(i * size, size),
              FloatBuffer.wrap(t).slice(i / draws * size, size),
              apart.slice(i * size, size),
              1,
              10_000);
      assertThat(losses[i] / 10_000).isCloseTo(mean, offset(1e-12 * (1 + Math.abs(mean))));
    }
    assertThat(together).isEqualTo(apart);
  }

  @Example
  void staysFiniteForSaturatedPixels() {
    double[] z = {1e4, 1e4, -1e4, -1e4, 1e4, -1e4, 90, -90, 40, -40, 0};
    double[] t = {1, 0, 0, 1, 0.5, 0.25, 0, 1, 1, 0, 0.5};
    for (Output output : SIGMOIDS) {
      double expected = 0;
      for (int i = 0; i < z.length; i++) {
        expected += byHand(output, z[i], t[i]) / z.length;
      }
      double[] gradient = new double[z.length];
      OutputKernel kernel = output.kernel();
      assertThat(kernel.lossAndGradient(z, t, gradient, 1) / z.length)
          .isCloseTo(expected, offset(1e-5 * (1 + expected)));
      FloatBuffer linked = linked(kernel, floats(z));
      assertThat(
              kernel.lossAndGradient(
                  FloatBuffer.wrap(floats(z)), FloatBuffer.wrap(floats(t)), linked, 1, z.length))
          .isCloseTo(expected, offset(1e-5 * (1 + expected)));
      for (int i = 0; i < z.length; i++) {
        assertThat(gradient[i]).isFinite();
        assertThat(linked.get(i)).isFinite();
      }
    }
  }

  @Example
  void crossEntropyStillPullsSaturatedPixelsBack() {
    OutputKernel kernel = Output.bernoulli().kernel();
    FloatBuffer linked = linked(kernel, 1e4f, -1e4f);
    double mean =
        kernel.lossAndGradient(
            FloatBuffer.wrap(new float[] {1e4f, -1e4f}),
            FloatBuffer.wrap(new float[] {0, 1}),
            linked,
            1,
            2);
    assertThat(mean).isEqualTo(1e4);
    assertThat(linked.array()).containsExactly(0.5f, -0.5f);
  }

  @Property
  void saysNotANumberForOne(@ForAll("outputs") Output output) {
    OutputKernel kernel = output.kernel();
    assertThat(
            kernel.lossAndGradient(
                FloatBuffer.wrap(new float[] {Float.NaN, 0}),
                FloatBuffer.wrap(new float[] {0, 1}),
                linked(kernel, Float.NaN, 0),
                1,
                2))
        .isNaN();
    assertThat(
            kernel.lossAndGradient(
                new double[] {Double.NaN, 0}, new double[] {0, 1}, new double[2], 1))
        .isNaN();
  }

  @Property
  void leavesWhatItIsFedAndTargetsAlone(@ForAll("outputs") Output output) {
    float[] z = {1, -2, 3};
    float[] t = {0, 0.5f, 1};
    output
        .kernel()
        .lossAndGradient(
            FloatBuffer.wrap(z), FloatBuffer.wrap(t), linked(output.kernel(), z), 1, 3);
    assertThat(z).containsExactly(1, -2, 3);
    assertThat(t).containsExactly(0, 0.5f, 1);
  }

  @Example
  void saysWhatItIs() {
    assertThat(Output.bernoulli().describe()).isEqualTo("sigmoid, binary cross-entropy");
    assertThat(Output.sigmoidSquares().describe()).isEqualTo("sigmoid, squared error");
    assertThat(Output.gaussian(0.5).describe()).isEqualTo("Gaussian of variance 0.5000");
    assertThat(Output.gaussian(0.5).range()).isEqualTo(ValueRange.REALS);
    assertThat(Output.bernoulli().range()).isEqualTo(ValueRange.UNIT);
    ImageShape shape = new ImageShape(2, 3, 4);
    assertThat(Output.gaussian(1).fedBy(shape)).isEqualTo(shape);
    assertThat(Output.heteroscedasticGaussian(0.01).fedBy(shape))
        .isEqualTo(new ImageShape(2, 3, 8));
    assertThat(Output.heteroscedasticGaussian(0.01).describe())
        .isEqualTo("Gaussian of learnt variances above 0.01000");
    assertThat(Output.discretizedLogistic().describe())
        .isEqualTo("logistic of learnt scales over 256 levels");
    assertThat(Output.discretizedLogistic().range()).isEqualTo(ValueRange.UNIT);
    assertThat(Output.discretizedLogistic().fedBy(shape)).isEqualTo(new ImageShape(2, 3, 8));
    assertThat(Output.laplace(0.5).describe()).isEqualTo("Laplace of scale 0.5000");
    assertThat(Output.laplace(0.5).range()).isEqualTo(ValueRange.REALS);
  }

  @Property(tries = 100)
  void aLearntVarianceIsThatOfTheTextbook(
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @DoubleRange(min = 0.01, max = 2) double least,
      @ForAll @LongRange(min = 0, max = 1_000) long seed) {
    RandomStream random = RandomStream.of(seed, "learnt");
    double[] fed = random.doubles(2L * n * size, -3, 2).toArray();
    double[] targets = random.doubles((long) n * size, -2, 2).toArray();
    OutputKernel kernel = Output.heteroscedasticGaussian(least).kernel();
    double loss = kernel.lossAndGradient(fed, targets, new double[fed.length], n);
    double expected = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < size; j++) {
        double variance = least + Math.exp(fed[(2 * i + 1) * size + j]);
        expected += byHand(Output.gaussian(variance), fed[2 * i * size + j], targets[i * size + j]);
      }
    }

    if (Double.isFinite(expected)) {
      assertThat(loss).isCloseTo(expected, offset(1e-9 * (1 + Math.abs(expected))));
    }
    assertGradientIsOfTheLoss(kernel, fed, targets, n);
  }

  /** Of numbers in 64 bits, as differences tell it, and of its twin in 32. */
  private static void assertGradientIsOfTheLoss(
      OutputKernel kernel, double[] fed, double[] targets, int n) {
    double[] gradient = new double[fed.length];
    double loss = kernel.lossAndGradient(fed, targets, gradient, n);
    for (int i = 0; i < fed.length; i++) {
      double h = 1e-5;
      double[] more = fed.clone();
      more[i] += h;
      double[] less = fed.clone();
      less[i] -= h;
      double[] unused = new double[fed.length];
      double difference =
          (kernel.lossAndGradient(more, targets, unused, n)
                  - kernel.lossAndGradient(less, targets, unused, n))
              / (2 * h);
      assertThat(gradient[i]).isCloseTo(difference, offset(1e-4 * (1 + Math.abs(difference))));
    }
    FloatBuffer linked = linked(kernel, floats(fed));
    double mean =
        kernel.lossAndGradient(
            FloatBuffer.wrap(floats(fed)),
            FloatBuffer.wrap(floats(targets)),
            linked,
            n,
            targets.length);
    assertThat(mean * targets.length).isCloseTo(loss, offset(1e-4 * (1 + Math.abs(loss))));
    for (int i = 0; i < fed.length; i++) {
      assertThat((double) linked.get(i) * targets.length)
          .isCloseTo(gradient[i], offset(1e-4 * (1 + Math.abs(gradient[i]))));
    }
  }

  /** Half a step around a level, and all that lies beyond for the darkest and the lightest. */
  private static double probability(double mean, double scale, int level) {
    double above = level == 255 ? 1 : 1 / (1 + Math.exp(-((level + 0.5) / 255 - mean) / scale));
    double below = level == 0 ? 0 : 1 / (1 + Math.exp(-((level - 0.5) / 255 - mean) / scale));
    return above - below;
  }

  @Property(tries = 100)
  void aLevelHasTheProbabilityOfItsStep(
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(min = 1, max = 40) int size,
      @ForAll @LongRange(min = 0, max = 1_000) long seed) {
    RandomStream random = RandomStream.of(seed, "levels");
    double[] fed = new double[2 * n * size];
    double[] targets = new double[n * size];
    double expected = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < size; j++) {
        int level = random.nextInt(4) == 0 ? 255 * random.nextInt(2) : random.nextInt(256);
        double mean = Math.min(0.99, Math.max(0.01, level / 255.0 + 0.1 * random.nextGaussian()));
        double spread = -4 + 2 * random.nextDouble();
        fed[2 * i * size + j] = Math.log(mean / (1 - mean));
        fed[(2 * i + 1) * size + j] = spread;
        targets[i * size + j] = level / 255.0;
        double scale = 1 / 255.0 / 8 + Math.exp(spread);
        expected -= Math.log(probability(mean, scale, level));
      }
    }
    OutputKernel kernel = Output.discretizedLogistic().kernel();
    double loss = kernel.lossAndGradient(fed, targets, new double[fed.length], n);

    assertThat(loss).isCloseTo(expected, offset(1e-8 * (1 + Math.abs(expected))));
    assertGradientIsOfTheLoss(kernel, fed, targets, n);
  }

  @Property(tries = 100)
  void probabilitiesOfAllLevelsAddUpToOne(
      @ForAll @DoubleRange(min = -20, max = 20) double mean,
      @ForAll @DoubleRange(min = -30, max = 3) double spread) {
    OutputKernel kernel = Output.discretizedLogistic().kernel();
    double sum = 0;
    for (int level = 0; level < 256; level++) {
      double[] gradient = new double[2];
      double loss =
          kernel.lossAndGradient(
              new double[] {mean, spread}, new double[] {level / 255.0}, gradient, 1);
      assertThat(loss).isNotNegative().isFinite();
      assertThat(gradient[0]).isFinite();
      assertThat(gradient[1]).isFinite();
      sum += Math.exp(-loss);
    }
    assertThat(sum).isCloseTo(1, offset(1e-9));
  }

  /** As bytes become floats, no level is taken for its neighbour, and in between the nearer one. */
  @Example
  void valuesBetweenLevelsCountAsTheNearerOne() {
    OutputKernel kernel = Output.discretizedLogistic().kernel();
    for (int level = 0; level < 256; level++) {
      double[] fed = {0.3, -3};
      double exact = kernel.lossAndGradient(fed, new double[] {level / 255.0}, new double[2], 1);
      double single = kernel.lossAndGradient(fed, new double[] {level / 255f}, new double[2], 1);
      double beside =
          kernel.lossAndGradient(
              fed, new double[] {Math.min(1, (level + 0.4) / 255)}, new double[2], 1);
      assertThat(single).isEqualTo(exact);
      assertThat(beside).isEqualTo(exact);
    }
  }

  @Property(tries = 20)
  void refusesAScaleThatIsNone(@ForAll("none") double scale) {
    for (Supplier<Output> output :
        List.<Supplier<Output>>of(
            () -> Output.laplace(scale), () -> Output.heteroscedasticGaussian(scale))) {
      assertThatIllegalArgumentException()
          .isThrownBy(output::get)
          .withMessageContaining("" + scale)
          .withMessageContaining("above 0");
    }
  }

  @Property(tries = 50)
  void aCalibratedVarianceIsTheRunningMeanOfSquaredErrors(
      @ForAll @Size(min = 1, max = 300) List<@DoubleRange(min = 0.01, max = 100) Double> errors) {
    Output output = Output.calibratedGaussian();
    List<double[]> arrays = output.learned().stream().map(spec -> new double[1]).toList();
    for (int i = 0; i < arrays.size(); i++) {
      arrays.get(i)[0] = output.learned().get(i).start().value(0, RandomStream.of(1, "none"));
    }
    double sum = 0;
    double weight = 0;
    for (double error : errors) {
      double distance = Math.sqrt(error);
      double loss =
          output
              .kernel(arrays)
              .lossAndGradient(new double[] {distance}, new double[1], new double[1], 1);
      double variance = arrays.get(0)[0];
      double expected = (error / variance + Math.log(2 * Math.PI * variance)) / 2;
      assertThat(loss).isCloseTo(expected, offset(1e-9 * (1 + Math.abs(expected))));
      output.updateState(arrays, loss);
      sum = 0.99 * sum + error;
      weight = 0.99 * weight + 1;
      assertThat(arrays.get(0)[0]).isCloseTo(sum / weight, withinPercentage(1e-6));
    }
  }

  @Example
  void aCalibratedVarianceStaysAboveZero() {
    Output output = Output.calibratedGaussian();
    List<double[]> arrays = List.of(new double[] {1}, new double[] {0});
    for (int i = 0; i < 5; i++) {
      double loss =
          output.kernel(arrays).lossAndGradient(new double[1], new double[1], new double[1], 1);
      output.updateState(arrays, loss);
      assertThat(arrays.get(0)[0]).isEqualTo(1e-6);
    }
    assertThat(output.describe()).isEqualTo("Gaussian of calibrated variance");
    assertThat(output.range()).isEqualTo(ValueRange.REALS);
  }

  @Property(tries = 20)
  void refusesAVarianceThatIsNone(@ForAll("none") double variance) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Output.gaussian(variance))
        .withMessageContaining("" + variance)
        .withMessageContaining("above 0");
  }

  @Provide
  Arbitrary<Double> none() {
    return Arbitraries.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY, -0.0);
  }
}
