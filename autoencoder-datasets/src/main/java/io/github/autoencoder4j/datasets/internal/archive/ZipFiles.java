package io.github.autoencoder4j.datasets.internal.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.common.io.ByteStreams;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.Item;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.io.input.CloseShieldInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a zip archive, in the order of its directory.
 *
 * @param charset of names that are not marked as UTF-8; null if nobody knows
 */
record ZipFiles(Path archive, @Nullable Charset charset) implements PictureFiles {

  /** The directory of a zip ends with this, and at most a comment after it. */
  private static final int END_SIGNATURE = 0x06054b50;

  private static final int END = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int MS_DOS_FOLDER = 0x10;

  /** What a JVM has to have beside the directory of an archive. */
  private static final long OTHER_MEMORY = 96L << 20;

  /**
   * The library reads all of a directory at once, and a byte of it takes up to 25 in memory, and a
   * microsecond. Half a million pictures take about 50 MB, which fit into a heap of 2 GB.
   */
  private static final long MAX_DIRECTORY =
      Math.max(1 << 20, (Runtime.getRuntime().maxMemory() - OTHER_MEMORY) / 38);

  /** Whether a file ends like a zip, such as one behind a program that unpacks it. */
  static boolean endsLikeOne(Path file) throws IOException {
    return lastDisk(file) >= 0;
  }

  static UnusableDataException split(Path part) {
    return new UnusableDataException(
        part
            + " is one part of a split archive; join the parts first, as \"zip -s 0 split.zip"
            + " --out whole.zip\" does");
  }

  /** The number of the last part of a split archive; 0 for one in one part, -1 for no zip. */
  private static int lastDisk(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long start = Math.max(0, channel.size() - END - MAX_COMMENT);
      ByteBuffer tail = ByteBuffer.allocate((int) (channel.size() - start));
      while (tail.hasRemaining() && channel.read(tail, start + tail.position()) >= 0) {}
      tail.order(ByteOrder.LITTLE_ENDIAN);
      for (int i = tail.position() - END; i >= 0; i--) {
        if (tail.getInt(i) == END_SIGNATURE) {
          int disk = tail.getShort(i + 4) & 0xFFFF;
          return disk == 0xFFFF ? 0 : disk; // which is written elsewhere in large archives
        }
      }
      return -1;
    }
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    if (lastDisk(archive) > 0) {
      throw split(archive);
    }
    try (FileChannel file = FileChannel.open(archive)) {
      walk(file, visitor);
    }
  }

  /**
   * Shows all files to the visitor.
   *
   * @param file the archive, opened, so that tests can let the reading of it fail
   */
  void walk(SeekableByteChannel file, Visitor visitor) throws IOException {
    new Walk(visitor, new WatchedChannel(file), new ArchiveGuard(Files.size(archive))).all();
  }

  /** One reading of the archive. */
  private final class Walk {

    private final Visitor visitor;
    private final WatchedChannel file;
    private final ArchiveGuard guard;
    private final EntryNames names = new EntryNames(archive, charset);

    Walk(Visitor visitor, WatchedChannel file, ArchiveGuard guard) {
      this.visitor = visitor;
      this.file = file;
      this.guard = guard;
    }

    void all() throws IOException {
      ZipFile zip;
      file.limit(MAX_DIRECTORY);
      try {
        // Any bytes are a name in Latin-1, so that none ends the reading of the others. Local
        // headers are looked at one by one later, for the same reason.
        zip =
            ZipFile.builder()
                .setSeekableByteChannel(file)
                .setCharset(ISO_8859_1)
                .setUseUnicodeExtraFields(false)
                .setIgnoreLocalFileHeader(true)
                .get();
      } catch (IOException | RuntimeException e) {
        file.throwIfFailed();
        boolean tooLarge = file.isBeyondLimit();
        boolean tooLong = file.isTooLong();
        file.limit(Long.MAX_VALUE);
        if (tooLong) {
          throw new UnusableDataException(
              ("%s has an entry with more than %s bytes of extra fields, name or comment in its"
                      + " directory, as no photo has; pack the pictures again without them")
                  .formatted(archive, ArchiveGuard.LONGEST_NAME));
        }
        if (tooLarge) {
          throw new UnusableDataException(
              ("%s has a directory of more than %s bytes, which would take most of the memory of"
                      + " this JVM; give it more with -Xmx, or unpack the archive and name its folder")
                  .formatted(archive, MAX_DIRECTORY));
        }
        withoutDirectory(e);
        return;
      }
      file.limit(Long.MAX_VALUE);
      try (zip) {
        Iterator<ZipArchiveEntry> entries = zip.getEntries().asIterator();
        boolean goOn = true;
        while (goOn && entries.hasNext()) {
          ZipArchiveEntry entry = entries.next();
          String name = names.of(entry);
          goOn = next(name, entry, zip.canReadEntryData(entry), () -> zip.getInputStream(entry));
        }
      }
    }

    /** Shows the files from the start on, of a zip that is cut off or has a damaged directory. */
    private void withoutDirectory(Exception damage) throws IOException {
      file.position(0);
      String last = "";
      try (ZipArchiveInputStream zip =
          new ZipArchiveInputStream(
              new BufferedInputStream(Channels.newInputStream(file)),
              ISO_8859_1.name(),
              false,
              true,
              true)) {
        boolean goOn = true;
        while (goOn) {
          ZipArchiveEntry entry;
          try {
            entry = zip.getNextEntry();
          } catch (IOException | RuntimeException e) {
            file.throwIfFailed();
            entry = null;
          }
          if (entry == null) {
            break;
          }
          last = names.of(entry);
          boolean readable = zip.canReadEntryData(entry);
          Data data = () -> CloseShieldInputStream.wrap(zip);
          goOn = next(last, entry, readable, data) && (!readable || finish(last, data));
        }
      }
      if (last.isEmpty()) {
        throw new IOException(damage.getMessage(), damage);
      }
      visitor.skip(
          archive + " beyond " + last,
          "is cut off, or the directory of the archive is damaged: " + Item.reason(damage));
    }

    /** Passes over what is left of an entry, which is counted, too. */
    private boolean finish(String name, Data data) throws IOException {
      try (InputStream rest = new CountedStream(data.open(), guard)) {
        ByteStreams.exhaust(rest);
      } catch (ArchiveGuard.CompressionBombException e) {
        visitor.skip(archive + " from " + name + " on", Item.reason(e));
        return false;
      } catch (IOException | RuntimeException e) {
        file.throwIfFailed(); // or there is no next one
      }
      return true;
    }

    /** Shows one entry; false if no more are to be shown. */
    private boolean next(String name, ZipArchiveEntry entry, boolean readable, Data data)
        throws IOException {
      if (isFolder(entry, name) || !visitor.wants(name)) {
        return true;
      }
      byte[] bytes;
      try {
        guard.checkName(name);
        checkReadable(entry, readable);
        try (InputStream in = new CountedStream(data.open(), guard)) {
          bytes = guard.read(in);
        }
        checkWhole(entry, bytes);
        guard.take(name);
      } catch (ArchiveGuard.CompressionBombException e) {
        visitor.skip(archive + " from " + name + " on", Item.reason(e));
        return false;
      } catch (IOException | RuntimeException e) {
        file.throwIfFailed();
        visitor.skip(name, Item.reason(e));
        return true;
      } catch (NoClassDefFoundError e) {
        // Newer versions of the library promise methods that need another one.
        visitor.skip(name, unsupported(entry) + " without " + e.getMessage());
        return true;
      }
      visitor.visit(name, bytes.length, PictureFiles.inMemory(bytes));
      return true;
    }
  }

  /** Opens the unpacked bytes of an entry. */
  @FunctionalInterface
  private interface Data {
    InputStream open() throws IOException;
  }

  private static boolean isFolder(ZipArchiveEntry entry, String name) {
    boolean flagged =
        (entry.getExternalAttributes() & MS_DOS_FOLDER) != 0
            || (entry.getUnixMode() & UnixStat.FILE_TYPE_FLAG) == UnixStat.DIR_FLAG;
    return name.endsWith("/") || (flagged && entry.getSize() == 0);
  }

  private static void checkReadable(ZipArchiveEntry entry, boolean readable)
      throws BrokenPictureException {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new BrokenPictureException("is encrypted; pack it without a password");
    }
    if (!readable) {
      throw new BrokenPictureException(unsupported(entry) + "; pack it with Deflate");
    }
  }

  private static String unsupported(ZipArchiveEntry entry) {
    ZipMethod method = ZipMethod.getMethodByCode(entry.getMethod());
    return "is compressed by method %s%s, which is not supported"
        .formatted(entry.getMethod(), method == null ? "" : " (" + method + ")");
  }

  /** Size and checksum are unknown where there is no directory and they come after the data. */
  private static void checkWhole(ZipArchiveEntry entry, byte[] bytes)
      throws BrokenPictureException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    boolean size = entry.getSize() < 0 || entry.getSize() == bytes.length;
    if (!size || (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue())) {
      throw new BrokenPictureException("is damaged: its size or checksum is not that of the file");
    }
  }

  /** Remembers that the disk failed, which is not the archive's fault, and counts what is read. */
  private static final class WatchedChannel extends ReadOnlyChannel {

    private @Nullable IOException failure;
    private long left = Long.MAX_VALUE;
    private boolean tooLong;

    WatchedChannel(SeekableByteChannel channel) {
      super(channel);
    }

    void throwIfFailed() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    /** Lets so many bytes be read from here on. */
    void limit(long bytes) {
      left = bytes;
    }

    boolean isBeyondLimit() {
      return left < 0;
    }

    /** Whether a part of a directory was longer than any path. */
    boolean isTooLong() {
      return tooLong;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      // The library compares each extra field of an entry with each other one.
      if (left <= MAX_DIRECTORY && buffer.remaining() > ArchiveGuard.LONGEST_NAME) {
        tooLong = true;
        throw new BrokenPictureException("has too long a header");
      }
      left -= buffer.remaining();
      if (isBeyondLimit()) {
        throw new BrokenPictureException("has too large a directory");
      }
      try {
        return super.read(buffer);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void close() {
      // Whoever opened it does; the library would after an error, and it may be read another way.
    }
  }
}
