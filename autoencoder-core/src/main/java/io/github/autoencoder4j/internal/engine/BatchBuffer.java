package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.data.ImageShape;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Native memory for one batch, kept from step to step. */
final class BatchBuffer implements AutoCloseable {

  private final boolean images;
  private final ImageShape shape;
  private @Nullable INDArray array;

  /**
   * Starts empty.
   *
   * @param images whether batches are {@code [n, channels, height, width]} instead of {@code [n,
   *     values]}
   */
  BatchBuffer(ImageShape shape, boolean images) {
    this.shape = shape;
    this.images = images;
  }

  /** Copies samples in and returns an array of exactly that many; valid until the next call. */
  INDArray filled(FloatBuffer samples, int n) {
    INDArray whole = array;
    if (whole == null || whole.size(0) < n) {
      close();
      whole = Nd4j.createUninitialized(DataType.FLOAT, Engine.shape(shape, n, images), 'c');
      array = whole;
    }
    INDArray part = whole.size(0) == n ? whole : whole.get(NDArrayIndex.interval(0, n));
    Buffers.of(part).put(samples.slice(0, (int) part.length()));
    return part;
  }

  @Override
  public void close() {
    if (array != null) {
      array.close();
      array = null;
    }
  }
}
