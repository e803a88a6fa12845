package io.github.autoencoder4j;

import io.github.autoencoder4j.loss.Objective;
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
 * @param reconstructionLoss the loss that the autoencoder was trained for, on these data: a mean
 *     per value, without penalty
 * @param objective what training minimises, on these data, without penalty: where latent stages add
 *     terms, the loss of codes with their noise, always the same, and the terms; elsewhere the
 *     reconstruction loss alone
 * @param binaryCrossEntropy in nats, from logits, with the floor that grey targets set; NaN where
 *     values may lie outside [0, 1]
 * @param meanSquaredError mean over all values of all samples
 * @param psnr per image in dB, and pooled; NaN where values may lie outside [0, 1]
 * @param penalty what the weights add to the objective; not part of any other figure here
 */
public record Evaluation(
    int images,
    double reconstructionLoss,
    Objective objective,
    CrossEntropySummary binaryCrossEntropy,
    double meanSquaredError,
    PsnrSummary psnr,
    double penalty) {}
