package io.github.autoencoder4j.datasets.internal.pack;

import com.google.common.primitives.ImmutableIntArray;
import io.github.autoencoder4j.datasets.internal.items.Skipped;
import io.github.autoencoder4j.internal.files.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes one shard: records, then trailer, beside its name; then forces it to disk and gives it its
 * name. Until then it does not exist for anybody else.
 */
final class ShardWriter implements AutoCloseable {

  private final Disk disk;
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final ShardTrailer.Origin origin;
  private final long firstCandidate;
  private final ImmutableIntArray.Builder labels = ImmutableIntArray.builder();
  private final ImmutableIntArray.Builder checksums = ImmutableIntArray.builder();
  private final List<Skipped> skipped = new ArrayList<>();
  private int count;

  ShardWriter(Disk disk, Path target, ShardTrailer.Origin origin, long firstCandidate)
      throws IOException {
    this.disk = disk;
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.origin = origin;
    this.firstCandidate = firstCandidate;
    this.channel = disk.create(part);
  }

  void add(byte[] pixels, int label) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(pixels);
    disk.writeFully(channel, ByteBuffer.wrap(pixels));
    labels.add(label);
    checksums.add((int) checksum.getValue());
    count++;
  }

  void add(Skipped file) {
    skipped.add(file);
  }

  int count() {
    return count;
  }

  List<Skipped> skipped() {
    return skipped;
  }

  void publish(long nextCandidate, List<String> newClasses) throws IOException {
    ShardTrailer trailer =
        new ShardTrailer(
            origin,
            firstCandidate,
            nextCandidate,
            labels.build(),
            checksums.build(),
            newClasses,
            skipped);
    disk.writeFully(channel, ByteBuffer.wrap(trailer.sealed()));
    disk.force(channel);
    channel.close();
    disk.publish(part, target);
  }

  /** Gives up the shard unless it was published; on a full disk its space is wanted back. */
  @Override
  public void close() throws IOException {
    channel.close();
    disk.delete(part);
  }
}
