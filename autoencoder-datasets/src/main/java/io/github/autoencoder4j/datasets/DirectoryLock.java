package io.github.autoencoder4j.datasets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps other processes, and other threads of this one, from writing the same files. The lock
 * belongs to the process, so it is gone when the process is, however it ended. The empty lock file
 * stays, because deleting it would let two others lock different files of the same name.
 */
final class DirectoryLock implements AutoCloseable {

  /**
   * The locks of this process, to which those of the system mean nothing: opening and closing a
   * lock file a second time would even give the lock to other processes.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a lock.
   *
   * @param file the lock file; its folder must exist
   * @param busy what to tell the user if somebody else holds it
   * @throws IllegalStateException if somebody else holds it
   */
  static DirectoryLock take(Path file, String busy) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path real = folder == null ? file : folder.toRealPath().resolve(file.getFileName());
    if (!HELD.add(real)) {
      throw new IllegalStateException(busy);
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      channel = FileChannel.open(real, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      held = channel.tryLock() != null;
      if (!held) {
        throw new IllegalStateException(busy);
      }
      return new DirectoryLock(real, channel);
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
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
