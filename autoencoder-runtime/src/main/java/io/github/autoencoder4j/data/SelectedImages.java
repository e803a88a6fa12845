package io.github.autoencoder4j.data;

import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;

/** A view of chosen samples of another source. */
final class SelectedImages implements ImageSource {

  private final ImageSource source;
  private final int[] indices;

  SelectedImages(ImageSource source, int[] indices) {
    this.source = source;
    this.indices = indices.clone();
    for (int index : this.indices) {
      Objects.checkIndex(index, source.size());
    }
  }

  /** The indices {@code from} to {@code to - 1}, checked against {@code size}. */
  static int[] range(int from, int to, int size) {
    Objects.checkFromToIndex(from, to, size);
    int[] indices = new int[to - from];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = from + i;
    }
    return indices;
  }

  int sourceIndex(int index) {
    return indices[Objects.checkIndex(index, indices.length)];
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public Optional<TableSchema> columns() {
    return source.columns();
  }

  @Override
  public void read(int index, float[] destination, int offset) {
    source.read(sourceIndex(index), destination, offset);
  }

  @Override
  public void read(int index, FloatBuffer destination) {
    source.read(sourceIndex(index), destination);
  }
}
