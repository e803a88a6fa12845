package io.github.autoencoder4j.datasets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The files of a zip archive, in the order of its directory. */
record ZipFiles(Path archive) implements PictureFiles {

  @Override
  public void walk(Visitor visitor) throws IOException {
    try (ZipFile zip = open()) {
      walk(zip, visitor);
    }
  }

  private ZipFile open() throws IOException {
    try {
      return new ZipFile(archive.toFile());
    } catch (ZipException e) {
      // Maybe only a name that is not UTF-8. In Latin-1 any bytes are a name; damage stays damage.
      return new ZipFile(archive.toFile(), ISO_8859_1);
    }
  }

  /**
   * Shows all files to the visitor.
   *
   * @param zip the archive, opened, so that tests can let the reading of it fail
   */
  void walk(ZipFile zip, Visitor visitor) throws IOException {
    ArchiveGuard guard = new ArchiveGuard(Files.size(archive));
    Iterator<? extends ZipEntry> entries = zip.entries().asIterator();
    while (entries.hasNext()) {
      ZipEntry entry = entries.next();
      if (entry.isDirectory() || !visitor.wants(entry.getName())) {
        continue;
      }
      byte[] bytes;
      try (InputStream in = new CountedStream(zip.getInputStream(entry), guard)) {
        guard.checkName(entry.getName());
        bytes = guard.read(in);
      } catch (ArchiveGuard.CompressionBombException e) {
        visitor.skip(archive + " from " + entry.getName() + " on", Item.reason(e));
        return;
      } catch (ZipException | EOFException | BrokenPictureException e) {
        // Any other error is one of the disk, and this may be a good picture.
        visitor.skip(entry.getName(), Item.reason(e));
        continue;
      }
      visitor.visit(entry.getName(), bytes.length, PictureFiles.inMemory(bytes));
    }
  }
}
