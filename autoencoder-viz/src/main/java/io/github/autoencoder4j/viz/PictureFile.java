package io.github.autoencoder4j.viz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/** Writes files of pictures whole or not at all. */
final class PictureFile {

  private PictureFile() {}

  /** Refuses a name that no viewer would open. */
  static Path require(Path file, String what, String... endings) {
    Path target = Objects.requireNonNull(file, "png").toAbsolutePath();
    String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
    if (target.getFileName() == null || Arrays.stream(endings).noneMatch(name::endsWith)) {
      throw new IllegalArgumentException(
          "%s are saved as PNG, so the file name must end in %s, but was '%s'"
              .formatted(what, String.join(" or ", endings), file));
    }
    return target;
  }

  /** Writes a file, and the folders that it lacks. */
  static void write(Path target, byte[] bytes) {
    Path folder = Objects.requireNonNull(target.getParent(), "parent");
    try {
      Files.createDirectories(folder);
      // Not createTempFile, which would leave a picture that only its owner may read.
      Path part = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
      try {
        Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        replace(part, target);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write the picture to "
              + target
              + ": "
              + e
              + "; check that the folder"
              + " can be written and the disk has room",
          e);
    }
  }

  private static void replace(Path part, Path target) throws IOException {
    if (Files.isDirectory(target)) {
      // A move would replace an empty folder without a word on some systems.
      throw new IOException("it is a folder");
    }
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Some network drives: the next best is to replace the old file in one call.
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
