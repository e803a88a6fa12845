package io.github.autoencoder4j.testing;

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
import java.util.concurrent.ConcurrentHashMap;

/**
 * What befalls a disk that fails once, or from then on for ever, and that forgets at a power
 * failure what was not forced to it. A loop over {@code operation} until {@link #struck} is false
 * tries every moment. Each operation is handed what would really do it.
 */
public final class DiskFaults {

  /** How a disk can fail. */
  public enum Fault {
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

  /**
   * Does something to a file or a folder.
   *
   * @param <T> how it is named
   */
  @FunctionalInterface
  public interface Action<T> {
    /** Does it. */
    void on(T what) throws IOException;
  }

  /** Makes a file. */
  @FunctionalInterface
  public interface Creation {
    /** Makes it. */
    FileChannel of(Path file) throws IOException;
  }

  /** Gives a file another name. */
  @FunctionalInterface
  public interface Renaming {
    /** Gives it. */
    void of(Path from, Path to) throws IOException;
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

  private final Map<FileChannel, Path> open = new ConcurrentHashMap<>();

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
  public DiskFaults(Fault fault, int operation, boolean lasting) {
    this.fault = fault;
    this.left = operation;
    this.lasting = lasting;
  }

  /** Whether the operation was reached. */
  public boolean struck() {
    return struck;
  }

  /**
   * Takes back everything that was not forced.
   *
   * @param namesToo whether names are taken back that were not forced either
   */
  public void losePower(boolean namesToo) {
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

  /** True if this operation is to fail. */
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

  private Path path(FileChannel file) {
    Path path = open.get(file);
    if (path == null) {
      throw new IllegalStateException("a file that was not created here");
    }
    return path;
  }

  /** Creates a file that is empty at first. */
  public FileChannel create(Path file, Creation really) throws IOException {
    if (strikes(Operation.CREATE)) {
      throw failure(file);
    }
    FileChannel channel = really.of(file);
    open.put(channel, file);
    forced.put(file, new byte[0]);
    names.push(() -> remove(file));
    return channel;
  }

  private void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    forced.remove(file);
  }

  /** Writes some bytes, whose position moves on by as much as was written. */
  public void write(FileChannel file, ByteBuffer bytes, Action<ByteBuffer> really)
      throws IOException {
    if (!strikes(Operation.WRITE)) {
      really.on(bytes);
      return;
    }
    if (fault != Fault.WRITE_ERROR) {
      ByteBuffer half = bytes.slice(bytes.position(), (bytes.remaining() + 1) / 2);
      really.on(half);
      bytes.position(bytes.position() + half.position());
    }
    if (fault != Fault.SHORT_WRITE) {
      throw failure(path(file));
    }
  }

  /** Waits until a file is on the disk. */
  public void force(FileChannel file, Action<FileChannel> really) throws IOException {
    if (strikes(Operation.FORCE)) {
      throw failure(path(file));
    }
    really.on(file);
    forced.put(path(file), Files.readAllBytes(path(file)));
  }

  /** Gives a file another name, in place of any file that has it. */
  public void rename(Path from, Path to, Renaming really) throws IOException {
    if (strikes(Operation.RENAME)) {
      throw failure(to);
    }
    byte[] old = Files.exists(to) ? Files.readAllBytes(to) : null;
    really.of(from, to);
    byte[] content = forced.remove(from);
    if (content != null) {
      forced.put(to, content);
    }
    names.push(
        () -> {
          // Its temporary name was not forced either.
          remove(to);
          if (old != null) {
            Files.write(to, old);
          }
        });
  }

  /** Waits until the names in a folder are on the disk. */
  public void forceFolder(Path folder, Action<Path> really) throws IOException {
    if (strikes(Operation.FORCE_FOLDER)) {
      throw failure(folder);
    }
    really.on(folder);
    names.clear();
  }

  /** Deletes a file if it is there. */
  public void delete(Path file, Action<Path> really) throws IOException {
    if (strikes(Operation.DELETE)) {
      throw failure(file);
    }
    if (!Files.exists(file)) {
      return;
    }
    byte[] old = Files.readAllBytes(file);
    byte[] content = forced.remove(file);
    really.on(file);
    names.push(
        () -> {
          Files.write(file, old);
          if (content != null) {
            forced.put(file, content);
          }
        });
  }
}
