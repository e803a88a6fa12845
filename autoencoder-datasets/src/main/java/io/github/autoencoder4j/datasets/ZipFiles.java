package io.github.autoencoder4j.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a zip archive, in the order of its directory. */
record ZipFiles(Path archive) implements PictureFiles {

  @Override
  public void walk(Visitor visitor) throws IOException {
    ArchiveGuard guard = new ArchiveGuard(Files.size(archive));
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      Iterator<? extends ZipEntry> entries = zip.entries().asIterator();
      while (entries.hasNext()) {
        ZipEntry entry = entries.next();
        if (entry.isDirectory()) {
          continue;
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
          guard.checkName(entry.getName());
          bytes = guard.read(in);
          guard.count(bytes.length);
        } catch (ArchiveGuard.CompressionBombException e) {
          visitor.skip(archive + " from " + entry.getName() + " on", Item.reason(e));
          return;
        } catch (IOException e) {
          visitor.skip(entry.getName(), Item.reason(e));
          continue;
        }
        visitor.visit(entry.getName(), bytes.length, PictureFiles.inMemory(bytes));
      }
    }
  }
}
