package io.github.autoencoder4j.internal.files;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * The few things that keeping a file safe asks of a disk, in one place, so that tests can let each
 * of them fail.
 */
public class Disk {

  /** The disk of this machine. */
  public static final Disk SYSTEM = new Disk();

  /** For tests, which let single operations fail. */
  protected Disk() {}

  /**
   * Creates an empty file to write to.
   *
   * @param file a path that does not exist yet
   * @param attributes what it has from the start, such as a mode
   * @return to be closed
   * @throws IOException if it exists or cannot be created
   */
  public FileChannel create(Path file, FileAttribute<?>... attributes) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes);
  }

  /**
   * Writes some bytes at the end of a file.
   *
   * @param file what {@link #create} gave
   * @param bytes what to write; its position moves on by as much as was written, which may be less
   *     than all
   * @throws IOException if they cannot be written
   */
  public void write(FileChannel file, ByteBuffer bytes) throws IOException {
    file.write(bytes);
  }

  /**
   * Writes a whole buffer at the end of a file.
   *
   * @param file what {@link #create} gave
   * @param bytes what to write; nothing of it remains
   * @throws IOException if it cannot be written
   */
  public final void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      write(file, bytes);
    }
  }

  /**
   * Waits until everything written is on the disk itself.
   *
   * @param file what {@link #create} gave
   * @throws IOException if that cannot be told; the file must not be trusted then
   */
  public void force(FileChannel file) throws IOException {
    file.force(true);
  }

  /**
   * Gives a file another name in the same folder at once or not at all, in place of any file that
   * has it.
   *
   * @param from the name it has
   * @param to the name it gets
   * @throws IOException if it keeps its name
   */
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Gives a finished file its name in the same folder, at once or not at all, and waits until that
   * is on the disk itself.
   *
   * @param part the name it has
   * @param target the name it gets
   * @throws IOException if it keeps its name, or has the new one but might lose it to a power
   *     failure
   */
  public final void publish(Path part, Path target) throws IOException {
    rename(part, target);
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      forceFolder(folder);
    }
  }

  /**
   * Creates a folder, and those above it, unless it is there; their names are on the disk itself
   * then.
   *
   * @param folder the folder
   * @throws IOException if it cannot be created
   */
  public final void createFolders(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || Files.exists(folder)) {
      return;
    }
    createFolders(parent);
    Files.createDirectories(folder); // which somebody else may just have created
    forceFolder(parent);
  }

  /**
   * Waits until the names in a folder are on the disk itself.
   *
   * @param folder where files were renamed or folders created
   * @throws IOException if that cannot be told
   */
  public void forceFolder(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      // Windows cannot open a folder, and keeps names safe on its own.
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * Deletes a file.
   *
   * @param file nothing happens if it does not exist
   * @throws IOException if it exists and cannot be deleted
   */
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
