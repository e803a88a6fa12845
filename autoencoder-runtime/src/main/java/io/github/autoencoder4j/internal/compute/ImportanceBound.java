package io.github.autoencoder4j.internal.compute;

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
     * Computes the loss of one draw and its gradient.
     *
     * @param draw its position
     * @return in nats, summed over the values
     */
    double loss(int draw);

    /**
     * Multiplies the gradient of one draw.
     *
     * @param draw its position
     * @param share what it is multiplied by
     */
    void scale(int draw, double share);
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
    for (int first = 0; first < codes.n(); first += k) {
      double greatest = Double.NEGATIVE_INFINITY;
      double mean = 0;
      for (int i = first; i < first + k; i++) {
        double loss = draws.loss(i);
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
        draws.scale(i, shares[i]);
      }
      sum += mean;
      codes.addTerm(0, -(greatest + Math.log(total / k)) - mean);
    }
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
    int width = fed.capacity() / codes.n();
    int size = targets.capacity() / (codes.n() / k);
    return of(
            codes,
            k,
            new Draws() {
              @Override
              public double loss(int draw) {
                return whole
                    * output.lossAndGradient(
                        fed.slice(draw * width, width),
                        targets.slice(draw / k * size, size),
                        linked.slice(draw * width, width),
                        1,
                        whole);
              }

              @Override
              public void scale(int draw, double share) {
                for (int i = draw * width; i < (draw + 1) * width; i++) {
                  linked.put(i, (float) (linked.get(i) * share));
                }
              }
            })
        / whole;
  }
}
