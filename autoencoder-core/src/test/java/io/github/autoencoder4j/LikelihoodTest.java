package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.metric.LogLikelihood;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Holds likelihoods against those of probabilistic PCA (Tipping and Bishop, 1999), in closed form.
 */
class LikelihoodTest {

  private static final int VALUES = 5;
  private static final int CODE = 2;

  /** The two axes of the codes among the values, at right angles and of length 1. */
  private static final double[][] AXES = {
    {0.5, 0.5, 0.5, 0.5, 0}, {0.5, -0.5, 0.5, -0.5, 0},
  };

  private static final double[] CENTER = {0.1, -0.2, 0.3, 0, 1};

  /** How far the codes reach along their axes, {@code x = sum_j reach_j z_j axis_j + center}. */
  private static final double[] REACH = {2, 0.7};

  /** Linear layers, so that samples are normal: a decoder as above, and an encoder that may err. */
  private static Autoencoder linear(double variance, double scale, double wider) {
    return linear(variance, scale, wider, 1);
  }

  private static Autoencoder linear(double variance, double scale, double wider, int draws) {
    Autoencoder linear =
        Autoencoder.dense()
            .input(ImageShape.vector(VALUES))
            .hidden()
            .bottleneck(CODE)
            .activation(Activation.IDENTITY)
            .latentStage(Variational.standard().draws(draws))
            .output(Output.gaussian(variance))
            .optimizer(Optimizer.sgd(1e-6))
            .build();
    linear.fit(samples(drawn(1), drawn(2)), Training.epochs(1));
    float[] encoder = new float[2 * CODE * VALUES];
    float[] encoderBias = new float[2 * CODE];
    float[] decoder = new float[VALUES * CODE];
    float[] decoderBias = new float[VALUES];
    for (int j = 0; j < CODE; j++) {
      double evidence = REACH[j] * REACH[j] + variance;
      for (int i = 0; i < VALUES; i++) {
        double weight = scale * REACH[j] / evidence * AXES[j][i];
        encoder[j * VALUES + i] = (float) weight;
        encoderBias[j] -= (float) (weight * CENTER[i]);
        decoder[i * CODE + j] = (float) (REACH[j] * AXES[j][i]);
      }
      encoderBias[CODE + j] = (float) Math.log(wider * variance / evidence);
    }
    for (int i = 0; i < VALUES; i++) {
      decoderBias[i] = (float) CENTER[i];
    }
    Map<String, float[]> arrays =
        Map.of(
            "bottleneck.weight", encoder,
            "bottleneck.bias", encoderBias,
            "logits.weight", decoder,
            "logits.bias", decoderBias);
    INDArray parameters = Dl4j.networkOf(linear).params();
    for (Network.Entry entry : Network.of(linear.spec().orElseThrow()).parameters()) {
      float[] values = arrays.get(entry.name());
      for (int i = 0; i < entry.length(); i++) {
        parameters.putScalar(entry.offset() + i, values[i]);
      }
    }
    return linear;
  }

  private static ImageSource samples(float[]... rows) {
    return ImageSource.of(ImageShape.vector(VALUES), ValueRange.REALS, rows);
  }

  private static float[] drawn(long seed) {
    RandomStream random = RandomStream.of(seed, "sample");
    float[] sample = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      sample[i] = (float) (CENTER[i] + 1.5 * random.nextGaussian());
    }
    return sample;
  }

  /** Along the axis of a code number, from the center. */
  private static double along(float[] sample, int j) {
    double sum = 0;
    for (int i = 0; i < VALUES; i++) {
      sum += AXES[j][i] * (sample[i] - CENTER[i]);
    }
    return sum;
  }

  /** {@code ln N(x; center, W W' + v I)}. */
  private static double exact(float[] sample, double variance) {
    double rest = 0;
    for (int i = 0; i < VALUES; i++) {
      rest += (sample[i] - CENTER[i]) * (sample[i] - CENTER[i]);
    }
    double nats = -VALUES / 2.0 * Math.log(2 * Math.PI);
    for (int j = 0; j < CODE; j++) {
      double evidence = REACH[j] * REACH[j] + variance;
      double square = along(sample, j) * along(sample, j);
      rest -= square;
      nats -= (Math.log(evidence) + square / evidence) / 2;
    }
    return nats - ((VALUES - CODE) * Math.log(variance) + rest / variance) / 2;
  }

  /** The divergence of the encoder's distribution from the right one. */
  private static double error(float[] sample, double variance, double scale, double wider) {
    double nats = 0;
    for (int j = 0; j < CODE; j++) {
      double evidence = REACH[j] * REACH[j] + variance;
      double right = REACH[j] / evidence * along(sample, j);
      double off = (scale - 1) * right;
      nats += (wider - 1 - Math.log(wider) + off * off / (variance / evidence)) / 2;
    }
    return nats;
  }

  @Property(tries = 20)
  void withTheRightDistributionEveryDrawTellsTheLikelihood(
      @ForAll @IntRange(min = 1, max = 300) int draws,
      @ForAll @DoubleRange(min = 0.1, max = 2) double variance,
      @ForAll @LongRange(min = 0, max = 100) long seed) {
    float[] sample = drawn(seed);
    double exact = exact(sample, variance);
    try (Autoencoder linear = linear(variance, 1, 1)) {
      LogLikelihood estimate = linear.logLikelihood(samples(sample, sample), draws, seed);

      assertThat(estimate.nats()).hasSize(2);
      assertThat(estimate.draws()).isEqualTo(draws);
      for (double nats : estimate.nats()) {
        assertThat(nats).isCloseTo(exact, offset(1e-4 * (1 + Math.abs(exact))));
      }
    }
  }

  @Property(tries = 8)
  void oneDrawGivesTheLowerBoundAndManyTheLikelihood(
      @ForAll @DoubleRange(min = 0.8, max = 1.2) double scale,
      @ForAll @DoubleRange(min = 1, max = 2) double wider,
      @ForAll @LongRange(min = 0, max = 100) long seed) {
    double variance = 0.5;
    float[] sample = drawn(seed);
    double exact = exact(sample, variance);
    double bound = exact - error(sample, variance, scale, wider);
    float[][] repeated = new float[2_000][];
    Arrays.fill(repeated, sample);
    try (Autoencoder linear = linear(variance, scale, wider)) {
      LogLikelihood one = linear.logLikelihood(samples(repeated), 1, seed);
      double objective = linear.evaluate(samples(repeated)).objective().total() * VALUES;
      LogLikelihood many = linear.logLikelihood(samples(sample), 30_000, seed);

      double noise = 6 * one.standardError() + 1e-4;
      assertThat(one.mean()).isCloseTo(bound, offset(noise));
      // The divergence is exact there, and the error of the reconstruction spreads by 4 nats or
      // less.
      assertThat(-objective).isCloseTo(bound, offset(6 * 4 / Math.sqrt(repeated.length)));
      assertThat(many.mean()).isCloseTo(exact, offset(0.05));
      assertThat(many.standardError()).isZero();
    }
  }

  @Property(tries = 10)
  void withTheRightDistributionTheObjectiveOfManyDrawsIsTheLikelihood(
      @ForAll @IntRange(min = 2, max = 9) int draws,
      @ForAll @LongRange(min = 0, max = 100) long seed) {
    float[] sample = drawn(seed);
    double exact = exact(sample, 0.5);
    try (Autoencoder linear = linear(0.5, 1, 1, draws)) {
      Objective objective = linear.evaluate(samples(sample, sample, sample)).objective();

      assertThat(-objective.total() * VALUES)
          .isCloseTo(exact, offset(1e-4 * (1 + Math.abs(exact))));
      assertThat(objective.terms()).containsOnlyKeys("kl");
    }
  }

  @Example
  void theObjectiveOfManyDrawsIsTheBoundOfAsMany() {
    float[][] repeated = new float[2_000][];
    Arrays.fill(repeated, drawn(3));
    double last = Double.NEGATIVE_INFINITY;
    for (int draws : new int[] {2, 5, 50}) {
      try (Autoencoder linear = linear(0.5, 0.6, 3, draws)) {
        LogLikelihood bound = linear.logLikelihood(samples(repeated), draws, 1);
        double objective = -linear.evaluate(samples(repeated)).objective().total() * VALUES;

        assertThat(objective)
            .isCloseTo(bound.mean(), offset(6 * Math.sqrt(2) * bound.standardError()))
            .isGreaterThan(last);
        last = objective;
      }
    }
  }

  @Example
  void refusesABoundOfNoneOrTooManyDrawsOrWithWhatItHasNoPlaceFor() {
    for (int draws : new int[] {0, -1, 1_001, 10_000}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Variational.standard().draws(draws))
          .withMessageContaining("" + draws)
          .withMessageContaining("from 1 to 1000");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variational.standard().beta(2).draws(5))
        .withMessageContaining("beta 2.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variational.standard().draws(5).freeNats(0.1))
        .withMessageContaining("0.1 free nats");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Variational.standard().draws(5).warmup(7))
        .withMessageContaining("warm-up of 7 steps");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> dense().variational().latentStage(Variational.standard().draws(5)).build())
        .withMessageContaining("5 draws")
        .withMessageContaining("kl");
  }

  @Example
  void theBoundRisesWithTheDraws() {
    float[][] repeated = new float[2_000][];
    Arrays.fill(repeated, drawn(3));
    try (Autoencoder linear = linear(0.5, 0.6, 3)) {
      double last = Double.NEGATIVE_INFINITY;
      for (int draws : new int[] {1, 5, 50}) {
        double mean = linear.logLikelihood(samples(repeated), draws, 1).mean();
        assertThat(mean).isGreaterThan(last);
        last = mean;
      }
      assertThat(last).isLessThan(exact(repeated[0], 0.5) + 0.05);
    }
  }

  @Example
  void theDrawsOfASampleAreThoseOfItsPlaceAndTheSeed() {
    float[][] rows = {drawn(1), drawn(2), drawn(3)};
    try (Autoencoder linear = linear(0.5, 0.6, 3)) {
      double[] all = linear.logLikelihood(samples(rows), 7, 1).nats();
      assertThat(linear.logLikelihood(samples(rows), 7, 1).nats()).containsExactly(all);
      assertThat(linear.logLikelihood(samples(rows[0], rows[1]), 7, 1).nats())
          .containsExactly(all[0], all[1]);
      assertThat(linear.logLikelihood(samples(rows), 7, 2).nats()[0]).isNotEqualTo(all[0]);
    }
  }

  @Example
  void theDistributionsAreThoseOfTheCodesAndOfTheTerm() {
    float[][] rows = {drawn(1), drawn(2), drawn(3), drawn(4)};
    try (Autoencoder linear = linear(0.5, 0.9, 1.5)) {
      CodeDistributions codes = linear.encodeDistribution(samples(rows));
      double kl = Arrays.stream(codes.divergences()).sum();

      assertThat(codes.means()).isDeepEqualTo(linear.encode(samples(rows)));
      assertThat(linear.encoder().encodeDistribution(samples(rows)).variances())
          .isDeepEqualTo(codes.variances());
      assertThat((double) codes.variances()[2][1])
          .isCloseTo(1.5 * 0.5 / (0.49 + 0.5), offset(1e-5));
      assertThat(linear.evaluate(samples(rows)).objective().terms().get("kl") * VALUES)
          .isCloseTo(kl, offset(1e-5 * kl));
      assertThat(codes.activeUnits()).isEqualTo(2);
    }
  }

  @Example
  void numbersThatFollowNoSampleAreNotInUse() {
    float[][] means = {{5, 1.001f, -1}, {5, 0.999f, 1}};
    float[][] variances = {{1, 1, 0.5f}, {1, 1, 0.5f}};
    CodeDistributions codes = new CodeDistributions(means, variances);

    assertThat(codes.variancesOfMeans()[0]).isZero();
    assertThat(codes.variancesOfMeans()[2]).isEqualTo(1);
    assertThat(codes.activeUnits()).isEqualTo(1);
    assertThat(codes.divergences()[2]).isCloseTo((1 + 0.5 - 1 - Math.log(0.5)) / 2, offset(1e-7));
  }

  private static DenseBuilder dense() {
    return Autoencoder.dense()
        .input(ImageShape.vector(VALUES))
        .hidden()
        .bottleneck(CODE)
        .optimizer(Optimizer.sgd(1e-6));
  }

  private static Autoencoder trained(DenseBuilder builder) {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(
        ImageSource.of(ImageShape.vector(VALUES), new float[2][VALUES]), Training.epochs(1));
    return autoencoder;
  }

  @Example
  void refusesWhatHasNoLikelihoodAndSaysWhy() {
    ImageSource one = ImageSource.of(ImageShape.vector(VALUES), new float[1][VALUES]);
    assertThatIllegalStateException()
        .isThrownBy(() -> trained(dense()).logLikelihood(one, 5, 1))
        .withMessageContaining("variational()");
    assertThatIllegalStateException()
        .isThrownBy(() -> trained(dense()).encodeDistribution(one))
        .withMessageContaining("variational()");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                trained(dense().variational().output(Output.sigmoidSquares()))
                    .logLikelihood(one, 5, 1))
        .withMessageContaining("sigmoid, squared error");
    assertThatIllegalStateException()
        .isThrownBy(() -> trained(dense().variational().latentNoise(0.1)).logLikelihood(one, 5, 1))
        .withMessageContaining("noise");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                trained(dense().variational().latentStage(PowerNormalization.perBatch()))
                    .logLikelihood(one, 5, 1))
        .withMessageContaining("power normalisation");
    assertThatIllegalStateException()
        .isThrownBy(() -> dense().variational().build().logLikelihood(one, 5, 1));
    Autoencoder whole = trained(dense().variational());
    for (int draws : new int[] {0, -1, 1_000_001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> whole.logLikelihood(one, draws, 1))
          .withMessageContaining("" + draws);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> whole.logLikelihood(empty(), 5, 1));
  }

  private static ImageSource empty() {
    return ImageSource.of(ImageShape.vector(VALUES), new float[1][VALUES]).slice(0, 0);
  }

  @Example
  void aStageAfterTheDrawBelongsToTheDecoder() {
    try (Autoencoder after = trained(dense().variational().powerNormalize())) {
      ImageSource one = ImageSource.of(ImageShape.vector(VALUES), new float[1][VALUES]);
      assertThat(after.logLikelihood(one, 10, 1).mean()).isNegative().isFinite();
    }
  }
}
