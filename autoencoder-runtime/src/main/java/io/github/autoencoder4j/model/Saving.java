package io.github.autoencoder4j.model;

/**
 * What of an autoencoder to save: an immutable value whose methods return changed copies.
 *
 * <pre>{@code
 * autoencoder.save(path, Saving.whole().optimizerState()); // to be trained on as if never stopped
 * autoencoder.save(path, Saving.decoder());                // for a receiver
 * }</pre>
 */
public final class Saving {

  private final Part part;
  private final boolean optimizerState;

  private Saving(Part part, boolean optimizerState) {
    this.part = part;
    this.optimizerState = optimizerState;
  }

  /**
   * Encoder and decoder. Trained on after loading, the optimiser starts afresh.
   *
   * @return what to save
   */
  public static Saving whole() {
    return new Saving(Part.WHOLE, false);
  }

  /**
   * The encoder with the latent stages, for those who send.
   *
   * @return what to save
   */
  public static Saving encoder() {
    return new Saving(Part.ENCODER, false);
  }

  /**
   * The decoder, for those who receive.
   *
   * @return what to save
   */
  public static Saving decoder() {
    return new Saving(Part.DECODER, false);
  }

  /**
   * What the optimiser remembers too, and how far training has come, so that training continues
   * after loading as if it had never stopped. With Adam the file grows to three times its size.
   *
   * @return changed settings
   * @throws IllegalArgumentException if only a half is saved, which cannot be trained
   */
  public Saving optimizerState() {
    if (part != Part.WHOLE) {
      throw new IllegalArgumentException(
          "only a whole autoencoder can be trained on, so there is no use for the state of the"
              + " optimiser beside one half; use Saving.whole().optimizerState()");
    }
    return new Saving(part, true);
  }

  /**
   * How much is saved.
   *
   * @return whole by default
   */
  public Part part() {
    return part;
  }

  /**
   * Whether the state of the optimiser is saved too.
   *
   * @return false by default
   */
  public boolean hasOptimizerState() {
    return optimizerState;
  }
}
