package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;

/**
 * Charges for every number of a code that is in use: the code is {@code max(0, z)}, and the term
 * {@code "l1"} adds {@code weight sum_j max(0, z_j)} nats for each sample, the negative logarithm
 * of an exponential prior (Olshausen and Field, "Emergence of simple-cell receptive field
 * properties by learning a sparse code for natural images", Nature 1996). Unlike the absolute value
 * of {@code z} it yields codes with zeros.
 *
 * <pre>{@code
 * Autoencoder.dense().bottleneck(400).sparse(Sparse.l1(0.5)).build();
 * }</pre>
 *
 * @param weight in nats for each unit of the sum; at least 0
 */
public record CodeL1(double weight) implements Sparse {

  /**
   * Checks the weight.
   *
   * @param weight in nats for each unit of the sum; at least 0
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public CodeL1 {
    Weights.require(weight, "the L1 norm of codes");
  }

  @Override
  public List<String> terms() {
    return List.of("l1");
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new CodeL1Kernel(weight, code.size());
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "L1 of weight %.4g", weight);
  }
}
