package io.github.autoencoder4j.datasets.internal.archive;

import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.picture.PictureFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.io.input.CloseShieldInputStream;

/**
 * Lets through only what is harmless in an archive from a stranger. Nothing is ever unpacked to
 * disk, so a bad path cannot overwrite a file; it is left out all the same, since its folder, which
 * would be the class, means nothing.
 */
final class ArchiveGuard {

  /** Photos hardly shrink; a bomb shrinks a thousandfold or more. */
  private static final long MAX_RATIO = 100;

  /** Below this, ratios are nobody's harm. */
  private static final long ALWAYS_ALLOWED = 256L << 20;

  /** Several are in memory at a time, each of them twice while it is read. */
  private static final int MAX_BYTES =
      (int) Math.min(PictureFiles.MAX_ARCHIVED_BYTES, Runtime.getRuntime().maxMemory() / 16);

  /** No system has longer paths. */
  static final int LONGEST_NAME = 4_096;

  /** Of headers in a small archive. Of a larger one they are a small part, packed or not. */
  private static final long HEADERS_ALLOWED = 4L << 20;

  private static final long HEADERS_RATIO = 16;

  private final Set<String> taken = new HashSet<>();
  private final long limit;
  private final long headerLimit;
  private long unpacked;
  private long headers;

  /**
   * Watches one archive.
   *
   * @param packedBytes the size of the archive file
   */
  ArchiveGuard(long packedBytes) {
    this.limit = Math.max(ALWAYS_ALLOWED, packedBytes * MAX_RATIO);
    this.headerLimit = HEADERS_ALLOWED + packedBytes * HEADERS_RATIO;
  }

  /**
   * Checks the name of an entry.
   *
   * @throws BrokenPictureException if the entry must be left out
   */
  void checkName(String name) throws BrokenPictureException {
    if (name.length() > LONGEST_NAME) {
      throw new BrokenPictureException(
          "has a name of %s characters, and no file has more than %s"
              .formatted(name.length(), LONGEST_NAME));
    }
    // As on Windows, whatever system it is: there a backslash is between names.
    String path = name.replace('\\', '/');
    boolean leavesFolder =
        path.startsWith("/")
            || path.matches("(?s)[A-Za-z]:/.*")
            || Arrays.asList(path.split("/", -1)).contains("..");
    if (leavesFolder) {
      throw new BrokenPictureException("has a path that leads out of the archive");
    }
    if (taken.contains(name)) {
      throw new BrokenPictureException("has the same name as an earlier file, which was taken");
    }
  }

  /** Lets no later entry have this name. One that could not be read gives it away. */
  void take(String name) {
    taken.add(name);
  }

  /**
   * Reads an entry if it is a picture of bearable size.
   *
   * @throws BrokenPictureException if the entry must be left out
   */
  byte[] read(InputStream entry) throws IOException {
    byte[] head = entry.readNBytes(PictureFormat.HEAD);
    PictureFormat.of(head);
    // A sequence closes what it has come to the end of, and there may be other entries after it.
    InputStream rest = CloseShieldInputStream.wrap(entry);
    byte[] whole =
        new SequenceInputStream(new ByteArrayInputStream(head), rest).readNBytes(MAX_BYTES + 1);
    if (whole.length > MAX_BYTES) {
      throw new BrokenPictureException(
          "has more than %s MB, which is too much inside an archive%s; unpack it and name the folder"
              .formatted(
                  MAX_BYTES >> 20,
                  MAX_BYTES < PictureFiles.MAX_ARCHIVED_BYTES ? " for a heap of this size" : ""));
    }
    return whole;
  }

  /**
   * Counts unpacked bytes.
   *
   * @throws CompressionBombException if there are far too many for the size of the archive
   */
  void count(long bytes) throws CompressionBombException {
    unpacked += bytes;
    if (unpacked > limit) {
      throw new CompressionBombException(
          "the archive unpacks to more than %s bytes, over %s times its size, as no photos do"
              .formatted(limit, MAX_RATIO));
    }
  }

  /**
   * Counts unpacked bytes of headers, which are kept in memory while the archive is read.
   *
   * @throws CompressionBombException if there are far too many for the size of the archive
   */
  void countHeaders(long bytes) throws CompressionBombException {
    headers += bytes;
    if (headers > headerLimit) {
      throw new CompressionBombException(
          "the names and other headers in the archive unpack to more than %s bytes, as those of no"
                  .formatted(headerLimit)
              + " photos do");
    }
  }

  /** Ends the reading of an archive. */
  static final class CompressionBombException extends BrokenPictureException {
    private static final long serialVersionUID = 1L;

    CompressionBombException(String message) {
      super(message);
    }
  }
}
