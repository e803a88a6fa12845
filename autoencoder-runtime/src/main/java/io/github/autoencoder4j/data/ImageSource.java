package io.github.autoencoder4j.data;

import io.github.autoencoder4j.table.TableSchema;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * A data set: {@link #size()} samples of one {@link #shape()}, each readable at any time.
 *
 * <p>Values lie in [0, 1], or in what range the output of the autoencoder has, plane by plane as
 * {@link ImageShape} says. Reading the same index twice gives the same values, and size and shape
 * stay as they are while a call reads. Implementations must allow reads from several threads at
 * once, because training reads the next batch while the current one is computed.
 *
 * <pre>{@code
 * ImageSource train = ImageSource.of(ImageShape.vector(30), rows); // float[n][30]
 * ImageSource first = train.slice(0, 1_000);
 * }</pre>
 */
public interface ImageSource {

  /**
   * How many samples there are.
   *
   * @return the number of samples; at least 0
   */
  int size();

  /**
   * The shape all samples share.
   *
   * @return the shape of one sample
   */
  ImageShape shape();

  /**
   * Gives the columns of the table that the samples are rows of, by which their values were scaled.
   * A model that was built for columns refuses samples that were scaled by others.
   *
   * @return the same at each call; empty if the samples are no rows of a table, or nothing is known
   *     of it
   */
  default Optional<TableSchema> columns() {
    return Optional.empty();
  }

  /**
   * Copies one sample into a buffer.
   *
   * @param index which sample, from 0 to {@code size() - 1}
   * @param destination receives {@code shape().size()} values in [0, 1]
   * @param offset where in {@code destination} the first value goes
   * @throws IndexOutOfBoundsException if there is no such sample or the buffer is too short
   */
  void read(int index, float[] destination, int offset);

  /**
   * Copies one sample to where a buffer stands, which may lie outside of the heap, and leaves the
   * buffer behind it. Training and inference read so. A source that does not hold arrays of floats
   * saves them a copy if it overrides this.
   *
   * @param index which sample, from 0 to {@code size() - 1}
   * @param destination receives {@code shape().size()} values in [0, 1]; what is written to it
   *     after this has returned may be read as part of a later sample, and does no other harm
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws java.nio.BufferOverflowException if the rest of the buffer is too short
   */
  default void read(int index, FloatBuffer destination) {
    destination.put(get(index));
  }

  /**
   * Copies one sample into a new array.
   *
   * @param index which sample, from 0 to {@code size() - 1}
   * @return {@code shape().size()} values in [0, 1]
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  default float[] get(int index) {
    float[] values = new float[shape().size()];
    read(index, values, 0);
    return values;
  }

  /**
   * Copies all samples into arrays, one a sample.
   *
   * @return {@code float[size()][shape().size()]}
   */
  default float[][] toArrays() {
    float[][] rows = new float[size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = get(i);
    }
    return rows;
  }

  /**
   * A view of some samples, in the given order.
   *
   * @param indices which samples, each from 0 to {@code size() - 1}; the same may occur twice
   * @return a source that reads from this one
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  default ImageSource select(int... indices) {
    return new SelectedImages(this, indices);
  }

  /**
   * A view of neighbouring samples.
   *
   * @param from the first sample
   * @param to one past the last sample
   * @return a source that reads from this one
   * @throws IndexOutOfBoundsException if the range does not lie within this source
   */
  default ImageSource slice(int from, int to) {
    return select(SelectedImages.range(from, to, size()));
  }

  /**
   * A source over arrays in memory. The arrays are copied.
   *
   * @param shape the shape of each sample
   * @param samples {@code float[n][shape.size()]} with values in [0, 1]
   * @return a source of {@code n} samples
   * @throws IllegalArgumentException if a sample has another length, or holds a value that is not a
   *     number in [0, 1]; the message names the sample and the value
   */
  static ImageSource of(ImageShape shape, float[][] samples) {
    return of(shape, ValueRange.UNIT, samples);
  }

  /**
   * A source over arrays in memory, of any range. The arrays are copied.
   *
   * @param shape the shape of each sample
   * @param range the values that samples may have
   * @param samples {@code float[n][shape.size()]}
   * @return a source of {@code n} samples
   * @throws IllegalArgumentException if a sample has another length, or holds a value that is not
   *     in the range; the message names the sample and the value
   */
  static ImageSource of(ImageShape shape, ValueRange range, float[][] samples) {
    return FloatImages.copyOf(
        Objects.requireNonNull(shape, "shape"),
        Objects.requireNonNull(range, "range"),
        Objects.requireNonNull(samples, "samples"));
  }
}
