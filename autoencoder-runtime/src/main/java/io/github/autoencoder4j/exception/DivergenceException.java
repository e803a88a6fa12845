package io.github.autoencoder4j.exception;

/**
 * A training run whose loss grew without bound or stopped being a number. The autoencoder has been
 * given back the best weights seen before.
 *
 * <pre>{@code
 * try {
 *   autoencoder.fit(train, Training.epochs(20));
 * } catch (DivergenceException e) {
 *   autoencoder.fit(train, Training.epochs(20).warmup(500).clipGradientNorm(0.05)); // from the best
 * }
 * }</pre>
 */
public final class DivergenceException extends AutoencoderException {

  private static final long serialVersionUID = 1L;

  /** From 1. */
  private final int epoch;

  /** Or NaN. */
  private final double lastGoodLoss;

  /**
   * Says where a run diverged.
   *
   * @param epoch the epoch, from 1
   * @param lastGoodLoss the last finite loss of a batch, or NaN if there was none
   * @param message what was seen, the likely cause, and the way out
   */
  public DivergenceException(int epoch, double lastGoodLoss, String message) {
    super(message);
    this.epoch = epoch;
    this.lastGoodLoss = lastGoodLoss;
  }

  /**
   * The epoch in which the run diverged.
   *
   * @return from 1
   */
  public int epoch() {
    return epoch;
  }

  /**
   * The last loss before that was still good.
   *
   * @return the loss of a batch, or NaN if there was none
   */
  public double lastGoodLoss() {
    return lastGoodLoss;
  }
}
