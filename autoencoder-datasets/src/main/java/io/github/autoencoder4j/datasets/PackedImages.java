package io.github.autoencoder4j.datasets;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.io.Closer;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import io.github.autoencoder4j.datasets.internal.items.ItemFeed;
import io.github.autoencoder4j.datasets.internal.items.Pixels;
import io.github.autoencoder4j.datasets.internal.items.SourceFeed;
import io.github.autoencoder4j.datasets.internal.pack.PackIndex;
import io.github.autoencoder4j.datasets.internal.pack.PackWriter;
import io.github.autoencoder4j.datasets.internal.pack.Shard;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.files.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pictures packed into a few large files of bytes, which are read in any order: for data sets that
 * do not fit the heap, or take long to decode. Half a million pictures need no more heap than a
 * thousand.
 *
 * <pre>{@code
 * try (PackedImages dogs = PackedImages.pack(Dogs.synthetic(500_000, 7), Path.of("dogs-packed"))) {
 *   autoencoder.fit(dogs, training);
 * }
 * PackedImages again = PackedImages.open(Path.of("dogs-packed"));
 * }</pre>
 *
 * <p>Packing runs on all cores. If it is ended, by whatever, packing again with the same arguments
 * goes on where it stopped; if all is packed already, it just opens. Every picture is checked
 * against its checksum (CRC-32C) whenever it is read.
 *
 * <p>Thread-safe.
 */
public final class PackedImages implements LabeledImageSource, AutoCloseable {

  /** Small enough that little is lost when packing is ended, large enough to be few. */
  private static final long SHARD_BYTES = 64L << 20;

  private final Path directory;
  private final PackIndex index;
  private volatile @Nullable List<Shard> shards; // null when closed

  /** The index of the first picture of each shard. */
  private final int[] starts;

  private final int size;

  private final List<SkippedFile> skipped;

  /** Memory of one record, for who reads next: to allocate it takes longer than to read into it. */
  private final AtomicReference<byte @Nullable []> spareRecord = new AtomicReference<>();

  private PackedImages(Path directory, PackIndex index) {
    this.directory = directory;
    this.index = index;
    this.starts = new int[index.counts().length()];
    List<Shard> opened = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = next;
      opened.add(Shard.open(directory, index, i));
      next = Math.addExact(next, index.counts().get(i));
    }
    this.size = next;
    this.skipped = SkippedFile.listOf(index.skipped());
    this.shards = List.copyOf(opened);
  }

  /**
   * Packs all samples of a source, as bytes: values are rounded to multiples of 1/255.
   *
   * @param source what to pack; read once, on all cores
   * @param directory where to; created if missing
   * @return the packed samples
   * @throws UnusableDataException if the folder holds other packed pictures, or the source is empty
   * @throws IllegalArgumentException if two classes of the source have the same name
   * @throws IllegalStateException if somebody else is packing into this folder
   * @throws UncheckedIOException if it cannot be written, for example because the disk is full;
   *     what was packed so far is kept
   */
  public static PackedImages pack(LabeledImageSource source, Path directory) {
    return pack(source, directory, Progress.NONE);
  }

  /**
   * Packs all samples of a source, as bytes, and tells how far it has come, in samples.
   *
   * @param source what to pack; read once, on all cores
   * @param directory where to; created if missing
   * @param progress told after each sample
   * @return the packed samples
   * @throws UnusableDataException if the folder holds other packed pictures, or the source is empty
   * @throws IllegalArgumentException if two classes of the source have the same name
   * @throws IllegalStateException if somebody else is packing into this folder
   * @throws UncheckedIOException if it cannot be written, for example because the disk is full;
   *     what was packed so far is kept
   */
  public static PackedImages pack(LabeledImageSource source, Path directory, Progress progress) {
    List<String> names = source.classNames();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two classes have the same name: " + names);
    }
    return pack(new SourceFeed(source), directory, progress);
  }

  static PackedImages pack(ItemFeed feed, Path directory, Progress progress) {
    long records = Math.max(1, SHARD_BYTES / feed.shape().size());
    return pack(feed, directory, (int) records, Disk.SYSTEM, progress);
  }

  static PackedImages pack(
      ItemFeed feed, Path directory, int recordsPerShard, Disk disk, Progress progress) {
    PackWriter.pack(feed, directory, recordsPerShard, disk, progress::update);
    return open(directory);
  }

  /**
   * Opens packed pictures.
   *
   * @param directory where they were packed to
   * @return the pictures; to be closed
   * @throws UnusableDataException if the directory does not exist, packing was not finished or the
   *     index is damaged; damaged shards are reported when their pictures are read, and by {@link
   *     #verify()}
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static PackedImages open(Path directory) {
    try {
      return new PackedImages(directory, PackIndex.read(directory));
    } catch (NoSuchFileException e) {
      if (!Files.exists(directory)) {
        throw new UnusableDataException(
            "%s does not exist; looked for packed pictures at %s"
                .formatted(directory, directory.toAbsolutePath()),
            e);
      }
      throw new UnusableDataException(
          "%s holds no finished packed pictures: %s is missing; pack into it first, again if that was ended"
              .formatted(directory, PackIndex.file(directory).getFileName()),
          e);
    } catch (BrokenPictureException e) {
      throw new UnusableDataException(
          "%s %s; delete it and pack again, which keeps all whole shards"
              .formatted(PackIndex.file(directory), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open %s: %s".formatted(directory, e), e);
    }
  }

  /**
   * Reads everything and checks it.
   *
   * @return what is damaged, one message a picture, naming shard and record; empty if all is well
   * @throws IllegalStateException if closed
   */
  public List<String> verify() {
    List<String> damages = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      try {
        read(i, pixels -> {});
      } catch (UnusableDataException e) {
        damages.add(String.valueOf(e.getMessage()));
      }
    }
    return damages;
  }

  /**
   * The files that were left out when pictures were packed from files.
   *
   * @return each with the reason, in the order of reading; immutable
   */
  public List<SkippedFile> skipped() {
    return skipped;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageShape shape() {
    return index.shape();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableDataException if this picture was damaged on disk; the message names shard and
   *     record
   * @throws IllegalStateException if closed
   */
  @Override
  public void read(int index, float[] destination, int offset) {
    read(index, pixels -> Pixels.toUnit(pixels, destination, offset));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableDataException if this picture was damaged on disk; the message names shard and
   *     record
   * @throws IllegalStateException if closed
   */
  @Override
  public void read(int index, FloatBuffer destination) {
    read(index, pixels -> Pixels.toUnit(pixels, destination));
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnusableDataException if the shard of this picture was damaged on disk
   * @throws IllegalStateException if closed
   */
  @Override
  public int label(int index) {
    List<Shard> open = shards();
    int shard = shardOf(index);
    return open.get(shard).label(index - starts[shard]);
  }

  /**
   * Tells pictures from others by the checksums and classes that the shards list, without reading
   * them: for machines that have to make sure that they see the same.
   *
   * @param from the first picture
   * @param to one past the last picture
   * @return the same for equal pictures of equal classes in the same order, wherever they lie
   * @throws IndexOutOfBoundsException if the range does not lie within the pictures
   * @throws UnusableDataException if a shard of theirs is missing or damaged
   * @throws IllegalStateException if closed
   */
  public String digest(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    List<Shard> open = shards();
    Hasher hasher = Hashing.murmur3_128().newHasher();
    hasher.putInt(shape().height()).putInt(shape().width()).putInt(shape().channels());
    classNames().forEach(name -> hasher.putUnencodedChars(name).putChar('/'));
    for (int i = from; i < to; i++) {
      int shard = shardOf(i);
      int record = i - starts[shard];
      hasher.putInt(open.get(shard).checksum(record)).putInt(open.get(shard).label(record));
    }
    return hasher.hash().toString();
  }

  @Override
  public List<String> classNames() {
    return index.classNames();
  }

  private void read(int index, Consumer<byte[]> use) {
    List<Shard> open = shards();
    int shard = shardOf(index);
    byte[] pixels;
    try {
      pixels = open.get(shard).read(index - starts[shard], spareRecord.getAndSet(null));
    } catch (UnusableDataException e) {
      shards(); // says so if they were closed meanwhile
      throw e;
    }
    use.accept(pixels);
    spareRecord.set(pixels);
  }

  private List<Shard> shards() {
    List<Shard> open = shards;
    if (open == null) {
      throw new IllegalStateException("the packed pictures in " + directory + " are closed");
    }
    return open;
  }

  private int shardOf(int index) {
    Objects.checkIndex(index, size);
    // Binary search between the starts; empty shards share a start, the last of them is not empty.
    int low = 0;
    int high = starts.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= index) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Ends the use of the files. Closing twice is harmless. */
  @Override
  public void close() {
    List<Shard> open = shards;
    shards = null;
    if (open != null) {
      try (Closer files = Closer.create()) {
        open.forEach(files::register);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close %s: %s".formatted(directory, e), e);
      }
    }
  }
}
