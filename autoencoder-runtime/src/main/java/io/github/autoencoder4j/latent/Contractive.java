package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Makes codes depend little on small changes of a sample (Rifai et al., "Contractive auto-encoders:
 * explicit invariance during feature extraction", ICML 2011). With {@code z} for what comes to the
 * stage, the code is {@code h = s(z)}, and the term {@code "contraction"} is {@code weight} times
 * the squared Frobenius norm of the Jacobian of the code, in nats a sample:
 *
 * <pre>{@code |J|^2 = sum_ij (dh_j / dx_i)^2}</pre>
 *
 * <p>Where the encoder is one dense layer {@code z = W x + b}, it is exact, as in the paper:
 *
 * <pre>{@code |J|^2 = sum_j s'(z_j)^2 |W_j|^2}</pre>
 *
 * <p>With {@code s} the identity that is a penalty on the weights of the encoder. For any other
 * encoder it is estimated after Hutchinson ("A stochastic estimator of the trace of the influence
 * matrix for Laplacian smoothing splines", Communications in Statistics, 1990) from a forward
 * difference, as the higher order contractive autoencoder takes them (Rifai et al., ECML PKDD
 * 2011): each sample goes through the encoder twice, once moved by {@code e v}, whose signs {@code
 * v_i = +-1} are drawn anew in every step of training, and are the same at every call where the
 * objective is judged:
 *
 * <pre>{@code |J|^2 = E_v |J v|^2,   J v ~ (h(x + e v) - h(x)) / e,   e = 1/256}</pre>
 *
 * <p>A smaller {@code e} would magnify the rounding of 32-bit codes, which costs the gradient a
 * relative {@code 1e-7 / e}; a larger one leaves the neighbourhood in which the encoder is linear,
 * which costs the order of {@code e^2}, since odd terms cancel between {@code v} and {@code -v}. In
 * the tests the mean agrees with the norm to 2 %, and gradients with those of 64 bits to 2e-4. A
 * step of training costs as much as one with a second encoder. Dropout drops the same numbers in
 * both passes, of corrupted samples it is the Jacobian there, and what an autoencoder is
 * conditioned on is not moved.
 *
 * <p>Where nothing holds the scale of codes, small codes and a decoder that magnifies them pay less
 * and are no better: unit power before this stage, a penalty on weights, or {@code s} the sigmoid
 * of the paper with one, holds it. The stage comes first, or right after {@link
 * PowerNormalization#perExample()}.
 *
 * <pre>{@code
 * Autoencoder digits =
 *     Autoencoder.dense().hidden(400).bottleneck(32).powerNormalize().contractive(0.1).build();
 * digits.fit(train, Training.epochs(20));
 * }</pre>
 *
 * @param weight what the squared norm is multiplied by, in nats; above 0
 * @param activation {@code s}: {@link Activation#IDENTITY}, {@link Activation#SIGMOID} or {@link
 *     Activation#TANH}
 */
public record Contractive(double weight, Activation activation) implements LatentStage {

  /**
   * How far each value of a sample is moved, {@code e}: a power of two, whose quotient is exact.
   */
  public static final float STEP = 0x1p-8f;

  /**
   * Checks the choices.
   *
   * @param weight what the squared norm is multiplied by, in nats; above 0
   * @param activation what makes codes of what the encoder yields
   * @throws IllegalArgumentException if {@code weight} is not above 0 or not finite, or {@code
   *     activation} is another than the three
   */
  public Contractive {
    Objects.requireNonNull(activation, "activation");
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the weight of the contraction must be finite and above 0, but was "
              + weight
              + "; 0.1 is a start, and without the stage nothing is contracted");
    }
    if (activation != Activation.IDENTITY
        && activation != Activation.SIGMOID
        && activation != Activation.TANH) {
      throw new IllegalArgumentException(
          "the code of a contraction can be IDENTITY, SIGMOID or TANH of what the encoder yields, but was to be "
              + activation
              + "; layers before the code have the activation of the builder");
    }
  }

  /**
   * Leaves codes as the encoder yields them.
   *
   * @param weight what the squared norm is multiplied by, in nats; above 0
   * @return the stage
   * @throws IllegalArgumentException if {@code weight} is not above 0 or not finite
   */
  public static Contractive of(double weight) {
    return new Contractive(weight, Activation.IDENTITY);
  }

  /**
   * Changes what makes codes of what the encoder yields.
   *
   * @param other {@link Activation#SIGMOID}, as in the paper, {@link Activation#TANH} or {@link
   *     Activation#IDENTITY}
   * @return a changed copy
   * @throws IllegalArgumentException if it is another
   */
  public Contractive activation(Activation other) {
    return new Contractive(weight, other);
  }

  /**
   * Refuses stages in an order in which the code is not a smooth function of its sample alone, or
   * its Jacobian is measured twice.
   *
   * @param stages in order
   * @throws IllegalArgumentException if anything but unit power for every code comes before
   */
  public static void requireOrder(List<LatentStage> stages) {
    for (int i = 1; i < stages.size(); i++) {
      LatentStage before = stages.get(i - 1);
      boolean fits = i == 1 && before.equals(PowerNormalization.perExample());
      if (stages.get(i) instanceof Contractive contractive && !fits) {
        throw new IllegalArgumentException(
            "\"%s\" must be the first of the latent stages, or follow powerNormalize() alone, but follows \"%s\"; it needs a code that is a smooth function of its sample and of nothing else. Put it before"
                .formatted(contractive.describe(), before.describe()));
      }
    }
  }

  @Override
  public List<String> terms() {
    return List.of("contraction");
  }

  @Override
  public boolean contracts() {
    return true;
  }

  @Override
  public boolean limitsCopying() {
    return true;
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new ContractiveKernel(weight, activation, code.size());
  }

  @Override
  public String describe() {
    String text = String.format(Locale.ROOT, "contraction of weight %.4g", weight);
    return activation == Activation.IDENTITY
        ? text
        : text + ", " + activation.name().toLowerCase(Locale.ROOT);
  }
}
