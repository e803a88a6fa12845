package io.github.autoencoder4j;

import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.CrossEntropySummary;
import io.github.autoencoder4j.metric.PsnrSummary;

/**
 * How well an autoencoder reconstructs a data set.
 *
 * <pre>{@code
 * Evaluation result = autoencoder.evaluate(test);
 * double perPixel = result.reconstructionLoss(); // without penalty
 * double decibels = result.psnr().mean(); // mean over images; psnr().pooled() is another figure
 * double aboveFloor = result.binaryCrossEntropy().excessPerPixel();
 * }</pre>
 *
 * @param images how many samples were reconstructed
 * @param loss what the autoencoder was trained for
 * @param binaryCrossEntropy in nats, from logits, with the floor that grey targets set
 * @param meanSquaredError mean over all values of all samples
 * @param psnr per image in dB, and pooled
 * @param penalty what the weights add to the objective; not part of any other figure here
 */
public record Evaluation(
    int images,
    Loss loss,
    CrossEntropySummary binaryCrossEntropy,
    double meanSquaredError,
    PsnrSummary psnr,
    double penalty) {

  /**
   * The loss the autoencoder was trained for, on these data.
   *
   * @return mean per pixel, without penalty
   */
  public double reconstructionLoss() {
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> binaryCrossEntropy.perPixel();
      case MEAN_SQUARED_ERROR -> meanSquaredError;
    };
  }
}
