package io.github.autoencoder4j.spark;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The samples of one partition in memory, of which images take a byte a value. Immutable. */
final class PartitionRows implements ImageSource, WorkerSamples {

  private static final long serialVersionUID = 1L;

  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < UNIT.length; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final int partition;
  private final int height;
  private final int width;
  private final int channels;
  private final float[][] numbers;
  private final byte[][] bytes;
  private final String digest;

  private PartitionRows(int partition, ImageShape shape, float[][] numbers, byte[][] bytes) {
    this.partition = partition;
    this.height = shape.height();
    this.width = shape.width();
    this.channels = shape.channels();
    this.numbers = numbers;
    this.bytes = bytes;
    Hasher hasher = Hashing.murmur3_128().newHasher();
    for (float[] row : numbers) {
      for (float value : row) {
        hasher.putInt(Float.floatToRawIntBits(value));
      }
    }
    for (byte[] row : bytes) {
      hasher.putBytes(row);
    }
    this.digest = hasher.hash().toString();
  }

  /** Gathers samples. */
  static final class Builder {
    private final ImageShape shape;
    private final List<float[]> numbers = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();

    Builder(ImageShape shape) {
      this.shape = shape;
    }

    /** Adds numbers. */
    void add(float[] sample) {
      numbers.add(sample);
    }

    /** Adds an image, of whose bytes 255 is 1. */
    void add(byte[] sample) {
      bytes.add(sample);
    }

    PartitionRows build(int partition) {
      return new PartitionRows(
          partition, shape, numbers.toArray(new float[0][]), bytes.toArray(new byte[0][]));
    }
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public ImageSource samples() {
    return this;
  }

  @Override
  public int size() {
    return numbers.length + bytes.length;
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(height, width, channels);
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    Objects.checkIndex(index, size());
    if (bytes.length == 0) {
      System.arraycopy(numbers[index], 0, destination, offset, numbers[index].length);
      return;
    }
    byte[] row = bytes[index];
    Objects.checkFromIndexSize(offset, row.length, destination.length);
    for (int i = 0; i < row.length; i++) {
      destination[offset + i] = UNIT[row[i] & 0xFF];
    }
  }

  /** So many samples from all over the partition, or all if there are fewer. */
  float[][] spread(int count) {
    float[][] rows = new float[Math.min(count, size())][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = get((int) ((long) i * size() / rows.length));
    }
    return rows;
  }
}
