package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the orientation of a picture from Exif, which is a TIFF file without pixels. */
final class Exif {

  /** What stands before the TIFF file in a JPEG, and sometimes in a PNG. */
  static final String HEADER = "Exif\0";

  private static final int ORIENTATION = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int ENTRY_BYTES = 12;

  private Exif() {}

  /**
   * Reads the orientation.
   *
   * @param bytes with or without {@link #HEADER}
   * @return upright if there is none or the bytes are damaged: cameras write odd metadata to good
   *     pictures
   */
  static Orientation orientation(byte[] bytes) {
    boolean headed = new String(bytes, ISO_8859_1).startsWith(HEADER);
    int start = headed ? Math.min(bytes.length, HEADER.length() + 1) : 0;
    ByteBuffer tiff = ByteBuffer.wrap(bytes, start, bytes.length - start).slice();
    if (tiff.limit() < 8) {
      return Orientation.NORMAL;
    }
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long directory = Integer.toUnsignedLong(tiff.getInt(4));
    if (tiff.getShort(2) != 42 || directory + 2 > tiff.limit()) {
      return Orientation.NORMAL;
    }
    int entries = Short.toUnsignedInt(tiff.getShort((int) directory));
    int at = (int) directory + 2;
    for (int i = 0; i < entries && at + ENTRY_BYTES <= tiff.limit(); i++, at += ENTRY_BYTES) {
      if (Short.toUnsignedInt(tiff.getShort(at)) == ORIENTATION) {
        int type = tiff.getShort(at + 2);
        return Orientation.ofExif(
            type == SHORT ? tiff.getShort(at + 8) : type == LONG ? tiff.getInt(at + 8) : 0);
      }
    }
    return Orientation.NORMAL;
  }
}
