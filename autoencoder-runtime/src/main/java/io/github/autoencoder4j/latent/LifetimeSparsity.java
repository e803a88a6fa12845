package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Locale;

/**
 * Lets each unit be active for a share of a batch only (Makhzani and Frey, "Winner-take-all
 * autoencoders", NIPS 2015): the code is {@code max(0, z)}, and while training each unit keeps the
 * largest {@code max(1, round(share n))} of its {@code n} numbers in the batch, the others are 0.
 * So every unit learns from every batch, and none dies.
 *
 * <p>Encoding, reconstructing and judging look at one sample at a time and keep all of {@code
 * max(0, z)}, as in the paper. A unit is a number of a dense code; of a code of planes it is a
 * channel, whose numbers at all positions compete. In training samples depend on the others of
 * their batch, so batches want to be large: 100 and more.
 *
 * <pre>{@code
 * Autoencoder.dense().hidden().bottleneck(2000).sparse(Sparse.lifetime(0.05)).build();
 * }</pre>
 *
 * @param share how many of its numbers each unit keeps; above 0, below 1
 */
public record LifetimeSparsity(double share) implements Sparse {

  /**
   * Checks the share.
   *
   * @param share how many of its numbers each unit keeps; above 0, below 1
   * @throws IllegalArgumentException if it lies outside
   */
  public LifetimeSparsity {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "lifetime sparsity keeps a share above 0 and below 1 of the numbers of each unit, but was "
              + share
              + "; 0.05 is usual");
    }
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new LifetimeKernel(share, Units.of(code));
  }

  @Override
  public String describe() {
    return String.format(Locale.ROOT, "lifetime sparsity %.4g", share);
  }
}
