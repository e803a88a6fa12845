package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;

/**
 * The code as a distribution (Kingma and Welling, "Auto-encoding variational Bayes", ICLR 2014):
 * the encoder yields a mean {@code mu} and a log variance {@code ln s^2} for every number of the
 * code, training decodes {@code z = mu + s N(0, 1)}, and the term {@code "kl"} draws the
 * distribution to the standard normal one:
 *
 * <pre>{@code KL = 1/2 sum_j (mu_j^2 + s_j^2 - 1 - ln s_j^2)   in nats a sample}</pre>
 *
 * <p>With an output that is a likelihood, such as {@code Output.bernoulli()}, the objective is then
 * the negative evidence lower bound, divided by the number of values of a sample. Encoding and
 * reconstructing use the mean.
 *
 * <pre>{@code
 * Autoencoder digits = Autoencoder.dense().hidden(400).bottleneck(20).variational().build();
 * digits.fit(train, Training.epochs(10).batchSize(128));
 * Objective objective = digits.evaluate(test).objective();
 * double elbo = -objective.total() * 784; // in nats an image
 * double kl = objective.terms().get("kl") * 784;
 * float[][] drawn = digits.decode(Gaussian.standard(20).sample(9, 1));
 * }</pre>
 *
 * @param beta what the divergence is multiplied by; 1 for the bound, more for codes whose numbers
 *     are less entangled (Higgins et al., "beta-VAE", ICLR 2017); at least 0
 * @param freeNats what each number of the code may cost for nothing, which keeps it in use: {@code
 *     max(freeNats, KL_j)} for each number of each sample (after Kingma et al., "Improved
 *     variational inference with inverse autoregressive flow", NeurIPS 2016); at least 0
 * @param warmupSteps over so many steps of training {@code beta} rises from 0 (Sonderby et al.,
 *     "Ladder variational autoencoders", NeurIPS 2016); 0 for none
 * @param draws how many codes are drawn for each sample in training; with more than one the
 *     objective is the importance weighted bound, from 1 to 1,000
 * @param capacity how many nats the code of a sample is to cost: {@code beta |KL - capacity|}
 *     (Burgess et al., "Understanding disentangling in beta-VAE", 2018); 0 for as few as it can
 * @param capacitySteps over so many steps of training {@code capacity} rises from 0; 0 for none
 */
public record Variational(
    double beta, double freeNats, int warmupSteps, int draws, double capacity, int capacitySteps)
    implements LatentStage {

  /** More draws than that are for judging, not for training. */
  private static final int MOST_DRAWS = 1000;

  /**
   * Checks the numbers.
   *
   * @param beta what the divergence is multiplied by
   * @param freeNats what each number of the code may cost for nothing
   * @param warmupSteps over so many steps of training {@code beta} rises from 0
   * @param draws how many codes are drawn for each sample in training
   * @param capacity how many nats the code of a sample is to cost
   * @param capacitySteps over so many steps of training {@code capacity} rises from 0
   * @throws IllegalArgumentException if a number is negative or not finite, {@code draws} is not
   *     from 1 to 1,000, or above 1 with another {@code beta} than 1, free nats, a warm-up or a
   *     capacity
   */
  public Variational {
    if (!(beta >= 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "beta multiplies the divergence and must be finite and at least 0, but was "
              + beta
              + "; 1 gives the evidence lower bound");
    }
    if (!(freeNats >= 0 && freeNats < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the free nats of a number must be finite and at least 0, but were "
              + freeNats
              + "; 0.1 is usual where codes are not used");
    }
    if (warmupSteps < 0) {
      throw new IllegalArgumentException(
          "beta must rise over at least 0 steps, but were " + warmupSteps + "; 0 is no warm-up");
    }
    if (!(capacity >= 0 && capacity < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the capacity of a code must be finite and at least 0 nats, but was "
              + capacity
              + "; 25 is usual for pictures, reached over most of the training");
    }
    if (capacitySteps < 0) {
      throw new IllegalArgumentException(
          "the capacity must rise over at least 0 steps, but were "
              + capacitySteps
              + "; with 0 it is there from the beginning");
    }
    if (draws < 1 || draws > MOST_DRAWS) {
      throw new IllegalArgumentException(
          "training can draw from 1 to 1000 codes for a sample, but was asked for %s; 5 or 50 are usual, and logLikelihood(...) takes more"
              .formatted(draws));
    }
    if (capacity == 0) {
      capacity = 0; // not -0
      capacitySteps = 0;
    }
    if (draws > 1 && (beta != 1 || freeNats > 0 || warmupSteps > 0 || capacity > 0)) {
      throw new IllegalArgumentException(
          "the importance weighted bound has no divergence to be multiplied or let off, but beside %s draws there were beta %s, %s free nats, a warm-up of %s steps and a capacity of %s nats; leave them out or draw once"
              .formatted(draws, beta, freeNats, warmupSteps, capacity));
    }
  }

  /**
   * The evidence lower bound as it is.
   *
   * @return beta 1, nothing free, no warm-up
   */
  public static Variational standard() {
    return new Variational(1, 0, 0, 1, 0, 0);
  }

  /**
   * Changes the factor of the divergence.
   *
   * @param factor 1 for the bound; at least 0
   * @return a changed copy
   * @throws IllegalArgumentException if {@code factor} is negative or not finite
   */
  public Variational beta(double factor) {
    return new Variational(factor, freeNats, warmupSteps, draws, capacity, capacitySteps);
  }

  /**
   * Lets each number of the code cost something for nothing.
   *
   * @param nats for each number of each sample; at least 0
   * @return a changed copy
   * @throws IllegalArgumentException if {@code nats} is negative or not finite
   */
  public Variational freeNats(double nats) {
    return new Variational(beta, nats, warmupSteps, draws, capacity, capacitySteps);
  }

  /**
   * Lets the factor of the divergence rise from 0.
   *
   * @param steps over how many steps of training; 0 for none
   * @return a changed copy
   * @throws IllegalArgumentException if {@code steps} is negative
   */
  public Variational warmup(int steps) {
    return new Variational(beta, freeNats, steps, draws, capacity, capacitySteps);
  }

  /**
   * Has a code cost so many nats, neither fewer nor more: the term becomes {@code beta |KL - C|},
   * whose {@code C} rises in a straight line (Burgess et al., "Understanding disentangling in
   * beta-VAE", 2018). With a large beta the numbers of the code come into use one after the other.
   *
   * <pre>{@code Variational.standard().beta(100).capacity(25, 20_000)}</pre>
   *
   * @param nats of each sample; at least 0
   * @param steps over so many steps of training it rises from 0; 0 for none
   * @return a changed copy
   * @throws IllegalArgumentException if a number is negative, or {@code nats} not finite
   */
  public Variational capacity(double nats, int steps) {
    return new Variational(beta, freeNats, warmupSteps, draws, nats, steps);
  }

  /**
   * Draws several codes for each sample and weighs them by how well they explain it (Burda, Grosse
   * and Salakhutdinov, "Importance weighted autoencoders", ICLR 2016). The objective becomes a
   * bound that is tighter the more are drawn:
   *
   * <pre>{@code -ln 1/k sum_i p(x | z_i) p(z_i) / q(z_i | x),   z_i ~ q(z | x)}</pre>
   *
   * <p>The term {@code "kl"} is then what of it the mean reconstruction loss of the draws is not.
   * Training costs about as many times as much of what the decoder does; a sample is encoded once.
   *
   * @param k how many codes for each sample, from 1 to 1,000
   * @return a changed copy
   * @throws IllegalArgumentException if {@code k} is out of its range, or above 1 with another beta
   *     than 1, free nats, a warm-up or a capacity
   */
  public Variational draws(int k) {
    return new Variational(beta, freeNats, warmupSteps, k, capacity, capacitySteps);
  }

  @Override
  public ImageShape fedBy(ImageShape code) {
    return code.times(2);
  }

  @Override
  public List<String> terms() {
    return List.of("kl");
  }

  @Override
  public boolean isNoisy() {
    return true;
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new VariationalKernel(this, code.size());
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("variational");
    if (beta != 1) {
      text.append(String.format(Locale.ROOT, ", beta %.4g", beta));
    }
    if (freeNats > 0) {
      text.append(String.format(Locale.ROOT, ", %.4g nats free", freeNats));
    }
    if (warmupSteps > 0) {
      text.append(", warm-up of ").append(warmupSteps).append(" steps");
    }
    if (capacity > 0) {
      text.append(String.format(Locale.ROOT, ", capacity of %.4g nats", capacity));
      text.append(capacitySteps > 0 ? " after " + capacitySteps + " steps" : "");
    }
    if (draws > 1) {
      text.append(", ").append(draws).append(" draws weighed by importance");
    }
    return text.toString();
  }

  @Override
  public boolean mayFollowQuantizer() {
    return false;
  }
}
