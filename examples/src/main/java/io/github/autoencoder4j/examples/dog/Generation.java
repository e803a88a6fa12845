package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.sampling.LatentSampler;
import java.util.Arrays;

/**
 * Samples judged in two feature spaces.
 *
 * @param components by real test pictures, in the space of the first principal components: layout,
 *     light and colour
 * @param contrast by what the decoder makes of real test pictures, in the space of {@link
 *     LocalContrast}: flat and busy parts, as blurred as the samples are
 * @param control reconstructions of training pictures, judged as {@code contrast}: as far as
 *     samples of this decoder could get
 */
record Generation(
    GenerativeFigures components, GenerativeFigures contrast, GenerativeFigures control) {

  /** How many codes a density is fitted to, as the lab says. */
  private static final int CODES = 256;

  /** How many samples are judged. */
  private static final int SAMPLES = 512;

  private static final int FEATURES = 64;

  /** Differences of shares below this are within what another seed would change. */
  static final double CLEAR = 0.05;

  /** The training pictures whose codes densities are fitted to, drawn at random. */
  static LabeledImageSource pictures(TaskRun lab) {
    return some(lab, "latent-statistics", CODES);
  }

  private static LabeledImageSource some(TaskRun lab, String stream, int count) {
    LabeledImageSource train = lab.trainDogs();
    int[] order = RandomStream.of(lab.seed(), stream).permutation(train.size());
    return train.select(Arrays.copyOf(order, Math.min(count, order.length)));
  }

  /** Judges samples and reports the figures under a suffix. */
  static Generation of(TaskRun lab, Autoencoder autoencoder, LatentSampler sampler, String suffix) {
    GenerativeReference byContrast = byContrast(lab, autoencoder);
    float[][] latents = sampler.sample(SAMPLES, lab.seed());
    float[][] samples = autoencoder.decode(latents);
    float[][] reencoded = autoencoder.encode(samples);
    float[][] real = autoencoder.encode(some(lab, "control", SAMPLES));
    Generation judged =
        new Generation(
            byComponents(lab).judge(samples, latents, reencoded),
            byContrast.judge(samples, latents, reencoded),
            byContrast.judge(autoencoder.decode(real), real, real));
    lab.metric("generative.precision@" + suffix, judged.components.precision());
    lab.metric("generative.recall@" + suffix, judged.components.recall());
    lab.metric("generative.coverage@" + suffix, judged.components.coverage());
    lab.metric("generative.memorized_share@" + suffix, judged.components.memorizedShare());
    lab.metric("generative.relative_round_trip@" + suffix, judged.components.relativeRoundTrip());
    lab.metric("generative.contrast_precision@" + suffix, judged.contrast.precision());
    lab.metric("generative.contrast_coverage@" + suffix, judged.contrast.coverage());
    lab.metric("control.contrast_precision@" + suffix, judged.control.precision());
    lab.metric("control.contrast_coverage@" + suffix, judged.control.coverage());
    return judged;
  }

  /** Whether samples are told from reconstructions of real pictures by their local contrast. */
  boolean fallsShort() {
    return contrast.precision() < control.precision() - CLEAR
        || contrast.coverage() < control.coverage() - CLEAR;
  }

  private static GenerativeReference byComponents(TaskRun lab) {
    return lab.shared(
        "real-dogs-by-components",
        () -> {
          LabeledImageSource train = lab.trainDogs();
          Pca pca = Pca.fit(train, Math.min(FEATURES, train.size() / 2));
          return GenerativeReference.of(train, lab.testDogs(), pca::encode);
        });
  }

  private static GenerativeReference byContrast(TaskRun lab, Autoencoder autoencoder) {
    LabeledImageSource test = lab.testDogs();
    ImageSource decoded = ImageSource.of(test.shape(), autoencoder.reconstruct(test));
    // Distances to training pictures are asked of the components; one is enough here.
    return GenerativeReference.of(
        lab.trainDogs().slice(0, 1), decoded, new LocalContrast(test.shape())::features);
  }
}
