package io.github.autoencoder4j.datasets;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The few things that writing a data set asks of a disk, in one place, so that tests can let each
 * of them fail.
 */
class Disk {

  /** Creates a folder, and those above it, unless it is there; their names are on the disk then. */
  final void createFolders(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || Files.exists(folder)) {
      return;
    }
    createFolders(parent);
    Files.createDirectories(folder); // which somebody else may just have created
    forceFolder(parent);
  }

  /** Creates an empty file, in place of any that is there. */
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Writes a whole buffer at a position. */
  final void write(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += writeSome(channel, bytes, at);
    }
  }

  /** Writes some of a buffer, which may be less than all; returns how much. */
  int writeSome(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    return channel.write(bytes, position);
  }

  /** Waits until everything written is on the disk. */
  void force(FileChannel channel) throws IOException {
    channel.force(true);
  }

  /** Gives a finished file its name, at once or not at all. */
  final void publish(Path part, Path target) throws IOException {
    rename(part, target);
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until the names in a folder are on the disk. */
  void forceFolder(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows cannot open a folder, and keeps names safe on its own
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a file if it is there. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
