package io.github.autoencoder4j.metric;

/**
 * The {@linkplain Psnr peak signal-to-noise ratio} over a set of images, in dB.
 *
 * <p>{@code mean} and {@code pooled} are different figures: on photographs the mean lies 0.3 to 1.1
 * dB above the pooled one. Compare only like with like.
 *
 * @param mean the arithmetic mean of the images' PSNR; every image weighs the same
 * @param std the population standard deviation of the images' PSNR
 * @param percentile5 5 % of the images lie below it
 * @param median half of the images lie below it
 * @param percentile95 95 % of the images lie below it
 * @param pooled {@code -10 log10} of the mean of the images' mean squared errors
 * @param count how many images, or image and noise draw pairs
 * @param identicalCount how many of them reached the cap of 100 dB, as identical images do
 */
public record PsnrSummary(
    double mean,
    double std,
    double percentile5,
    double median,
    double percentile95,
    double pooled,
    int count,
    int identicalCount) {}
