package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;

/**
 * Keeps codes near 0 (Ghosh et al., "From variational to deterministic autoencoders", ICLR 2020):
 * the term {@code "norm"} adds {@code weight / 2 |z|^2} nats for each sample, and codes stay as
 * they are. With a penalty on weights it is that paper's RAE-L2, from which samples are drawn by a
 * density fitted to codes.
 *
 * <pre>{@code
 * Autoencoder digits = Autoencoder.dense().bottleneck(16).regularized(0.1).l2(1e-6).build();
 * digits.fit(train, Training.epochs(20));
 * LatentDensity density = GaussianMixture.fit(digits.encode(train), 10, 1);
 * float[][] drawn = digits.decode(density.sample(9, 1));
 * }</pre>
 *
 * @param weight twice what a sample pays for a code of length 1, in nats; at least 0
 */
public record CodeNorm(double weight) implements LatentStage {

  /**
   * Checks the weight.
   *
   * @param weight at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public CodeNorm {
    Weights.require(weight, "the norm of codes");
  }

  @Override
  public List<String> terms() {
    return List.of("norm");
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new CodeNormKernel(weight, code.size());
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "norm of weight %.4g", weight);
  }
}
