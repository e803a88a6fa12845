package io.github.autoencoder4j.datasets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of a tar archive, plain or gzipped, in the order of the archive. */
record TarFiles(Path archive) implements PictureFiles {

  @Override
  public void walk(Visitor visitor) throws IOException {
    ArchiveGuard guard = new ArchiveGuard(Files.size(archive));
    try (InputStream file = Gzip.open(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new CountedStream(file, guard))) {
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
      if (!entry.isFile() || entry.isSparse()) {
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
