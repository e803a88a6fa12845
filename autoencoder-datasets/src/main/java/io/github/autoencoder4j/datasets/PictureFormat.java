package io.github.autoencoder4j.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * The picture formats that are read, told apart by their first bytes and never by the file name.
 * Only formats whose decoders keep memory bounded by what is asked for, whatever the header claims.
 */
enum PictureFormat {
  JPEG("\u00FF\u00D8\u00FF"),
  PNG("\u0089PNG\r\n\u001A\n"),
  GIF("GIF8");

  /** How many bytes {@link #of} wants to see. */
  static final int HEAD = 8;

  private final String magic;

  PictureFormat(String magic) {
    this.magic = magic;
  }

  /** The format of a file that starts with {@code head}; null if it is none of these. */
  static @Nullable PictureFormat of(byte[] head) {
    String text = new String(head, ISO_8859_1);
    for (PictureFormat format : values()) {
      if (text.startsWith(format.magic)) {
        return format;
      }
    }
    return null;
  }
}
