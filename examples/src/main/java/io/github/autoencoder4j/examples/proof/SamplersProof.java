package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.GaussianMixture;
import io.github.autoencoder4j.sampling.LatentSampler;
import io.github.autoencoder4j.sampling.SecondStage;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.List;

/**
 * What to draw the codes of a variational autoencoder from: its prior, a Gaussian or ten fitted to
 * codes afterwards, or a second stage. Figures of the samples are those of the library.
 */
final class SamplersProof implements Proof {

  private static final int SAMPLES = 2_000;
  private static final int FEATURES = 64;
  private static final int FITTED_TO = 20_000;
  private static final int STAGE_EPOCHS = 24;

  @Override
  public String id() {
    return "samplers";
  }

  @Override
  public String conditions() {
    return "Variational autoencoder 784-400-20 and back, 10 epochs; 2,000 samples from codes of each"
        + " distribution beside 2,000 test digits, by 64 principal components. Fits are to the codes"
        + " of 20,000 training digits.";
  }

  @Override
  public String source() {
    return "Ghosh et al., From variational to deterministic autoencoders, ICLR 2020 (ten Gaussians"
        + " fitted afterwards beat the prior); Dai and Wipf, ICLR 2019 (the second stage)";
  }

  @Override
  public List<Figure> run(long seed) {
    LabeledImageSource train = Mnist.train();
    LabeledImageSource test = Mnist.test().slice(0, SAMPLES);
    Pca pca = Pca.fit(train.slice(0, SAMPLES), FEATURES);
    GenerativeReference real = GenerativeReference.of(train, test, pca::encode);
    try (Autoencoder digits =
        Autoencoder.dense().hidden(400).bottleneck(20).variational().seed(seed).build()) {
      digits.fit(train, Training.epochs(10).batchSize(128).progress());
      float[][] codes = digits.encode(train.slice(0, FITTED_TO));
      List<Figure> figures = new ArrayList<>();
      double prior = judge(real, digits, "prior", Gaussian.standard(20), seed, figures);
      judge(real, digits, "Gaussian", Gaussian.shrinkage(codes), seed, figures);
      double mixture =
          judge(
              real,
              digits,
              "ten Gaussians",
              GaussianMixture.components(10).fit(codes, seed),
              seed,
              figures);
      try (SecondStage stage = SecondStage.fit(codes, STAGE_EPOCHS, seed)) {
        judge(real, digits, "second stage", stage, seed, figures);
      }
      figures.add(
          Figure.atLeast(
              "coverage of ten Gaussians less that of the prior", "", 0, mixture - prior));
      return figures;
    }
  }

  /** Adds the figures of samples; returns their coverage in per cent. */
  private static double judge(
      GenerativeReference real,
      Autoencoder digits,
      String name,
      LatentSampler sampler,
      long seed,
      List<Figure> figures) {
    float[][] latents = sampler.sample(SAMPLES, seed);
    float[][] samples = digits.decode(latents);
    GenerativeFigures found = real.judge(samples, latents, digits.encode(samples));
    figures.add(Figure.beside(name + ": precision in %", 100 * found.precision()));
    figures.add(Figure.beside(name + ": recall in %", 100 * found.recall()));
    figures.add(Figure.beside(name + ": coverage in %", 100 * found.coverage()));
    return 100 * found.coverage();
  }
}
