package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.sampling.LatentSampler;
import java.util.Arrays;

/** Draws from a sampler, decoded and judged by real pictures. */
final class Generation {

  /** How many codes a density is fitted to, as the lab says. */
  static final int CODES = 256;

  /** How many samples are judged. */
  private static final int SAMPLES = 512;

  private static final int FEATURES = 64;

  private Generation() {}

  /** The training pictures whose codes densities are fitted to, drawn at random. */
  static LabeledImageSource pictures(TaskRun lab) {
    LabeledImageSource train = lab.trainDogs();
    int[] order = RandomStream.of(lab.seed(), "latent-statistics").permutation(train.size());
    return train.select(Arrays.copyOf(order, Math.min(CODES, order.length)));
  }

  /** Judges samples and reports the figures under a suffix. */
  static GenerativeFigures judge(
      TaskRun lab, Autoencoder autoencoder, LatentSampler sampler, String suffix) {
    GenerativeReference real =
        lab.shared(
            "real-dogs",
            () -> {
              Pca pca = Pca.fit(lab.trainDogs(), FEATURES);
              return GenerativeReference.of(lab.trainDogs(), lab.testDogs(), pca::encode);
            });
    float[][] latents = sampler.sample(SAMPLES, lab.seed());
    float[][] samples = autoencoder.decode(latents);
    GenerativeFigures figures = real.judge(samples, latents, autoencoder.encode(samples));
    lab.metric("generative.precision@" + suffix, figures.precision());
    lab.metric("generative.recall@" + suffix, figures.recall());
    lab.metric("generative.coverage@" + suffix, figures.coverage());
    lab.metric("generative.memorized_share@" + suffix, figures.memorizedShare());
    lab.metric("generative.relative_round_trip@" + suffix, figures.relativeRoundTrip());
    return figures;
  }
}
