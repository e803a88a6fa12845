package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;

/**
 * The picture formats that are read, told apart by their first bytes and never by the file name.
 * Only formats whose decoders keep memory bounded by what is asked for, whatever the header claims.
 */
public enum PictureFormat {
  /** Of the Joint Photographic Experts Group. */
  JPEG("\u00FF\u00D8\u00FF"),
  /** Portable Network Graphics. */
  PNG("\u0089PNG\r\n\u001A\n"),
  /** Graphics Interchange Format. */
  GIF("GIF8");

  /** How many bytes {@link #of} wants to see. */
  public static final int HEAD = 8;

  private final String magic;

  PictureFormat(String magic) {
    this.magic = magic;
  }

  /**
   * Tells the format of a file.
   *
   * @param head its first {@link #HEAD} bytes, or fewer if it has no more
   * @return the format
   * @throws BrokenPictureException if it is none of these
   */
  public static PictureFormat of(byte[] head) throws BrokenPictureException {
    if (head.length < HEAD) {
      throw new BrokenPictureException("is empty or too short for a picture");
    }
    String text = new String(head, ISO_8859_1);
    for (PictureFormat format : values()) {
      if (text.startsWith(format.magic)) {
        return format;
      }
    }
    throw new BrokenPictureException("is not a JPEG, PNG or GIF picture, whatever its name says");
  }
}
