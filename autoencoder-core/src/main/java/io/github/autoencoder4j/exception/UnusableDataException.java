package io.github.autoencoder4j.exception;

/** Data that cannot be used: damaged, of the wrong kind, or out of range. */
public class UnusableDataException extends AutoencoderException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong with which data.
   *
   * @param message the file or sample, the value, the rule, and the way out
   */
  public UnusableDataException(String message) {
    super(message);
  }

  /**
   * Says what is wrong with which data, and how it came out.
   *
   * @param message the file or sample, the value, the rule, and the way out
   * @param cause what was caught
   */
  public UnusableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
