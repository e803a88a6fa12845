package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;

/**
 * Draws the mean activity of each unit to a rate (Ng, "Sparse autoencoder", CS294A lecture notes,
 * 2011): the code is {@code a = 1 / (1 + exp(-z))}, and with the mean {@code m_j} of unit {@code j}
 * over the batch, at all positions if it has several, the term {@code "rate"} is
 *
 * <pre>{@code weight sum_j (r ln(r / m_j) + (1 - r) ln((1 - r) / (1 - m_j)))   in nats a sample}
 * </pre>
 *
 * <p>Samples depend on the others of their batch through the term, not in their codes. Means are
 * kept off 0 and 1 by 1e-8.
 *
 * <pre>{@code
 * Autoencoder.dense().bottleneck(400).sparse(Sparse.targetRate(0.05, 3)).build();
 * }</pre>
 *
 * @param rate the wished mean {@code r}; above 0, below 1
 * @param weight what the divergence is multiplied by; at least 0
 */
public record TargetRate(double rate, double weight) implements Sparse {

  /**
   * Checks the numbers.
   *
   * @param rate the wished mean; above 0, below 1
   * @param weight what the divergence is multiplied by; at least 0
   * @throws IllegalArgumentException if a number lies outside
   */
  public TargetRate {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "the target rate is a mean of numbers between 0 and 1 and must lie above 0 and below 1, but was "
              + rate
              + "; 0.05 is usual");
    }
    Weights.require(weight, "the divergence from the target rate");
  }

  @Override
  public List<String> terms() {
    return List.of("rate");
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new TargetRateKernel(this, Units.of(code));
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "target rate %.4g of weight %.4g", rate, weight);
  }
}
