package io.github.autoencoder4j.internal.onednn;

import java.nio.FloatBuffer;

/** The loss at the end of a network. */
@FunctionalInterface
public interface OutputLoss {

  /**
   * Computes the loss and its gradient.
   *
   * @param logits what the last layer computed
   * @param targets what it is compared with
   * @param gradient holds the sigmoid of the logits; receives d loss / d logits
   * @param count how many values each holds
   * @return the loss, for a part of a batch its share of the mean over the batch
   */
  double compute(FloatBuffer logits, FloatBuffer targets, FloatBuffer gradient, int count);
}
