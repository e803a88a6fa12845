package io.github.autoencoder4j;

/**
 * The root of what only this library can report: a training run that diverged, a model file that
 * cannot be trusted, data that cannot be used. Misuse of a method is an {@link
 * IllegalArgumentException} or {@link IllegalStateException}, trouble with files is a {@link
 * java.io.UncheckedIOException}.
 *
 * <p>The message says what was wrong, what was expected and what to do.
 */
public class AutoencoderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was wrong, what was expected and what to do
   */
  public AutoencoderException(String message) {
    super(message);
  }

  /**
   * Creates the exception with the error that lies behind it.
   *
   * @param message what was wrong, what was expected and what to do
   * @param cause the error that showed it
   */
  public AutoencoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
