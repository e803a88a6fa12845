package io.github.autoencoder4j.examples.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that a run writes to. No other run can open it meanwhile: each would overwrite the
 * report and the pictures of the other. The empty lock file stays.
 */
final class OutputFolder implements AutoCloseable {

  /** Those of this process, to which its locks mean nothing. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel lock;

  private OutputFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a folder, creating it if missing. That it cannot be written to is found out now, not
   * after ten minutes of training.
   *
   * @throws IllegalStateException if another run has it open
   * @throws UncheckedIOException if it cannot be written to
   */
  static OutputFolder open(Path out) {
    try {
      Files.createDirectories(out);
      Files.delete(Files.createTempFile(out, "lab", ".probe"));
      Path folder = out.toRealPath();
      if (!OPEN.add(folder)) {
        throw inUse(out);
      }
      FileChannel lock = null;
      boolean held = false;
      try {
        lock =
            FileChannel.open(
                folder.resolve("lab.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        held = lock.tryLock() != null;
        if (!held) {
          throw inUse(out);
        }
        return new OutputFolder(folder, lock);
      } finally {
        if (!held) {
          if (lock != null) {
            lock.close();
          }
          OPEN.remove(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write to %s (%s); choose another folder with --out".formatted(out, e), e);
    }
  }

  private static IllegalStateException inUse(Path out) {
    return new IllegalStateException(
        "another lab is writing to %s; wait for it or choose another folder with --out"
            .formatted(out));
  }

  @Override
  public void close() throws IOException {
    try {
      lock.close();
    } finally {
      OPEN.remove(folder);
    }
  }
}
