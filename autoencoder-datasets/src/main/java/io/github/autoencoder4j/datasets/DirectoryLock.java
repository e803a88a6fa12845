package io.github.autoencoder4j.datasets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other processes, and other threads of this one, from writing the same files, whichever
 * class loader they have this library from. The lock belongs to the process, so it is gone when the
 * process is, however it ended. The empty lock file stays, because deleting it would let two others
 * lock different files of the same name.
 */
final class DirectoryLock implements AutoCloseable {

  /**
   * Before the names of the locks of this process, to which those of the system mean nothing:
   * opening and closing a lock file a second time would even give the lock to other processes. They
   * are kept among the system properties, which all class loaders of a JVM share.
   */
  private static final String PREFIX = "io.github.autoencoder4j.locked:";

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
    if (System.getProperties().putIfAbsent(PREFIX + real, "") != null) {
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
        System.getProperties().remove(PREFIX + real);
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
      System.getProperties().remove(PREFIX + file);
    }
  }
}
