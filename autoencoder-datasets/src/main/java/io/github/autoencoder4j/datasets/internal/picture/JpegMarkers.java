package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a JPEG says before its pixels, as far as its reader does not tell, or stumbles over it.
 *
 * @param orientation as Exif has it
 * @param profiles where in the file the names of segments with a colour profile start
 * @param oneScan whether all components are in the first scan
 */
record JpegMarkers(Orientation orientation, Set<Long> profiles, boolean oneScan) {

  private static final String PROFILE = "ICC_PROFILE\0";

  private static final int START_OF_SCAN = 0xDA;
  private static final int END = 0xD9;

  /**
   * Reads the segments before the first scan.
   *
   * @param in at the start of the file, where it stays
   */
  static JpegMarkers read(ImageInputStream in) throws IOException {
    long start = in.getStreamPosition();
    Orientation orientation = null;
    Set<Long> profiles = new HashSet<>();
    int components = 0;
    int scanned = 0;
    try {
      in.seek(start + 2);
      for (int marker = marker(in); marker != END; marker = marker(in)) {
        int length = in.readUnsignedShort();
        long payload = in.getStreamPosition();
        if (marker == START_OF_SCAN) {
          scanned = in.readUnsignedByte();
          break;
        }
        if (isFrame(marker)) {
          in.skipBytes(5);
          components = in.readUnsignedByte();
        } else if (marker == 0xE1 && orientation == null) {
          orientation = orientation(in, length - 2);
        } else if (marker == 0xE2 && startsWith(in, PROFILE, length - 2)) {
          profiles.add(payload);
        }
        in.seek(payload + Math.max(0, length - 2));
      }
    } catch (EOFException e) {
      // Its reader will say so.
    } finally {
      in.seek(start);
    }
    return new JpegMarkers(
        orientation == null ? Orientation.NORMAL : orientation,
        Set.copyOf(profiles),
        components > 0 && components == scanned);
  }

  /** The next marker that has a length, or the end. */
  private static int marker(ImageInputStream in) throws IOException {
    int marker;
    do {
      while (in.readUnsignedByte() != 0xFF) {
        // Some programs write more than a segment says it has.
      }
      do {
        marker = in.readUnsignedByte();
      } while (marker == 0xFF);
    } while (marker <= 1 || (marker >= 0xD0 && marker <= 0xD8));
    return marker;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static @Nullable Orientation orientation(ImageInputStream in, int length)
      throws IOException {
    if (!startsWith(in, Exif.HEADER, length)) {
      return null;
    }
    byte[] exif = new byte[length];
    in.readFully(exif);
    return Exif.orientation(exif);
  }

  private static boolean startsWith(ImageInputStream in, String text, int length)
      throws IOException {
    if (length < text.length()) {
      return false;
    }
    byte[] head = new byte[text.length()];
    long start = in.getStreamPosition();
    in.readFully(head);
    in.seek(start);
    return new String(head, ISO_8859_1).equals(text);
  }
}
