package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.training.TrainingWarning;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds out whether a network says the same of every sample. The best such answer is the mean
 * image, so a network that has learnt nothing else sits at its loss ("stuck at 0.26" on MNIST).
 */
final class CollapseAlarm {

  private static final int SAMPLES = 1_024;

  /**
   * Outputs of a healthy network vary about as much as its inputs, a collapsed one's not at all.
   */
  private static final double LEAST_VARIANCE_SHARE = 0.01;

  /** Sooner, a network that learns well may not have learnt anything yet. */
  private static final int STEPS = 100;

  private CollapseAlarm() {}

  /**
   * When it is time in a run: at the end of the first epoch by which enough steps were made, or of
   * the last one, or when the run ends before.
   */
  static int epoch(int epochs, int stepsInEpoch) {
    int first = (STEPS + stepsInEpoch - 1) / stepsInEpoch;
    return Math.min(first, epochs);
  }

  static Optional<TrainingWarning> check(Engine engine, ImageSource data, int epoch) {
    SpreadSamples spread = SpreadSamples.of(data, SAMPLES);
    int n = spread.count();
    if (n < 2) {
      return Optional.empty();
    }
    int length = engine.table().sample().size();
    Spread inputs = new Spread(length);
    Spread outputs = new Spread(length);
    spread.forEach(
        engine,
        (samples, size, first) -> {
          inputs.add(engine.table().targets(samples, size));
          outputs.add(engine.forward().decode(engine.forward().encode(samples, size), size));
        });
    double in = inputs.variance(n);
    double out = outputs.variance(n);
    if (out >= LEAST_VARIANCE_SHARE * in) {
      return Optional.empty();
    }
    return Optional.of(
        new TrainingWarning(
            TrainingWarning.Kind.COLLAPSE,
            String.format(
                Locale.ROOT,
                "after epoch %d the outputs hardly depend on the inputs: their variance over %d"
                    + " samples is %.2g, that of the inputs %.2g. The network predicts the mean"
                    + " image. Likely causes: a learning rate that is too high, a penalty that is"
                    + " too strong, or rectifiers that are all dead; try a tenth of the learning"
                    + " rate, a weaker penalty, or Activation.SILU",
                epoch,
                n,
                out,
                in)));
  }

  /** How much samples that come batch by batch vary, averaged over the values of a sample. */
  private static final class Spread {

    private final double[] sums;
    private final double[] squares;

    Spread(int length) {
      sums = new double[length];
      squares = new double[length];
    }

    void add(float[] rows) {
      int length = sums.length;
      for (int start = 0; start < rows.length; start += length) {
        for (int j = 0; j < length; j++) {
          double value = rows[start + j];
          sums[j] += value;
          squares[j] += value * value;
        }
      }
    }

    double variance(int n) {
      double total = 0;
      for (int j = 0; j < sums.length; j++) {
        total += squares[j] / n - (sums[j] / n) * (sums[j] / n);
      }
      return Math.max(0, total / sums.length); // below it by rounding only
    }
  }
}
