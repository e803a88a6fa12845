package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.output.Output;

/**
 * Tells weights that have exploded from those that met a hard batch.
 *
 * <p>Whatever the loss, weights are judged by their outputs over samples from all over the data,
 * and in units of an output that knows nothing. Where values lie in [0, 1] that is the
 * cross-entropy: 0.5 everywhere has {@code ln 2} a value, while weights that explode give logits of
 * hundreds and more: outputs that are sure and wrong, where squared errors cannot exceed 1 and have
 * no gradient left, and cross-entropies have no bound. Where values have no bound, it is the
 * squared error: zero everywhere has the mean square of the data. No order of the data and no loss
 * of an earlier batch has a say.
 */
final class Explosion {

  /** Sure of the wrong, nearly everywhere. */
  private static final double LIMIT_OF_UNIT = 10;

  /** A hundred times as far off as zero, in each value. */
  private static final double LIMIT_OF_REALS = 1e4;

  private static final int LEAST_SAMPLES = 64;

  private final Engine engine;
  private final SpreadSamples samples;
  private final boolean unit;

  /** The loss of a batch beyond which the weights are looked at. */
  private double suspicious = LIMIT_OF_UNIT * Math.log(2);

  Explosion(Engine engine, ImageSource data, int batchSize) {
    this.engine = engine;
    this.samples = SpreadSamples.of(data, Math.max(batchSize, LEAST_SAMPLES));
    this.unit = engine.spec().output().range().equals(ValueRange.UNIT);
  }

  /** Whether a batch calls for a look at the weights; a squared error in [0, 1] never does. */
  boolean isSuspected(double lossOfBatch) {
    return lossOfBatch > suspicious;
  }

  /** Says that a look at the weights found no harm, so that such a loss calls for no other. */
  void acquit(double lossOfBatch) {
    if (!unit) {
      // The scale of a likelihood is nobody's to know before.
      suspicious = Math.max(suspicious, 2 * lossOfBatch);
    }
  }

  /**
   * How bad the network is as it is, in parts of what an output has that knows nothing.
   *
   * @return not a finite number, or far above 1, if its weights have exploded
   */
  double badness() {
    double[] loss = {0};
    double[] squares = {0};
    Output judge = unit ? Output.bernoulli() : Output.gaussian(1);
    samples.forEach(
        engine,
        (values, n, first) -> {
          loss[0] += engine.forward().loss(judge, values, n, first) * n;
          double ofPortion = 0;
          float[] wanted = engine.table().targets(values, n);
          for (float value : wanted) {
            ofPortion += (double) value * value;
          }
          squares[0] += ofPortion * n / wanted.length;
        });
    return unit
        ? loss[0] / samples.count() / Math.log(2)
        // Data of zeros only have no scale of their own.
        : (2 * loss[0] - samples.count() * Math.log(2 * Math.PI))
            / Math.max(squares[0], samples.count() * 1e-6);
  }

  boolean isOne(double badness) {
    return !(badness <= (unit ? LIMIT_OF_UNIT : LIMIT_OF_REALS));
  }

  /** What to say of it. */
  String describe(double badness) {
    String over = "over %s samples from all over the data,".formatted(samples.count());
    return unit
        ? "the loss of its weights, taken as a cross-entropy %s became %s nats a value, where an output that knows nothing has 0.69"
            .formatted(over, badness * Math.log(2))
        : "the squared error of its weights %s became %s times that of an output of zero"
            .formatted(over, badness);
  }
}
