package io.github.autoencoder4j.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other processes, and other threads of this one, from writing into the same folder. The lock
 * belongs to the process, so it is gone when the process is, however it ended. The empty lock file
 * stays, because deleting it would let two others lock different files of the same name.
 */
public final class FolderLock implements AutoCloseable {

  /** The folders locked by this process, to which its own locks mean nothing. */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @param folder a folder that exists
   * @return empty if somebody else has it
   * @throws IOException if the lock file cannot be written
   */
  public static Optional<FolderLock> take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      channel =
          FileChannel.open(
              real.resolve("ae4j.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      held = channel.tryLock() != null;
      return held ? Optional.of(new FolderLock(real, channel)) : Optional.empty();
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(real);
      }
    }
  }

  /** Gives the lock back. Closing twice is harmless. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give back the lock of " + folder, e);
    } finally {
      HELD.remove(folder);
    }
  }
}
