package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.AutoencoderException;

/**
 * Thrown when files were read but what they hold cannot be used: a truncated or corrupt file, a
 * wrong magic number, counts that contradict each other, a folder without images. The message names
 * the file, the value found, the rule and the way out.
 *
 * <p>A file that cannot be read at all (missing, no permission, disk error) is an {@link
 * java.io.UncheckedIOException} instead.
 */
public final class UnusableDataException extends AutoencoderException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was wrong, what was expected and what to do
   */
  public UnusableDataException(String message) {
    super(message);
  }

  /**
   * Creates the exception with the error that lies behind it.
   *
   * @param message what was wrong, what was expected and what to do
   * @param cause the error that showed it
   */
  public UnusableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
