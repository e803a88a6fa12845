package io.github.autoencoder4j.datasets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The files of a tar archive, plain or gzipped, in the order of the archive. */
record TarFiles(Path archive) implements PictureFiles {

  @Override
  public void walk(Visitor visitor) throws IOException {
    ArchiveGuard guard = new ArchiveGuard(Files.size(archive));
    try (InputStream file = Gzip.open(archive);
        CountedStream counted = new CountedStream(file, guard);
        TarArchiveInputStream tar = new TarArchiveInputStream(counted)) {
      String last = "its start";
      while (true) {
        TarArchiveEntry entry;
        try {
          entry = tar.getNextEntry();
        } catch (IOException | RuntimeException e) {
          // Whatever came before is good, so it is kept.
          visitor.skip(archive + " beyond " + last, Item.reason(e));
          return;
        }
        if (entry == null) {
          if (counted.zeros < TarConstants.DEFAULT_RCDSIZE) {
            visitor.skip(archive + " beyond " + last, "is cut off: the archive has no end mark");
          }
          return;
        }
        last = entry.getName();
        if (!entry.isDirectory()) {
          visit(entry, tar, guard, visitor);
        }
      }
    }
  }

  private static void visit(
      TarArchiveEntry entry, TarArchiveInputStream tar, ArchiveGuard guard, Visitor visitor)
      throws IOException {
    byte[] bytes;
    try {
      if (entry.isSymbolicLink() || entry.isLink()) {
        throw new BrokenPictureException("is a link to " + entry.getLinkName());
      }
      if (entry.isFIFO()
          || entry.isCharacterDevice()
          || entry.isBlockDevice()
          || entry.isSparse()) {
        throw new BrokenPictureException("is no regular file");
      }
      guard.checkName(entry.getName());
      bytes = guard.read(tar);
    } catch (IOException e) {
      visitor.skip(entry.getName(), Item.reason(e));
      return;
    }
    visitor.visit(entry.getName(), bytes.length, PictureFiles.inMemory(bytes));
  }

  /** Counts also what is read only to be passed over. */
  private static final class CountedStream extends FilterInputStream {

    private final ArchiveGuard guard;

    /** How many zeros were read last; a whole block of them marks the end of an archive. */
    private long zeros;

    CountedStream(InputStream in, ArchiveGuard guard) {
      super(in);
      this.guard = guard;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      guard.count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      guard.count(Math.max(0, count));
      for (int i = offset; i < offset + count; i++) {
        zeros = buffer[i] == 0 ? zeros + 1 : 0;
      }
      return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
      long count = super.skip(wanted);
      guard.count(count);
      return count;
    }
  }
}
