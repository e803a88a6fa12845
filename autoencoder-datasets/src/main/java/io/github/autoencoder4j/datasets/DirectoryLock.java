package io.github.autoencoder4j.datasets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other processes, and other threads of this one, from writing the same files. The lock
 * belongs to the process, so it is gone when the process is, however it ended. The empty lock file
 * stays, because deleting it would let two others lock different files of the same name.
 */
final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
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
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new IllegalStateException(busy);
    }
    return new DirectoryLock(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this process
    }
  }

  @Override
  public void close() throws IOException {
    channel.close(); // which gives the lock back
  }
}
