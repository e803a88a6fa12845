package io.github.autoencoder4j.datasets.internal.pack;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.Item;
import io.github.autoencoder4j.datasets.internal.items.ItemFeed;
import io.github.autoencoder4j.datasets.internal.items.Skipped;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a feed as shards and, when none is missing, the index. Whatever ends the process leaves
 * only whole shards, and the next run goes on after the last of them.
 */
public final class PackWriter {

  private final ItemFeed feed;
  private final Path directory;
  private final int recordsPerShard;
  private final Disk disk;
  private final BiConsumer<Long, Long> progress;
  private final ShardTrailer.Origin origin;

  private final List<Integer> counts = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<String> classes = new ArrayList<>();
  private int classesPublished;
  private long candidates;
  private @Nullable ShardWriter shard;

  private PackWriter(
      ItemFeed feed,
      Path directory,
      int recordsPerShard,
      Disk disk,
      BiConsumer<Long, Long> progress) {
    this.feed = feed;
    this.directory = directory;
    this.recordsPerShard = recordsPerShard;
    this.disk = disk;
    this.progress = progress;
    this.origin = new ShardTrailer.Origin(feed.identity(), feed.shape());
  }

  /**
   * Writes what is missing.
   *
   * @param feed what to pack
   * @param directory where to; created if missing
   * @param recordsPerShard how many pictures a file has
   * @param disk what to write to
   * @param progress told how many candidates are done, and how many there are, or -1
   * @throws UnusableDataException if the folder holds pictures of another source, or the feed has
   *     none
   * @throws IllegalStateException if somebody else is packing into this folder
   * @throws UncheckedIOException if it cannot be written; what was packed so far is kept
   */
  public static void pack(
      ItemFeed feed,
      Path directory,
      int recordsPerShard,
      Disk disk,
      BiConsumer<Long, Long> progress) {
    PackWriter writer = new PackWriter(feed, directory, recordsPerShard, disk, progress);
    try {
      disk.createFolders(directory);
      try (FolderLock lock =
          FolderLock.take(directory, "pack.lock")
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          directory
                              + " is being packed by somebody else; wait for them or choose"
                              + " another"))) {
        writer.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          ("packing into %s failed (%s); the %s pictures packed so far are kept: remove the cause,"
                  + " such as a full disk, and pack again with the same arguments to resume")
              .formatted(directory, e, writer.counts.stream().mapToLong(count -> count).sum()),
          e);
    }
  }

  private void run() throws IOException {
    deleteParts();
    if (isFinished()) {
      return;
    }
    resume();
    for (String name : feed.classNames()) {
      label(name);
    }
    progress.accept(candidates, feed.count());
    try {
      feed.feed(candidates, this::add);
      publishShard();
    } finally {
      if (shard != null) {
        shard.close();
      }
    }
    ImmutableIntArray sizes = ImmutableIntArray.copyOf(counts);
    if (sizes.stream().sum() == 0) {
      deleteShards();
      throw new UnusableDataException(
          "there is no picture to pack: %s files were left out, such as %s"
              .formatted(skipped.size(), skipped.subList(0, Math.min(3, skipped.size()))));
    }
    byte[] index = new PackIndex(origin, sizes, classes, skipped).sealed();
    AtomicFile.write(PackIndex.file(directory), disk, out -> out.write(index));
  }

  /** What runs that were ended left half done. Nobody is writing it now: the lock says so. */
  private void deleteParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*.ae4j.part")) {
      for (Path part : parts) {
        disk.delete(part);
      }
    }
  }

  /** Else the next run would go on after them, and overlook pictures that were added meanwhile. */
  private void deleteShards() throws IOException {
    // From the last, so that being ended here leaves no gap.
    for (int i = counts.size() - 1; i >= 0; i--) {
      disk.delete(PackIndex.shardFile(directory, i));
    }
  }

  private boolean isFinished() throws IOException {
    try {
      checkOrigin(PackIndex.read(directory).origin());
      return true;
    } catch (NoSuchFileException | BrokenPictureException e) {
      return false; // the shards hold all that an index needs
    }
  }

  private void resume() throws IOException {
    while (true) {
      ShardTrailer trailer;
      try (FileChannel file =
          FileChannel.open(
              PackIndex.shardFile(directory, counts.size()), StandardOpenOption.READ)) {
        trailer = ShardTrailer.read(file);
      } catch (NoSuchFileException | BrokenPictureException e) {
        return; // from here on everything is written anew
      }
      checkOrigin(trailer.origin());
      if (trailer.firstCandidate() != candidates) {
        return; // left over from a run with shards of another length
      }
      counts.add(trailer.labels().length());
      classes.addAll(trailer.newClasses());
      skipped.addAll(trailer.skipped());
      candidates = trailer.nextCandidate();
      classesPublished = classes.size();
    }
  }

  private void checkOrigin(ShardTrailer.Origin found) {
    if (!found.equals(origin)) {
      throw new UnusableDataException(
          ("%s already holds packed pictures of %s (%s), not of %s (%s); choose another folder or"
                  + " delete that one")
              .formatted(
                  directory, found.identity(), found.shape(), origin.identity(), origin.shape()));
    }
  }

  private void add(Item item) throws IOException {
    if (shard == null) {
      shard =
          new ShardWriter(disk, PackIndex.shardFile(directory, counts.size()), origin, candidates);
    }
    candidates++;
    if (item.skipped() != null) {
      shard.add(item.skipped());
    } else if (item.pixels() != null && item.className() != null) {
      shard.add(item.pixels(), label(item.className()));
    }
    if (shard.count() == recordsPerShard) {
      publishShard();
    }
    progress.accept(candidates, feed.count());
  }

  private int label(String className) {
    int label = classes.indexOf(className);
    if (label < 0) {
      label = classes.size();
      classes.add(className);
    }
    return label;
  }

  private void publishShard() throws IOException {
    if (shard == null) {
      return;
    }
    shard.publish(candidates, List.copyOf(classes.subList(classesPublished, classes.size())));
    counts.add(shard.count());
    skipped.addAll(shard.skipped());
    classesPublished = classes.size();
    shard = null;
  }
}
