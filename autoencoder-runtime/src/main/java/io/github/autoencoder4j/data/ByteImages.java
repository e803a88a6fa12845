package io.github.autoencoder4j.data;

import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;

/** Labelled samples held as unsigned bytes in one array. */
final class ByteImages implements LabeledImageSource {

  /** A table beats a division: one load a value. */
  private static final float[] UNIT = new float[256];

  static {
    for (int i = 0; i < 256; i++) {
      UNIT[i] = i / 255f;
    }
  }

  private final ImageShape shape;
  private final byte[] pixels;
  private final int[] labels;
  private final List<String> classNames;

  ByteImages(ImageShape shape, byte[] pixels, int[] labels, List<String> classNames) {
    if (pixels.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          "%s labels and shape %s need %s bytes, but there are %s"
              .formatted(labels.length, shape, (long) labels.length * shape.size(), pixels.length));
    }
    LabeledView.requireNamed(labels, classNames);
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
    this.classNames = classNames;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    int length = shape.size();
    int start = Objects.checkIndex(index, labels.length) * length;
    Objects.checkFromIndexSize(offset, length, destination.length);
    for (int i = 0; i < length; i++) {
      destination[offset + i] = UNIT[pixels[start + i] & 0xFF];
    }
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    int length = shape.size();
    int start = Objects.checkIndex(index, labels.length) * length;
    if (destination.remaining() < length) {
      throw new BufferOverflowException();
    }
    int at = destination.position();
    for (int i = 0; i < length; i++) {
      destination.put(at + i, UNIT[pixels[start + i] & 0xFF]);
    }
    destination.position(at + length);
  }

  @Override
  public int label(int index) {
    return labels[Objects.checkIndex(index, labels.length)];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
