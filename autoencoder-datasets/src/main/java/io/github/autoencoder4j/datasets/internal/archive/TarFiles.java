package io.github.autoencoder4j.datasets.internal.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.base.Throwables;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.io.input.TaggedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tar archive, plain or gzipped, in the order of the archive.
 *
 * @param charset of names that are not marked as UTF-8; null if nobody knows
 */
record TarFiles(Path archive, @Nullable Charset charset) implements PictureFiles {

  /** Of one entry; long paths and the attributes of common systems take some thousand bytes. */
  private static final int MAX_HEADERS = 1 << 18;

  /** Attributes of one entry and those that the archive has for all, which are copied to each. */
  private static final int MAX_RECORDS = 100;

  @Override
  public void walk(Visitor visitor) throws IOException {
    try (InputStream file = Files.newInputStream(archive)) {
      walk(file, visitor);
    }
  }

  /**
   * Shows all files to the visitor.
   *
   * @param file what the archive file holds, so that tests can let the reading of it fail
   */
  void walk(InputStream file, Visitor visitor) throws IOException {
    ArchiveGuard guard = new ArchiveGuard(Files.size(archive));
    EntryNames names = new EntryNames(archive, charset);
    try (TaggedInputStream raw = new TaggedInputStream(file);
        InputStream unpacked = Gzip.open(raw);
        TarStream stream = new TarStream(unpacked, guard);
        TarArchiveInputStream tar = open(stream)) {
      String last = "its start";
      while (true) {
        TarArchiveEntry entry;
        try {
          entry = next(tar, stream);
        } catch (IOException | RuntimeException e) {
          throwIfUnreadable(raw, e);
          // Whatever came before is good, so it is kept.
          visitor.skip(archive + " beyond " + last, Item.reason(e));
          return;
        }
        if (entry == null) {
          if (stream.zeros < TarConstants.DEFAULT_RCDSIZE) {
            visitor.skip(archive + " beyond " + last, "is cut off: the archive has no end mark");
          }
          return;
        }
        last = names.of(entry);
        if (entry.isDirectory() || !visitor.wants(last)) {
          continue;
        }
        byte[] bytes;
        try {
          guard.checkName(last);
          bytes = read(entry, tar, guard);
          guard.take(last);
        } catch (IOException e) {
          throwIfUnreadable(raw, e);
          visitor.skip(last, Item.reason(e));
          continue;
        }
        visitor.visit(last, bytes.length, PictureFiles.inMemory(bytes));
      }
    }
  }

  /** In Latin-1 any bytes are a name. Owners and times that make no sense are nobody's harm. */
  private static TarArchiveInputStream open(InputStream stream) {
    return new TarArchiveInputStream(
        stream,
        TarConstants.DEFAULT_BLKSIZE,
        TarConstants.DEFAULT_RCDSIZE,
        ISO_8859_1.name(),
        true);
  }

  /**
   * The next entry. The library keeps all headers of one in memory, however many there are: long
   * names, records of attributes, maps of sparse files.
   */
  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, TarStream stream)
      throws IOException {
    if (tar.getCurrentEntry() != null) {
      tar.skip(Long.MAX_VALUE); // to the end of its data, which are no headers
    }
    stream.beginHeaders();
    TarArchiveEntry entry = tar.getNextEntry();
    stream.endHeaders();
    if (entry != null && entry.getExtraPaxHeaders().size() > MAX_RECORDS) {
      throw new BrokenPictureException(
          "has an entry with more than %s attributes".formatted(MAX_RECORDS));
    }
    return entry;
  }

  private static byte[] read(TarArchiveEntry entry, TarArchiveInputStream tar, ArchiveGuard guard)
      throws IOException {
    if (entry.isSymbolicLink() || entry.isLink()) {
      throw new BrokenPictureException("is a link to " + Item.excerpt(entry.getLinkName()));
    }
    if (entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isSparse()) {
      throw new BrokenPictureException("is no regular file");
    }
    return guard.read(tar);
  }

  /** A disk that fails is not the end of the archive, as damage to what is on it would be. */
  private static void throwIfUnreadable(TaggedInputStream raw, Exception error) throws IOException {
    for (Throwable cause : Throwables.getCausalChain(error)) {
      raw.throwIfCauseOf(cause);
    }
  }

  /** The unpacked archive. */
  private static final class TarStream extends CountedStream {

    /** How many zeros were read last; a whole block of them marks the end of an archive. */
    private long zeros;

    private final ArchiveGuard guard;
    private boolean inHeaders;
    private long headers;

    TarStream(InputStream in, ArchiveGuard guard) {
      super(in, guard);
      this.guard = guard;
    }

    /** Takes all bytes from here on for the headers of one entry. */
    void beginHeaders() {
      inHeaders = true;
      headers = 0;
    }

    void endHeaders() {
      inHeaders = false;
    }

    @Override
    void count(long bytes) throws IOException {
      super.count(bytes);
      if (!inHeaders) {
        return;
      }
      headers += bytes;
      guard.countHeaders(bytes);
      if (headers > MAX_HEADERS) {
        throw new BrokenPictureException(
            "has an entry whose name and other headers take more than %s bytes"
                .formatted(MAX_HEADERS));
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      int last = offset + count;
      while (last > offset && buffer[last - 1] == 0) {
        last--;
      }
      zeros = last > offset ? offset + count - last : zeros + Math.max(0, count);
      return count;
    }
  }
}
