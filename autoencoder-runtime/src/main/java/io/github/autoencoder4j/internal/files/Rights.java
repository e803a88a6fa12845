package io.github.autoencoder4j.internal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owner, group and mode of a file that is about to be replaced, for the file that takes its place.
 * Where there is no such file, or the system has no modes, the new one has what the system gives.
 */
final class Rights {

  private static final Logger LOG = LoggerFactory.getLogger(Rights.class);

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final @Nullable PosixFileAttributes old;

  private Rights(@Nullable PosixFileAttributes old) {
    this.old = old;
  }

  /** Reads those of a file, which need not exist. */
  static Rights of(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      return new Rights(view == null ? null : view.readAttributes());
    } catch (NoSuchFileException e) {
      return new Rights(null);
    }
  }

  /** What the new file is created with, so that nobody opens it before it has its rights. */
  FileAttribute<?>[] whileWriting() {
    return old == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)};
  }

  /** Gives them to the new file, as far as the system lets this process do so. */
  void giveTo(Path file) {
    PosixFileAttributes rights = old;
    if (rights == null) {
      return;
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    attempt(file, "group", () -> view.setGroup(rights.group()));
    attempt(file, "mode", () -> view.setPermissions(rights.permissions()));
    // Last, for only the owner may change the others.
    attempt(file, "owner", () -> view.setOwner(rights.owner()));
  }

  private static void attempt(Path file, String what, Change change) {
    try {
      change.make();
    } catch (IOException e) {
      LOG.debug("cannot keep the {} of the file that {} replaces", what, file, e);
    }
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }
}
