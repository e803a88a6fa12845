package io.github.autoencoder4j.exception;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file that is no model, a damaged one, or one from a newer version. Nothing of it was used: a
 * model is loaded whole and right, or not at all.
 */
public final class UnreadableModelException extends AutoencoderException {

  private static final long serialVersionUID = 1L;

  /** As it was given. */
  private final String file;

  /** In bytes, from 0. */
  private final long offset;

  /** What is there, and what should be. */
  private final String reason;

  /**
   * Says what is wrong with which file, and where.
   *
   * @param file the file
   * @param offset the byte in it, from 0, at which the fault or the damaged part begins
   * @param reason what is there, and what should be
   */
  public UnreadableModelException(Path file, long offset, String reason) {
    super(
        String.format(
            Locale.ROOT, "%s cannot be read as a model: at byte %,d, %s", file, offset, reason));
    this.file = file.toString();
    this.offset = offset;
    this.reason = reason;
  }

  /**
   * The file.
   *
   * @return as it was given
   */
  public Path file() {
    return Path.of(file);
  }

  /**
   * Where in the file the fault, or the part that is damaged, begins.
   *
   * @return in bytes, from 0
   */
  public long offset() {
    return offset;
  }

  /**
   * What is wrong there.
   *
   * @return half a sentence
   */
  public String reason() {
    return reason;
  }
}
