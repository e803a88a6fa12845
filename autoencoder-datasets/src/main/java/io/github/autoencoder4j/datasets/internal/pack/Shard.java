package io.github.autoencoder4j.datasets.internal.pack;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.datasets.internal.items.Item;
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
public final class Shard implements Closeable {

  private final Path file;
  private final int recordSize;
  private final @Nullable RandomAccessFile records;
  private final ImmutableIntArray labels;
  private final ImmutableIntArray checksums;
  private final String damage;

  private Shard(
      Path file,
      int recordSize,
      @Nullable RandomAccessFile records,
      ImmutableIntArray labels,
      ImmutableIntArray checksums,
      String damage) {
    this.file = file;
    this.recordSize = recordSize;
    this.records = records;
    this.labels = labels;
    this.checksums = checksums;
    this.damage = damage;
  }

  /**
   * Opens a shard.
   *
   * @param directory the folder it is in
   * @param index of the folder, which says how many records it has, of what shape and classes
   * @param shard its number, from 0
   * @return the shard, whatever is wrong with it
   */
  public static Shard open(Path directory, PackIndex index, int shard) {
    Path file = PackIndex.shardFile(directory, shard);
    int count = index.counts().get(shard);
    int recordSize = index.shape().size();
    String damage;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ShardTrailer trailer = ShardTrailer.read(channel);
      if (trailer.origin().equals(index.origin())
          && trailer.labels().length() == count
          && trailer.labels().stream()
              .allMatch(label -> label >= 0 && label < index.classNames().size())) {
        return new Shard(
            file,
            recordSize,
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
    return new Shard(file, recordSize, null, none, none, damage);
  }

  /**
   * The class of a record.
   *
   * @param record its number in this shard
   * @return an index into the names of the classes
   * @throws UnusableDataException if the shard is damaged
   */
  public int label(int record) {
    if (records == null) {
      throw unusable(record, damage);
    }
    return labels.get(record);
  }

  /**
   * What a record is told by, without reading it.
   *
   * @param record its number in this shard
   * @return its checksum, CRC-32C, as the shard lists it
   * @throws UnusableDataException if the shard is damaged
   */
  public int checksum(int record) {
    if (records == null) {
      throw unusable(record, damage);
    }
    return checksums.get(record);
  }

  /**
   * Reads and checks a record.
   *
   * @param record its number in this shard
   * @param spare as long as a record, to be used for it; without it there will be a new array, once
   *     the shard has turned out to hold as much as it says
   * @return one byte a value, plane by plane
   * @throws UnusableDataException if the shard or the record is damaged
   */
  public byte[] read(int record, byte @Nullable [] spare) {
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
