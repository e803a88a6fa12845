package io.github.autoencoder4j.datasets;

import com.google.common.base.Ascii;
import org.jspecify.annotations.Nullable;

/**
 * What became of one candidate for a data set: a picture, or a file left out.
 *
 * @param className the class of the picture; null if it was left out
 * @param pixels the picture as bytes, plane by plane; null if it was left out
 * @param skipped what was left out and why; null if it is a picture
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Item(@Nullable String className, byte @Nullable [] pixels, @Nullable SkippedFile skipped) {

  /** Some decoders put whole tables into their messages. */
  private static final int LONGEST_REASON = 300;

  static Item picture(String className, byte[] pixels) {
    return new Item(className, pixels, null);
  }

  static Item skipped(String file, String reason) {
    return new Item(null, null, new SkippedFile(Excerpt.of(file), reason));
  }

  /** What to tell people about a file that gave this error. */
  static String reason(Exception error) {
    return error instanceof BrokenPictureException
        ? String.valueOf(error.getMessage())
        : "cannot be read: " + Ascii.truncate(error.toString(), LONGEST_REASON, "...");
  }
}
