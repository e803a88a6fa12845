package io.github.autoencoder4j.examples.mnist;

/**
 * What the squares of the weights are multiplied by in mnist.5.
 *
 * @param value 0 for no penalty
 * @param text as it is written
 * @param key its name in {@code results.json}
 */
record L2Weight(double value, String text, String key) {

  static final L2Weight NONE = new L2Weight(0, "0", "plain");
  static final L2Weight WEAK = new L2Weight(1e-5, "1e-5", "l2=1e-5");

  /** What the task asks for. */
  static final L2Weight FULL = new L2Weight(1e-4, "1e-4", "l2");

  @Override
  public String toString() {
    return text;
  }
}
