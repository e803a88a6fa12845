package io.github.autoencoder4j.exception;

/**
 * The root of the failures that belong to this library: a run that diverged, data that cannot be
 * used. Misuse of a method is an {@link IllegalArgumentException} or {@link IllegalStateException}
 * instead, and a failing disk an {@link java.io.IOException}.
 */
public class AutoencoderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what went wrong.
   *
   * @param message what was wrong, the rule, and the way out
   */
  public AutoencoderException(String message) {
    super(message);
  }

  /**
   * Says what went wrong and why.
   *
   * @param message what was wrong, the rule, and the way out
   * @param cause what was caught
   */
  public AutoencoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
