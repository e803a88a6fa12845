package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;

/**
 * Draws codes from a variational autoencoder that was trained on the codes of another autoencoder
 * (Dai and Wipf, "Diagnosing and Enhancing VAE Models", ICLR 2019). Codes seldom lie as a prior, a
 * Gaussian or a few of them would have it; a second stage learns how they lie, whatever the first
 * was: variational, plain or trained with noise.
 *
 * <pre>{@code
 * try (SecondStage stage = SecondStage.fit(autoencoder.encode(train), 32, 7)) {
 *   float[][] drawn = autoencoder.decode(stage.sample(100, 7));
 * }
 * }</pre>
 *
 * <p>The codes are standardised. The stage has two hidden layers of 256 units, as many numbers in
 * its own code as the codes have, at most 64, and a Gaussian output. Eight times on the way its
 * variance is set to the mean squared error of what the stage reconstructs from drawn codes: that
 * is the variance of greatest likelihood (Rybkin, Daniilidis and Levine, "Simple and Effective VAE
 * Training with Calibrated Decoders", ICML 2021). Draws have that noise too.
 *
 * <p>Instances are thread-safe. They hold native memory until they are closed.
 */
public final class SecondStage implements LatentSampler, AutoCloseable {

  private static final int HIDDEN = 256;
  private static final int MOST_NUMBERS = 64;
  private static final int BATCH = 64;
  private static final int ROUNDS = 8;
  private static final double FIRST_VARIANCE = 0.5;
  private static final double LEAST_VARIANCE = 1e-4;

  private final double[] means;
  private final double[] deviations;
  private final Autoencoder stage;
  private final double variance;

  private SecondStage(double[] means, double[] deviations, Autoencoder stage, double variance) {
    this.means = means;
    this.deviations = deviations;
    this.stage = stage;
    this.variance = variance;
  }

  /**
   * Trains on codes.
   *
   * @param codes {@code [n][k]}, finite, at least 2, not all equal; thousands are needed to learn
   *     from
   * @param epochs how often to see each, at least 8; 32 is usual for some ten thousand codes
   * @param seed chooses first weights, order and noise; the same seed gives the same stage
   * @return what draws codes like these
   * @throws IllegalArgumentException if there are fewer than 2 codes, they differ in length, one is
   *     not finite, all are equal, or there are fewer than 8 epochs
   */
  public static SecondStage fit(float[][] codes, int epochs, long seed) {
    if (epochs < ROUNDS) {
      throw new IllegalArgumentException(
          "a second stage needs at least %s epochs, but was given %s; 32 is usual"
              .formatted(ROUNDS, epochs));
    }
    Codes.require(codes, 2);
    int size = codes[0].length;
    double[] means = Codes.mean(codes);
    double[] deviations = Codes.squaredDeviations(codes, means);
    Arrays.setAll(deviations, j -> Math.sqrt(deviations[j] / codes.length));
    Codes.requireVariance(Arrays.stream(deviations).sum(), codes.length);
    ImageSource standardised =
        ImageSource.of(
            ImageShape.vector(size), ValueRange.REALS, standardised(codes, means, deviations));
    double variance = FIRST_VARIANCE;
    Autoencoder stage = build(size, variance, seed);
    for (int round = 0; round < ROUNDS; round++) {
      if (round > 0) {
        Autoencoder before = stage;
        stage = build(size, variance, seed + round);
        stage.copyWeightsFrom(before);
        before.close();
      }
      int share = (epochs * (round + 1)) / ROUNDS - (epochs * round) / ROUNDS;
      stage.fit(standardised, Training.epochs(share).batchSize(BATCH).cosineDecay());
      variance = variance(stage.evaluate(standardised).objective().reconstruction(), variance);
    }
    return new SecondStage(means, deviations, stage, variance);
  }

  private static float[][] standardised(float[][] codes, double[] means, double[] deviations) {
    float[][] rows = new float[codes.length][means.length];
    for (int i = 0; i < codes.length; i++) {
      for (int j = 0; j < means.length; j++) {
        // Numbers that never change are 0 from here on, and their mean again in what is drawn.
        rows[i][j] = deviations[j] > 0 ? (float) ((codes[i][j] - means[j]) / deviations[j]) : 0;
      }
    }
    return rows;
  }

  private static Autoencoder build(int size, double variance, long seed) {
    return Autoencoder.dense()
        .input(ImageShape.vector(size))
        .hidden(HIDDEN, HIDDEN)
        .bottleneck(Math.min(size, MOST_NUMBERS))
        .variational()
        .output(Output.gaussian(variance))
        .seed(seed)
        .build();
  }

  /** The mean squared error {@code m}, from the mean loss {@code (m / v + ln 2 pi v) / 2}. */
  private static double variance(double loss, double variance) {
    double error = variance * (2 * loss - Math.log(2 * Math.PI * variance));
    return Math.max(LEAST_VARIANCE, Math.min(1, error));
  }

  @Override
  public int latentSize() {
    return means.length;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    if (n == 0) {
      return new float[0][];
    }
    int numbers = stage.latentShape().size();
    float[][] drawn = stage.decode(Gaussian.standard(numbers).sample(n, seed));
    RandomStream noise = RandomStream.of(seed, "second stage");
    for (float[] code : drawn) {
      for (int j = 0; j < code.length; j++) {
        double value = code[j] + Math.sqrt(variance) * noise.nextGaussian();
        code[j] = (float) (means[j] + deviations[j] * value);
      }
    }
    return drawn;
  }

  @Override
  public void close() {
    stage.close();
  }
}
