package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.metric.PsnrSummary;

/**
 * The error of a {@link Baseline} on a data set.
 *
 * @param psnr PSNR of the reconstructions, clamped to [0, 1], in dB
 * @param mse mean squared error a value, nothing clamped
 */
public record BaselineFigures(PsnrSummary psnr, double mse) {}
