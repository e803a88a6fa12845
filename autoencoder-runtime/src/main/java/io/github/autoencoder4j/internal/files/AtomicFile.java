package io.github.autoencoder4j.internal.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes a file at once or not at all: under a temporary name in the same folder, then to the disk
 * itself, then to its own name. Readers, a crash and a power failure see the old file or the new
 * one, whole, never anything else.
 *
 * <pre>{@code
 * AtomicFile.write(path, Disk.SYSTEM, out -> out.write(bytes));
 * }</pre>
 *
 * <p>Thread-safe; of two who write the same file at once, the last one wins.
 */
public final class AtomicFile {

  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all of it. Called again from the start if an interrupt broke the first attempt.
     *
     * @param out buffered; closing it does nothing
     * @throws IOException if writing fails; the file is left as it was
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, in place of any that has its name. Temporary files that a process left behind in
   * the folder when it was ended are removed first.
   *
   * <p>Only regular files are replaced, and the new one gets the owner, group and mode of the old
   * one where the system allows it. A symbolic link is followed and stays: the file that it leads
   * to is replaced.
   *
   * <p>An interrupt does not end the writing; it is kept for later.
   *
   * @param target the file, whose folder must exist
   * @param disk what to write to
   * @param content what to write
   * @throws IOException if it failed, or the target is a folder, a device, a pipe or a link that
   *     leads nowhere. The old file, if any, is still there, unless the very last step failed: then
   *     the new one is, though it might not survive a power failure
   */
  public static void write(Path target, Disk disk, Content content) throws IOException {
    Path file = resolve(target);
    Path folder = file.getParent();
    if (folder == null) {
      throw new FileSystemException(target.toString(), null, "is the root of a file system");
    }
    TemporaryFile.removeStale(folder, disk);
    // What is half done is lost with its channel, so it starts again.
    Uninterrupted.read(
        () -> {
          attempt(folder, file, disk, content);
          return file;
        });
  }

  /**
   * Checks that a file can have its place, before anybody does work for it.
   *
   * @param what is to be saved, such as "the model"
   * @param file where
   * @throws UncheckedIOException if there is no such folder
   */
  public static void requireFolder(String what, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new UncheckedIOException(
          ("%s could not be saved as %s, because there is no folder %s; create it first, for"
                  + " example with Files.createDirectories(...)")
              .formatted(what, file, folder),
          Files.exists(folder)
              ? new NotDirectoryException(folder.toString())
              : new NoSuchFileException(folder.toString()));
    }
  }

  /** The file itself, where a link leads to it; it need not exist. */
  private static Path resolve(Path target) throws IOException {
    if (!Files.exists(target)) {
      if (Files.isSymbolicLink(target)) {
        throw new FileSystemException(
            target.toString(), null, "is a symbolic link that leads to no file");
      }
      return target.toAbsolutePath();
    }
    if (!Files.isRegularFile(target)) {
      throw new FileSystemException(
          target.toString(),
          null,
          Files.isDirectory(target)
              ? "is a folder; name a file in it"
              : "is a device, a pipe or the like; only regular files are replaced");
    }
    return target.toRealPath();
  }

  private static void attempt(Path folder, Path file, Disk disk, Content content)
      throws IOException {
    Rights rights = Rights.of(file);
    try (TemporaryFile temporary = TemporaryFile.create(folder, disk, rights.whileWriting())) {
      Output out = new Output(temporary.channel(), disk);
      content.writeTo(out);
      out.drain();
      rights.giveTo(temporary.path());
      disk.force(temporary.channel());
      disk.publish(temporary.path(), file);
    }
  }

  /**
   * Removes the temporary files that processes left behind in a folder when they were ended. Those
   * that somebody, in this process or another, is still writing are left alone, and so is every
   * file that is not ours.
   *
   * @param folder where to look; nothing happens if it cannot be read
   * @param disk what to delete from
   */
  public static void removeStale(Path folder, Disk disk) {
    TemporaryFile.removeStale(folder, disk);
  }

  /** Collects small writes. */
  private static final class Output extends OutputStream {

    private final FileChannel channel;
    private final Disk disk;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    Output(FileChannel channel, Disk disk) {
      this.channel = channel;
      this.disk = disk;
    }

    @Override
    public void write(int value) throws IOException {
      if (!buffer.hasRemaining()) {
        drain();
      }
      buffer.put((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      int written = 0;
      while (written < length) {
        if (!buffer.hasRemaining()) {
          drain();
        }
        int some = Math.min(buffer.remaining(), length - written);
        buffer.put(bytes, offset + written, some);
        written += some;
      }
    }

    void drain() throws IOException {
      buffer.flip();
      disk.writeFully(channel, buffer);
      buffer.clear();
    }
  }
}
