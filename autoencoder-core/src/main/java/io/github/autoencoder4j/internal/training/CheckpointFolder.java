package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.FolderLock;
import io.github.autoencoder4j.internal.files.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one run. While it is open, no other run can write there. */
public final class CheckpointFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

  private static final String BEST = "best.aemodel";

  private static final Pattern NAMES = Pattern.compile("checkpoint-\\d{10}\\.aemodel");

  private final Path folder;
  private final ModelPart model;
  private final Disk disk;
  private final FolderLock lock;

  /** Folders with the name of a new one in them, which is not on the disk yet. */
  private final Deque<Path> parents;

  private CheckpointFolder(
      Path folder, ModelPart model, Disk disk, FolderLock lock, Deque<Path> parents) {
    this.folder = folder;
    this.model = model;
    this.disk = disk;
    this.lock = lock;
    this.parents = parents;
  }

  /**
   * Opens a folder, creating it if missing, and removes what processes that were ended left half
   * done.
   *
   * @throws IllegalStateException if another run has it open
   */
  static CheckpointFolder open(Path folder, ModelPart model, Disk disk) throws IOException {
    Deque<Path> parents = parentsOfMissing(folder);
    Files.createDirectories(folder);
    FolderLock lock =
        FolderLock.take(folder)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "another run is writing checkpoints into %s; wait for it or choose another folder"
                            .formatted(folder)));
    AtomicFile.removeStale(folder, disk);
    return new CheckpointFolder(folder, model, disk, lock, parents);
  }

  private static Deque<Path> parentsOfMissing(Path folder) {
    Deque<Path> parents = new ArrayDeque<>();
    Path missing = folder.toAbsolutePath();
    while (missing.getParent() != null && !Files.exists(missing)) {
      missing = missing.getParent();
      parents.push(missing);
    }
    return parents;
  }

  /**
   * Reads the newest checkpoint in a folder that is whole. Those that are not are logged.
   *
   * @param <T> what it is read as
   * @param folder the folder, which may be in use
   * @param reader reads one
   * @return what was read
   * @throws UnreadableModelException if there is no checkpoint, or none is whole
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static <T> T newest(Path folder, Function<Path, T> reader) {
    List<Path> files;
    try {
      files = list(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder %s cannot be read".formatted(folder), e);
    }
    for (Path file : files) {
      try {
        return reader.apply(file);
      } catch (UnreadableModelException e) {
        LOG.warn("a damaged checkpoint is left out: {}", e.getMessage());
      } catch (UncheckedIOException e) {
        if (Files.exists(file)) {
          throw e;
        }
        if (Files.isSymbolicLink(file)) {
          LOG.warn("a link that leads to no checkpoint is left out: {}", file);
          continue;
        }
        // A run that is going on has written a newer one since, and deleted this.
        return newest(folder, reader);
      }
    }
    if (files.isEmpty()) {
      throw new UnreadableModelException(folder, 0, "it is a folder without checkpoints");
    }
    throw new UnreadableModelException(
        folder,
        0,
        "it is a folder, but none of its %s checkpoints is whole".formatted(files.size()));
  }

  /** The checkpoints in a folder, newest first. */
  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAMES.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
  }

  List<Path> list() throws IOException {
    return list(folder);
  }

  /**
   * Reads the newest checkpoint that is whole.
   *
   * @param damaged told of those that are not
   * @return empty if there are no checkpoints
   * @throws AutoencoderException if there are, but none is whole
   */
  Optional<Snapshot> newest(BiConsumer<Path, Exception> damaged) throws IOException {
    List<Path> files = list();
    Exception last = null;
    for (Path file : files) {
      try {
        return Optional.of(Uninterrupted.read(() -> CheckpointFile.read(file, model)));
      } catch (IOException | AutoencoderException e) {
        damaged.accept(file, e);
        last = e;
      }
    }
    if (last != null) {
      throw new AutoencoderException(
          ("none of the %s checkpoints in %s can be read, so the run cannot be resumed (%s);"
                  + " choose another folder to start afresh")
              .formatted(files.size(), folder, last.getMessage()),
          last);
    }
    return Optional.empty();
  }

  /**
   * Writes a checkpoint, then deletes those that are too old. Any from a later step were damaged,
   * or this run would have begun there; they go too, so that none is taken for newer than this one.
   */
  void write(Engine engine, RunState run, Circumstances circumstances, int keepLast)
      throws IOException {
    // Padded, so that the order of names is the order of steps.
    String name =
        String.format(Locale.ROOT, "checkpoint-%010d.aemodel", engine.store().iteration());
    Path file = folder.resolve(name);
    write(file, engine, run, circumstances);
    List<Path> files = list();
    int newest = files.indexOf(file);
    for (int i = 0; i < files.size(); i++) {
      if (i < newest || i >= newest + keepLast) {
        disk.delete(files.get(i));
      }
    }
  }

  void writeBest(Engine engine, RunState run, Circumstances circumstances) throws IOException {
    write(folder.resolve(BEST), engine, run, circumstances);
  }

  private void write(Path file, Engine engine, RunState run, Circumstances circumstances)
      throws IOException {
    AtomicFile.write(
        file, disk, out -> CheckpointFile.write(engine, run, circumstances, model, out));
    while (!parents.isEmpty()) {
      Path parent = parents.element();
      Uninterrupted.read(
          () -> {
            disk.forceFolder(parent);
            return parent;
          });
      parents.remove();
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
