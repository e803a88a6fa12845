package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.internal.arithmetic.Logistic;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;

/**
 * The objective where several codes were drawn for each sample: {@code -ln 1/k sum_i w_i} with
 * {@code ln w_i = logWeight_i - loss_i}. Its gradient is that of the draws' own, each times its
 * share {@code w_i / sum w}.
 */
public final class ImportanceBound {

  private ImportanceBound() {}

  /** The draws of some samples, side by side. */
  public interface Draws {

    /**
     * Computes the losses of all draws and their gradients.
     *
     * @param losses receives the losses in nats, each summed over the values
     */
    void losses(double[] losses);

    /**
     * Multiplies the gradients.
     *
     * @param shares what those of each draw are multiplied by
     */
    void scale(double[] shares);
  }

  /**
   * Computes the objective.
   *
   * @param codes the batch of the stage that drew, whose shares and term are set
   * @param k how many draws each sample has
   * @param draws all draws
   * @return the mean loss of the draws in nats, summed over the samples; the rest of the objective
   *     is the stage's term
   */
  public static double of(LatentBatch codes, int k, Draws draws) {
    double sum = 0;
    double[] shares = codes.shares();
    draws.losses(shares);
    for (int first = 0; first < codes.n(); first += k) {
      double greatest = Double.NEGATIVE_INFINITY;
      double mean = 0;
      for (int i = first; i < first + k; i++) {
        double loss = shares[i];
        mean += loss / k;
        shares[i] = codes.logWeights()[i] - loss;
        greatest = Math.max(greatest, shares[i]);
      }
      double total = 0;
      for (int i = first; i < first + k; i++) {
        shares[i] = Math.exp(shares[i] - greatest);
        total += shares[i];
      }
      for (int i = first; i < first + k; i++) {
        shares[i] /= total;
      }
      sum += mean;
      codes.addTerm(0, -(greatest + Math.log(total / k)) - mean);
    }
    draws.scale(shares);
    return sum;
  }

  /**
   * Computes the objective in 32 bits.
   *
   * @param codes the batch of the stage that drew, whose shares and term are set
   * @param k how many draws each sample has
   * @param output computes the losses
   * @param fed what the decoder yields for each draw
   * @param targets what the draws of each sample are compared with, once for each sample
   * @param linked holds the link of {@code fed}; receives the gradient
   * @param whole how many values the mean is over
   * @return what this part adds to the mean loss of the draws
   */
  public static double of(
      LatentBatch codes,
      int k,
      OutputKernel output,
      FloatBuffer fed,
      FloatBuffer targets,
      FloatBuffer linked,
      long whole) {
    return of(
            codes,
            k,
            new Draws() {
              @Override
              public void losses(double[] losses) {
                output.lossesAndGradients(fed, targets, linked, losses, k, whole);
              }

              @Override
              public void scale(double[] shares) {
                multiply(linked, shares);
              }
            })
        / whole;
  }

  /**
   * Applies the link of an output where only losses are asked for, those of a Bernoulli output to
   * 1e-6 nats for each value. By {@link Math#exp} it would take longer than all the rest.
   *
   * @param output computes the losses
   * @param fed what the decoder yields
   * @param linked receives the link of it in the same places
   * @param from the first place
   * @param to the place after the last one
   */
  public static void link(OutputKernel output, float[] fed, float[] linked, int from, int to) {
    switch (output.link()) {
      case IDENTITY -> System.arraycopy(fed, from, linked, from, to - from);
      case SIGMOID -> Logistic.of(fed, linked, from, to);
    }
  }

  /** Multiplies rows, on an array of Java's own, where the compiler uses vector instructions. */
  private static void multiply(FloatBuffer rows, double[] factors) {
    int width = rows.capacity() / factors.length;
    float[] row = new float[width];
    for (int i = 0; i < factors.length; i++) {
      rows.get(i * width, row);
      float factor = (float) factors[i];
      for (int j = 0; j < width; j++) {
        row[j] *= factor;
      }
      rows.put(i * width, row);
    }
  }
}
