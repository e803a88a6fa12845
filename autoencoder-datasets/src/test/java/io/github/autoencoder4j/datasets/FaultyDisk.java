package io.github.autoencoder4j.datasets;

import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A disk that fails once, or from then on for ever, and that forgets at a power failure what was
 * not forced to it. A loop over {@code operation} until {@link #struck} is false tries every
 * moment.
 */
final class FaultyDisk extends Disk {

  /** How a disk can fail. */
  enum Fault {
    /** Half of a write may still fit. */
    NO_SPACE(Operation.CREATE, Operation.WRITE, Operation.FORCE, Operation.RENAME),
    WRITE_ERROR(Operation.WRITE),
    /** What was to be forced is lost. */
    FSYNC_ERROR(Operation.FORCE, Operation.FORCE_FOLDER),
    /** No error: only fewer bytes than asked for. */
    SHORT_WRITE(Operation.WRITE),
    RENAME_FAILS(Operation.RENAME),
    OPEN_FAILS(Operation.CREATE, Operation.FORCE_FOLDER),
    READ_ONLY_FOLDER(Operation.CREATE, Operation.RENAME, Operation.DELETE);

    private final ImmutableSet<Operation> operations;

    Fault(Operation... operations) {
      this.operations = ImmutableSet.copyOf(operations);
    }
  }

  private enum Operation {
    CREATE,
    WRITE,
    FORCE,
    RENAME,
    FORCE_FOLDER,
    DELETE
  }

  /** Takes back what happened to a name. */
  @FunctionalInterface
  private interface Undo {
    void run() throws IOException;
  }

  private final Fault fault;
  private final boolean lasting;
  private int left;
  private boolean struck;

  private final Map<FileChannel, Path> open = new HashMap<>();

  /** What each file that was written here would hold after a power failure. */
  private final Map<Path, byte[]> forced = new HashMap<>();

  private final Deque<Undo> names = new ArrayDeque<>();

  /**
   * Lets one operation fail.
   *
   * @param fault how
   * @param operation which of those that can fail so, from 0
   * @param lasting whether no operation at all succeeds afterwards
   */
  FaultyDisk(Fault fault, int operation, boolean lasting) {
    this.fault = fault;
    this.left = operation;
    this.lasting = lasting;
  }

  boolean struck() {
    return struck;
  }

  /**
   * Takes back everything that was not forced.
   *
   * @param namesToo whether names are taken back that were not forced either
   */
  void losePower(boolean namesToo) {
    try {
      while (namesToo && !names.isEmpty()) {
        names.pop().run();
      }
      for (Map.Entry<Path, byte[]> file : forced.entrySet()) {
        if (Files.exists(file.getKey())) {
          Files.write(file.getKey(), file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean strikes(Operation operation) throws IOException {
    if (struck && lasting) {
      throw new IOException("the disk is gone");
    }
    if (struck || !fault.operations.contains(operation)) {
      return false;
    }
    struck = left-- == 0;
    return struck;
  }

  private IOException failure(Path path) {
    return switch (fault) {
      case NO_SPACE -> new IOException("No space left on device");
      case OPEN_FAILS -> new IOException("Too many open files");
      case READ_ONLY_FOLDER -> new AccessDeniedException(path.toString());
      default -> new IOException("Input/output error");
    };
  }

  private Path path(FileChannel channel) {
    Path path = open.get(channel);
    if (path == null) {
      throw new IllegalStateException("a file that was not created here");
    }
    return path;
  }

  @Override
  FileChannel create(Path file) throws IOException {
    if (strikes(Operation.CREATE)) {
      throw failure(file);
    }
    FileChannel channel = super.create(file);
    open.put(channel, file);
    forced.put(file, new byte[0]);
    names.push(() -> remove(file));
    return channel;
  }

  private void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    forced.remove(file);
  }

  @Override
  int writeSome(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    if (!strikes(Operation.WRITE)) {
      return super.writeSome(channel, bytes, position);
    }
    int written = 0;
    if (fault != Fault.WRITE_ERROR) {
      ByteBuffer half = bytes.slice(bytes.position(), (bytes.remaining() + 1) / 2);
      written = super.writeSome(channel, half, position);
      bytes.position(bytes.position() + written);
    }
    if (fault != Fault.SHORT_WRITE) {
      throw failure(path(channel));
    }
    return written;
  }

  @Override
  void force(FileChannel channel) throws IOException {
    if (strikes(Operation.FORCE)) {
      throw failure(path(channel));
    }
    forced.put(path(channel), Files.readAllBytes(path(channel)));
  }

  @Override
  void rename(Path from, Path to) throws IOException {
    if (strikes(Operation.RENAME)) {
      throw failure(to);
    }
    super.rename(from, to);
    byte[] content = forced.remove(from);
    if (content != null) {
      forced.put(to, content);
    }
    names.push(() -> remove(to));
  }

  @Override
  void forceFolder(Path folder) throws IOException {
    if (strikes(Operation.FORCE_FOLDER)) {
      throw failure(folder);
    }
    names.clear();
  }

  @Override
  void delete(Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (strikes(Operation.DELETE)) {
      throw failure(file);
    }
    forced.remove(file);
    super.delete(file);
  }
}
