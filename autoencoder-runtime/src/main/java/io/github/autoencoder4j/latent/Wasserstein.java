package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Draws the codes of a batch together to the standard normal distribution, and leaves each as it is
 * (Tolstikhin et al., "Wasserstein auto-encoders", ICLR 2018): the term {@code "mmd"} is {@code
 * weight} times the squared maximum mean discrepancy between codes {@code z} and draws {@code y},
 * in nats a sample:
 *
 * <pre>{@code
 * MMD^2 = 1 / (n (n - 1)) sum_{i != j} k(z_i, z_j) - 2 / n sum_i E_y k(z_i, y) + E_{y,y'} k(y, y')
 * }</pre>
 *
 * <p>{@code k} is a sum of seven kernels of the widths {@code C = 2 d s}, {@code s} one of 0.1,
 * 0.2, 0.5, 1, 2, 5, 10, for codes of {@code d} numbers, as in the authors' code. It is unbiased
 * (Gretton et al., JMLR 2012), so that it may be a little below 0, and the expectations over the
 * normal distribution are exact, where the paper draws samples: nothing here is random. A batch of
 * one sample says nothing and costs nothing.
 *
 * <pre>{@code
 * Autoencoder digits = Autoencoder.dense().hidden(400).bottleneck(8).wasserstein().build();
 * digits.fit(train, Training.epochs(20).batchSize(128));
 * float[][] drawn = digits.decode(Gaussian.standard(8).sample(9, 1));
 * }</pre>
 *
 * @param weight what the discrepancy is multiplied by; at least 0
 * @param similarity the kernels
 */
public record Wasserstein(double weight, Similarity similarity) implements LatentStage {

  /** How alike two codes are, by their squared distance {@code r}. */
  public enum Similarity {
    /** {@code C / (C + r)}, whose heavy tails reach codes far out. The default. */
    INVERSE_MULTIQUADRIC,
    /** {@code exp(-r / C)}. */
    RADIAL_BASIS
  }

  /**
   * Checks the weight.
   *
   * @param weight what the discrepancy is multiplied by; at least 0
   * @param similarity the kernels
   * @throws IllegalArgumentException if {@code weight} is negative or not finite
   */
  public Wasserstein {
    Weights.require(weight, "the discrepancy from the standard normal distribution");
    Objects.requireNonNull(similarity, "similarity");
  }

  /**
   * The weight and kernels of the paper's experiments with digits.
   *
   * @return weight 10, inverse multiquadrics
   */
  public static Wasserstein standard() {
    return new Wasserstein(10, Similarity.INVERSE_MULTIQUADRIC);
  }

  /**
   * Weighs the discrepancy.
   *
   * @param other at least 0
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public Wasserstein weight(double other) {
    return new Wasserstein(other, similarity);
  }

  /**
   * Changes the kernels.
   *
   * @param other how alike two codes are
   * @return a changed copy
   */
  public Wasserstein similarity(Similarity other) {
    return new Wasserstein(weight, other);
  }

  @Override
  public List<String> terms() {
    return List.of("mmd");
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new WassersteinKernel(weight, new Discrepancy(similarity, code.size()));
  }

  @Override
  public String describe() {
    return String.format(
        Locale.ROOT,
        "MMD of weight %.4g%s",
        weight,
        similarity == Similarity.RADIAL_BASIS ? ", radial basis" : "");
  }
}
