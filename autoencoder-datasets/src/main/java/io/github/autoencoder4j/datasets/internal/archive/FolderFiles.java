package io.github.autoencoder4j.datasets.internal.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * The files of a folder and of all folders below it, by name. Symbolic links are followed, since
 * data sets are often put together from them; one that leads back to its own parents is left out.
 */
record FolderFiles(Path root) implements PictureFiles {

  /** Reading a small file whole is faster; a large one is read piece by piece. */
  private static final long WHOLE = 16L << 20;

  @Override
  public void walk(Visitor visitor) throws IOException {
    Deque<Path> parents = new ArrayDeque<>();
    parents.push(root.toRealPath());
    walk(entries(root), "", parents, visitor);
  }

  // Holds the names of one folder a level, not of the whole tree, which may have millions.
  private static void walk(List<Path> entries, String prefix, Deque<Path> parents, Visitor visitor)
      throws IOException {
    for (Path entry : entries) {
      String name = prefix + entry.getFileName();
      if (Files.isDirectory(entry)) {
        Path real = entry.toRealPath();
        if (parents.contains(real)) {
          visitor.skip(name, "is a link that leads back to a folder above it");
          continue;
        }
        List<Path> below;
        try {
          below = entries(entry);
        } catch (IOException e) {
          visitor.skip(name, "is a folder that cannot be listed: " + e);
          continue;
        }
        parents.push(real);
        walk(below, name + "/", parents, visitor);
        parents.pop();
      } else if (visitor.wants(name)) {
        visitFile(entry, name, visitor);
      }
    }
  }

  private static void visitFile(Path file, String name, Visitor visitor) throws IOException {
    if (Files.isRegularFile(file)) {
      visitor.visit(name, Math.min(WHOLE, file.toFile().length()), () -> open(file));
    } else {
      visitor.skip(name, "is a broken link or no regular file");
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
      listing.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  private static ImageInputStream open(Path file) throws IOException {
    return Files.size(file) <= WHOLE
        ? PictureFiles.inMemory(Files.readAllBytes(file)).open()
        : new FileImageInputStream(file.toFile());
  }
}
