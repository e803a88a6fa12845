package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Objects;

/**
 * Scales codes to unit power, as a transmitter with a power limit must (Bourtsoulatze et al., "Deep
 * joint source-channel coding for wireless image transmission", IEEE TCCN 2019). No mean is
 * subtracted and no scale learnt.
 *
 * <pre>{@code
 * Autoencoder sender = Autoencoder.conv().latent(8, 8, 16).powerNormalize().build();
 * // after training, the mean square of every row of sender.encode(images) is 1, to 1e-5
 * }</pre>
 *
 * @param scope what has unit power
 */
public record PowerNormalization(Scope scope) implements LatentStage {

  /** What has unit power after normalisation. */
  public enum Scope {
    /**
     * Every code: {@code z~ = sqrt(k) z / max(|z|, 1e-8)} with {@code k} values in a code, so that
     * the mean of {@code z~^2} is 1 for each.
     */
    PER_EXAMPLE,
    /**
     * The batch on average, as in some published code: {@code z~ = sqrt(n k) Z / max(|Z|, 1e-8)}
     * for the {@code n} codes {@code Z} of a batch. A code then depends on its neighbours: encoding
     * one sample differs from encoding it among others.
     */
    PER_BATCH
  }

  /**
   * Checks that nothing is missing.
   *
   * @param scope what has unit power
   */
  public PowerNormalization {
    Objects.requireNonNull(scope, "scope");
  }

  /**
   * Unit power for every code.
   *
   * @return the stage
   */
  public static PowerNormalization perExample() {
    return new PowerNormalization(Scope.PER_EXAMPLE);
  }

  /**
   * Unit power on average over a batch.
   *
   * @return the stage
   */
  public static PowerNormalization perBatch() {
    return new PowerNormalization(Scope.PER_BATCH);
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new PowerKernel(scope);
  }

  @Override
  public String describe() {
    return scope == Scope.PER_EXAMPLE ? "power normalisation" : "power normalisation per batch";
  }

  @Override
  public boolean mayFollowQuantizer() {
    return false;
  }
}
