package io.github.autoencoder4j.datasets.internal.items;

import com.google.common.base.Ascii;
import org.apache.commons.lang3.StringUtils;
import org.jspecify.annotations.Nullable;

/**
 * What became of one candidate for a data set: a picture, or a file left out.
 *
 * @param className the class of the picture; null if it was left out
 * @param pixels the picture as bytes, plane by plane; null if it was left out
 * @param skipped what was left out and why; null if it is a picture
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Item(
    @Nullable String className, byte @Nullable [] pixels, @Nullable Skipped skipped) {

  /** Names from strangers are never so long that they drown the message. */
  private static final int LONGEST_NAME = 200;

  /** Some decoders put whole tables into their messages. */
  private static final int LONGEST_REASON = 300;

  /**
   * A picture.
   *
   * @param className its class
   * @param pixels one byte a value, plane by plane; not copied
   * @return the item
   */
  public static Item picture(String className, byte[] pixels) {
    return new Item(className, pixels, null);
  }

  /**
   * A file that was left out.
   *
   * @param file its path; a very long one is shortened
   * @param reason for people to read
   * @return the item
   */
  public static Item skipped(String file, String reason) {
    return new Item(null, null, new Skipped(excerpt(file), reason));
  }

  /**
   * What to tell people about a file that gave an error.
   *
   * @param error any that reading it ended with
   * @return follows the name of the file
   */
  public static String reason(Exception error) {
    return error instanceof BrokenPictureException
        ? String.valueOf(error.getMessage())
        : "cannot be read: " + Ascii.truncate(error.toString(), LONGEST_REASON, "...");
  }

  /**
   * Shortens a name for messages.
   *
   * @param name as a stranger wrote it
   * @return the name, or beginning and end of one that has more than 200 characters
   */
  public static String excerpt(String name) {
    return StringUtils.abbreviateMiddle(name, "...", LONGEST_NAME);
  }
}
