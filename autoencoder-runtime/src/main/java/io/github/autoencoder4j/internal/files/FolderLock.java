package io.github.autoencoder4j.internal.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps other processes, and other threads of this one, from writing into the same folder,
 * whichever class loader they have this library from. The lock belongs to the process, so it is
 * gone when the process is, however it ended. The empty lock file stays, because deleting it would
 * let two others lock different files of the same name.
 */
public final class FolderLock implements AutoCloseable {

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
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
    return take(folder, "ae4j.lock");
  }

  /**
   * Takes one of several locks of a folder.
   *
   * @param folder a folder that exists
   * @param name the name of the lock file in it
   * @return empty if somebody else has it
   * @throws IOException if the lock file cannot be written
   */
  public static Optional<FolderLock> take(Path folder, String name) throws IOException {
    Path file = folder.toRealPath().resolve(name);
    if (!ProcessNames.claim(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean held = false;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      held = channel.tryLock() != null;
      return held ? Optional.of(new FolderLock(file, channel)) : Optional.empty();
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
        }
        ProcessNames.release(file);
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
      throw new UncheckedIOException("cannot give back the lock " + file, e);
    } finally {
      ProcessNames.release(file);
    }
  }
}
