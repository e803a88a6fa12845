package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;

/**
 * Tells weights that have exploded from those that met a hard batch.
 *
 * <p>Whatever the loss, they are judged by the cross-entropy of their outputs over samples from all
 * over the data. An output of 0.5 everywhere, which knows nothing, has {@code ln 2} a value.
 * Weights that explode give logits of hundreds and more: outputs that are sure and wrong, where
 * squared errors cannot exceed 1 and have no gradient left, and cross-entropies have no bound. No
 * order of the data and no loss of an earlier batch has a say.
 */
final class Explosion {

  /** Ten times as bad as knowing nothing: sure of the wrong, nearly everywhere. */
  static final double LIMIT = 10 * Math.log(2);

  private static final int LEAST_SAMPLES = 64;

  private final Engine engine;
  private final SpreadSamples samples;

  Explosion(Engine engine, ImageSource data, int batchSize) {
    this.engine = engine;
    this.samples = SpreadSamples.of(data, Math.max(batchSize, LEAST_SAMPLES));
  }

  /** Whether a batch calls for a look at the weights; a squared error, at most 1, never does. */
  static boolean isSuspected(double lossOfBatch) {
    return lossOfBatch > LIMIT;
  }

  /**
   * The cross-entropy of the network as it is, in nats a value.
   *
   * @return more than {@link #LIMIT}, or not a finite number, if its weights have exploded
   */
  double crossEntropy() {
    double[] sum = {0};
    samples.forEach(
        engine, (values, n, first) -> sum[0] += engine.crossEntropy(values, values, n, first) * n);
    return sum[0] / samples.count();
  }

  static boolean isOne(double crossEntropy) {
    return !(crossEntropy <= LIMIT);
  }

  /** What to say of it. */
  String describe(double crossEntropy) {
    return "the loss of its weights, taken as a cross-entropy over %s samples from all over the data,"
            .formatted(samples.count())
        + " became %s nats a value, where an output that knows nothing has 0.69"
            .formatted(crossEntropy);
  }
}
