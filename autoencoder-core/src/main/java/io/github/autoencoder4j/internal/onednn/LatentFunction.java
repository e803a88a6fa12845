package io.github.autoencoder4j.internal.onednn;

/** What happens to codes between encoder and decoder. */
public interface LatentFunction {

  /**
   * Applies it in training, in place.
   *
   * @param codes {@code n} codes side by side
   * @param n how many
   * @param first the position of the first one in its batch, which chooses what is drawn at random
   * @param iteration the number of the training step, which chooses it too
   */
  void train(double[] codes, int n, int first, int iteration);

  /**
   * Whether what becomes of a code depends on the others of its batch, which must not be cut then.
   *
   * @return true if batches must stay whole
   */
  boolean couplesSamples();

  /**
   * Turns the gradient of what comes out into that of what went in, in place.
   *
   * @param codes what went in
   * @param gradient {@code n} gradients side by side
   * @param n how many
   */
  void back(double[] codes, double[] gradient, int n);
}
