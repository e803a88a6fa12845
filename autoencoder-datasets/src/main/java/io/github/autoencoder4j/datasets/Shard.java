package io.github.autoencoder4j.datasets;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of packed pictures. A damaged one still answers, with what is wrong with it, so that the
 * other shards stay readable.
 *
 * <p>It is not mapped into memory: when a mapped file shrinks, the JVM throws an {@link
 * InternalError} at some later place, where nobody can tell what it is about. Nor is it read
 * through a channel, which an interrupt of one reader would close for all.
 */
final class Shard implements Closeable {

  private final Path file;
  private final int count;
  private final int recordSize;
  private final @Nullable RandomAccessFile records;
  private final ImmutableIntArray labels;
  private final ImmutableIntArray checksums;
  private final String damage;

  private Shard(
      Path file,
      int count,
      int recordSize,
      @Nullable RandomAccessFile records,
      ImmutableIntArray labels,
      ImmutableIntArray checksums,
      String damage) {
    this.file = file;
    this.count = count;
    this.recordSize = recordSize;
    this.records = records;
    this.labels = labels;
    this.checksums = checksums;
    this.damage = damage;
  }

  /**
   * Opens a shard.
   *
   * @param count how many records the index says it has
   * @param classes how many classes it says there are
   */
  static Shard open(Path file, ShardTrailer.Origin origin, int count, int classes) {
    String damage;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ShardTrailer trailer = ShardTrailer.read(channel);
      if (trailer.origin().equals(origin)
          && trailer.labels().length() == count
          && trailer.labels().stream().allMatch(label -> label >= 0 && label < classes)) {
        return new Shard(
            file,
            count,
            origin.shape().size(),
            new RandomAccessFile(file.toFile(), "r"),
            trailer.labels(),
            trailer.checksums(),
            "");
      }
      damage = "belongs to other packed pictures than the index beside it";
    } catch (IOException e) {
      damage = Item.reason(e);
    }
    ImmutableIntArray none = ImmutableIntArray.of();
    return new Shard(file, count, origin.shape().size(), null, none, none, damage);
  }

  int count() {
    return count;
  }

  int label(int record) {
    if (records == null) {
      throw unusable(record, damage);
    }
    return labels.get(record);
  }

  /**
   * Reads and checks a record.
   *
   * @param spare as long as a record, to be used for it; without it there will be a new array, once
   *     the shard has turned out to hold as much as it says
   */
  byte[] read(int record, byte @Nullable [] spare) {
    if (records == null) {
      throw unusable(record, damage);
    }
    byte[] pixels = spare == null ? new byte[recordSize] : spare;
    try {
      synchronized (records) {
        records.seek((long) record * recordSize);
        records.readFully(pixels);
      }
    } catch (EOFException e) {
      throw unusable(record, "was cut off while it was open");
    } catch (IOException e) {
      throw unusable(record, "cannot be read: " + Item.reason(e));
    }
    CRC32C checksum = new CRC32C();
    checksum.update(pixels);
    if ((int) checksum.getValue() != checksums.get(record)) {
      throw unusable(record, "was changed: it does not match its checksum");
    }
    return pixels;
  }

  private UnusableDataException unusable(int record, String reason) {
    return new UnusableDataException(
        ("record %s of shard %s %s; the other shards are not affected. Delete the shard and the"
                + " index beside it and pack again to repair it")
            .formatted(record, file, reason));
  }

  /** Ends the use of the file. Closing twice is harmless. */
  @Override
  public void close() throws IOException {
    if (records != null) {
      records.close();
    }
  }
}
