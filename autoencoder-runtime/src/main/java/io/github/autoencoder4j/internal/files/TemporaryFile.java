package io.github.autoencoder4j.internal.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file under a name that nobody else uses. Its writer holds a lock on it, which ends with the
 * process, however that ends: so a temporary file that is not locked is stale.
 */
final class TemporaryFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TemporaryFile.class);

  private static final Pattern NAME = Pattern.compile("ae4j-[0-9a-f-]{36}\\.tmp");

  private final Path path;
  private final FileChannel channel;
  private final Disk disk;

  private TemporaryFile(Path path, FileChannel channel, Disk disk) {
    this.path = path;
    this.channel = channel;
    this.disk = disk;
  }

  static TemporaryFile create(Path folder, Disk disk, FileAttribute<?>... attributes)
      throws IOException {
    while (true) {
      String name = "ae4j-" + UUID.randomUUID() + ".tmp";
      Path path = folder.resolve(name);
      ProcessNames.claim(name);
      FileChannel channel;
      try {
        channel = disk.create(path, attributes);
      } catch (IOException | RuntimeException e) {
        ProcessNames.release(name);
        throw e;
      }
      TemporaryFile file = new TemporaryFile(path, channel, disk);
      // Between creating and locking another process may have taken it for stale.
      if (lock(channel) && Files.exists(path)) {
        return file;
      }
      file.close();
    }
  }

  /** False if somebody else holds the lock. */
  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException e) {
      // A file system without locks. Nobody can take the file for stale there either.
      return true;
    }
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  /** Removes the file unless it has been given another name. */
  @Override
  public void close() throws IOException {
    String name = path.getFileName().toString();
    try {
      if (Files.exists(path)) {
        disk.delete(path);
      }
    } catch (IOException e) {
      // What failed before says more, and the next start tries again.
      LOG.debug("cannot delete {}", path, e);
    } finally {
      try {
        channel.close();
      } finally {
        ProcessNames.release(name);
      }
    }
  }

  static void removeStale(Path folder, Disk disk) {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> isTemporary(file))) {
      for (Path file : files) {
        removeIfStale(file, disk);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Rubbish is no reason to fail; what matters in this folder will say so itself.
      LOG.debug("cannot look for temporary files in {}", folder, e);
    }
  }

  private static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    return NAME.matcher(name).matches()
        && !ProcessNames.isClaimed(name)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void removeIfStale(Path file, Disk disk) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        disk.delete(file);
      }
    } catch (IOException | OverlappingFileLockException e) {
      LOG.debug("cannot remove {}", file, e);
    }
  }
}
