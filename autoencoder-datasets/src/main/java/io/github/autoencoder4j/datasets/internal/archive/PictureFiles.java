package io.github.autoencoder4j.datasets.internal.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.stream.ImageInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/** Walks over the files of a folder or archive, always in the same order. */
@FunctionalInterface
interface PictureFiles {

  /** Files inside archives may be this large; those in folders are read piece by piece. */
  int MAX_ARCHIVED_BYTES = 64 << 20;

  /** The length of a header in a tar, of which old ones have nothing but a checksum to tell. */
  int HEADER = TarConstants.DEFAULT_RCDSIZE;

  /** Opens the bytes of one file. */
  @FunctionalInterface
  interface Content {
    ImageInputStream open() throws IOException;
  }

  /** Is shown every file. */
  interface Visitor {

    /**
     * Whether to look at a file at all; if not, it is neither read nor skipped.
     *
     * @param file the path below the folder or inside the archive, with {@code /} between names
     */
    boolean wants(String file);

    /**
     * A file that may hold a picture.
     *
     * @param file the path below the folder or inside the archive, with {@code /} between names
     * @param bytes what {@code content} holds in memory
     */
    void visit(String file, long bytes, Content content) throws IOException;

    /** A file that certainly does not. */
    void skip(String file, String reason) throws IOException;
  }

  /** Shows all files to the visitor. */
  void walk(Visitor visitor) throws IOException;

  /**
   * The files of a folder, zip, tar or gzipped tar; the content tells which, not the name.
   *
   * @param archiveNames the charset of names in archives that are not marked as UTF-8; null if
   *     nobody knows
   */
  static PictureFiles of(Path path, @Nullable Charset archiveNames) throws IOException {
    if (Files.isDirectory(path)) {
      return new FolderFiles(path);
    }
    if (!Files.exists(path)) {
      throw new UnusableDataException(
          "%s does not exist; looked for a folder or an archive at %s"
              .formatted(path, path.toAbsolutePath()));
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(HEADER);
    }
    if (startsWith(head, 0, "PK\3\4") || startsWith(head, 0, "PK\5\6")) {
      return new ZipFiles(path, archiveNames);
    }
    if (startsWith(head, 0, "\u001F\u008B")
        || startsWith(head, 257, "ustar")
        || isOldTarHeader(head)) {
      return new TarFiles(path, archiveNames);
    }
    if (ZipFiles.endsLikeOne(path)) {
      return new ZipFiles(path, archiveNames);
    }
    if (startsWith(head, 0, "PK\7\b")) {
      throw ZipFiles.split(path);
    }
    throw new UnusableDataException(
        path
            + " is neither a folder nor a zip, tar or tar.gz archive; unpack it and name its"
            + " folder");
  }

  /** Content that is in memory already. */
  static Content inMemory(byte[] bytes) {
    return () -> new ByteArrayImageInputStream(bytes);
  }

  private static boolean isOldTarHeader(byte[] head) {
    try {
      return head.length == HEADER && TarUtils.verifyCheckSum(head);
    } catch (IllegalArgumentException e) {
      return false; // not even a number is there
    }
  }

  private static boolean startsWith(byte[] head, int offset, String magic) {
    return new String(head, ISO_8859_1).startsWith(magic, offset);
  }
}
