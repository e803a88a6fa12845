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
import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.Arrays;

/**
 * Samples judged in two feature spaces: the first principal components see layout, light and
 * colour; {@link LocalContrast} sees flat and busy parts.
 *
 * @param recalled of each real test picture, whether it is near a sample by its components
 * @param precise how many of {@code samples} are, by their contrast, near what the decoder makes of
 *     a real test picture
 * @param samples how many samples were judged
 * @param covered of each real test picture, whether what the decoder makes of it is, by its
 *     contrast, near a sample
 * @param controlPrecise {@code precise} of reconstructions of training pictures: as far as samples
 *     of this decoder could get
 * @param controlSamples how many these are
 * @param controlCovered {@code covered} by these
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Generation(
    boolean[] recalled,
    int precise,
    int samples,
    boolean[] covered,
    int controlPrecise,
    int controlSamples,
    boolean[] controlCovered) {

  /** How many codes a density is fitted to, as the lab says. */
  private static final int CODES = 256;

  /** How many samples are judged. */
  private static final int SAMPLES = 512;

  private static final int FEATURES = 64;

  /** The training pictures whose codes densities are fitted to, drawn at random. */
  static LabeledImageSource pictures(TaskRun lab) {
    return some(lab, "latent-statistics", CODES);
  }

  /** The training pictures whose reconstructions are what samples could be at best. */
  static LabeledImageSource control(TaskRun lab) {
    return some(lab, "control", SAMPLES);
  }

  private static LabeledImageSource some(TaskRun lab, String stream, int count) {
    LabeledImageSource train = lab.trainDogs();
    int[] order = RandomStream.of(lab.seed(), stream).permutation(train.size());
    return train.select(Arrays.copyOf(order, Math.min(count, order.length)));
  }

  /** Judges samples and reports the figures under a suffix. */
  static Generation of(TaskRun lab, Autoencoder autoencoder, LatentSampler sampler, String suffix) {
    GenerativeReference byComponents = byComponents(lab);
    GenerativeReference byContrast = byContrast(lab, autoencoder);
    float[][] latents = sampler.sample(SAMPLES, lab.seed());
    float[][] samples = autoencoder.decode(latents);
    float[][] reencoded = autoencoder.encode(samples);
    float[][] real = autoencoder.encode(control(lab));
    float[][] reconstructions = autoencoder.decode(real);
    GenerativeFigures components = byComponents.judge(samples, latents, reencoded);
    GenerativeFigures contrast = byContrast.judge(samples, latents, reencoded);
    GenerativeFigures control = byContrast.judge(reconstructions, real, real);
    lab.metric("generative.precision@" + suffix, components.precision());
    lab.metric("generative.recall@" + suffix, components.recall());
    lab.metric("generative.coverage@" + suffix, components.coverage());
    lab.metric("generative.memorized_share@" + suffix, components.memorizedShare());
    lab.metric("generative.relative_round_trip@" + suffix, components.relativeRoundTrip());
    lab.metric("generative.contrast_precision@" + suffix, contrast.precision());
    lab.metric("generative.contrast_coverage@" + suffix, contrast.coverage());
    lab.metric("control.contrast_precision@" + suffix, control.precision());
    lab.metric("control.contrast_coverage@" + suffix, control.coverage());
    return new Generation(
        byComponents.recalled(samples),
        precise(contrast),
        contrast.samples(),
        byContrast.covered(samples),
        precise(control),
        control.samples(),
        byContrast.covered(reconstructions));
  }

  /** How many samples lie among the real ones. */
  static int precise(GenerativeFigures figures) {
    return (int) Math.round(figures.precision() * figures.samples());
  }

  /** How samples' precision differs from that of reconstructions of other pictures. */
  Difference precisionFromControl() {
    return Difference.ofShares(controlPrecise, controlSamples, precise, samples);
  }

  /** How samples' coverage differs from that of reconstructions of other pictures. */
  Difference coverageFromControl() {
    return Difference.paired(controlCovered, covered);
  }

  /** Whether samples are told from reconstructions of real pictures by their local contrast. */
  boolean fallsShort() {
    return precisionFromControl().change(2) == Change.LOWER
        || coverageFromControl().change(2) == Change.LOWER;
  }

  /** Real test pictures by their principal components. */
  static GenerativeReference byComponents(TaskRun lab) {
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
