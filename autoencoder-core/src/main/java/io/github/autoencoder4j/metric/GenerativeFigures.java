package io.github.autoencoder4j.metric;

/**
 * Whether decoded draws from a latent distribution are new images of the training kind. No figure
 * answers alone: copies of training images have full precision and no distance, blurred images lie
 * near everything, noise covers nothing.
 *
 * <pre>{@code
 * GenerativeFigures figures = reference.judge(samples, latents, autoencoder.encode(samples));
 * boolean copies = figures.memorizedShare() > 0.2;
 * }</pre>
 *
 * @param samples how many samples were judged; precision, recall, density and coverage depend on
 *     it, so compare only equal counts
 * @param sampleDistance mean Euclidean distance of a sample to its nearest training image, in pixel
 *     values
 * @param testDistance the same for real test images: what an unseen image is expected to have
 * @param memorizedShare share of samples nearer to a training image than 95 % of the test images
 *     are, in [0, 1]; about 0.05 for new images as sharp as real ones
 * @param precision share of samples within the neighbourhoods of real images, in [0, 1]: fidelity
 * @param recall share of real images within the neighbourhoods of samples, in [0, 1]: variety
 * @param density how many neighbourhoods of real images hold a sample, relative to what real images
 *     would have; about 1 for samples of the real distribution, can exceed it
 * @param coverage share of real images that have a sample in their neighbourhood, in [0, 1]
 * @param roundTrip mean of {@code ||E(D(z)) - z||}: how far codes move when decoded and encoded
 * @param relativeRoundTrip {@code roundTrip} over the mean of {@code ||z||}
 */
public record GenerativeFigures(
    int samples,
    double sampleDistance,
    double testDistance,
    double memorizedShare,
    double precision,
    double recall,
    double density,
    double coverage,
    double roundTrip,
    double relativeRoundTrip) {}
