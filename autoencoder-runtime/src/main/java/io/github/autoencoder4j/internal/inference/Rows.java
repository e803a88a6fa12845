package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RowWriter;
import io.github.autoencoder4j.internal.samples.SampleMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Samples and codes between sources, rows and batches. */
public final class Rows {

  private static final int SIGN = 0x80000000;

  /** The bits of the largest finite float. Non-negative floats are ordered as their bits are. */
  private static final int LARGEST = Float.floatToRawIntBits(Float.MAX_VALUE);

  private Rows() {}

  /**
   * Reads neighbouring samples side by side and checks their range.
   *
   * @param samples where they are
   * @param values how many of each must lie in the range, its first
   * @param range the values that they may have
   * @param start the first
   * @param n how many
   * @return {@code n} samples side by side
   * @throws UnusableDataException if a value is out of range
   */
  public static float[] read(ImageSource samples, int values, ValueRange range, int start, int n) {
    int length = samples.shape().size();
    float[] batch = new float[n * length];
    for (int i = 0; i < n; i++) {
      samples.read(start + i, batch, i * length);
      int wrong =
          SampleMemory.firstOutside(range.least(), range.greatest(), batch, i * length, values);
      if (wrong >= 0) {
        throw outside(range, start + i, batch[i * length + wrong], wrong);
      }
    }
    return batch;
  }

  /** Reads samples one by one, from one on, and checks the range of their first values. */
  static RowReader from(ImageSource samples, int values, ValueRange range, int start) {
    return (row, memory, at) -> {
      samples.read(start + row, memory.at(at));
      int wrong = memory.firstOutside(range.least(), range.greatest(), at, values);
      if (wrong >= 0) {
        throw outside(range, start + row, memory.values().get(at + wrong), wrong);
      }
    };
  }

  private static UnusableDataException outside(
      ValueRange range, int index, float value, int position) {
    return new UnusableDataException(
        "sample %s holds %s at position %s, but values must %s; scale the data as they were scaled for training"
            .formatted(index, value, position, range.rule()));
  }

  /** Writes samples to new arrays, from {@code results[start]} on. */
  static RowWriter into(float[][] results, int start, ImageShape shape) {
    return (row, values) -> {
      float[] result = new float[shape.size()];
      values.get(result);
      results[start + row] = result;
    };
  }

  /**
   * Cuts rows into arrays.
   *
   * @param batch {@code n} rows side by side
   * @param length how much of a row is wanted, its first values
   * @param n how many
   * @param results receives them
   * @param start where the first goes
   */
  public static void split(float[] batch, int length, int n, float[][] results, int start) {
    int width = n == 0 ? 0 : batch.length / n;
    for (int i = 0; i < n; i++) {
      results[start + i] = Arrays.copyOfRange(batch, i * width, i * width + length);
    }
  }

  /**
   * Refuses samples of another shape.
   *
   * @param what they are called
   * @param actual their shape
   * @param expected what the network is fed
   * @throws IllegalArgumentException if they do not fit
   */
  public static void requireShape(String what, ImageShape actual, ImageShape expected) {
    if (!expected.accepts(actual)) {
      throw new IllegalArgumentException(
          "the %s have shape %s, but this autoencoder was built for %s; build one with input(%s, %s, %s)"
              .formatted(
                  what, actual, expected, actual.height(), actual.width(), actual.channels()));
    }
  }

  static boolean isFinite(float[] row) {
    // The sign is set by a subtraction from the largest finite value. Without branches, and without
    // sums that wait for one another.
    int odd = 0;
    for (float value : row) {
      odd |= LARGEST - (Float.floatToRawIntBits(value) & ~SIGN);
    }
    return odd >= 0;
  }

  static void requireFinite(int index, float[] code, int length) {
    // No lambda: it would be garbage of every call.
    if (code == null) {
      throw new NullPointerException("code " + index + " is null");
    }
    if (code.length != length) {
      throw new IllegalArgumentException(
          "code %s has %s values, but a code of this autoencoder has %s"
              .formatted(index, code.length, length));
    }
    for (int j = 0; j < length; j++) {
      if (!Float.isFinite(code[j])) {
        throw new IllegalArgumentException(
            "code %s holds %s at position %s, but only finite values can be decoded"
                .formatted(index, code[j], j));
      }
    }
  }

  /** Refuses one sample that the network cannot be fed. */
  static void requireSample(float[] sample, int length, ValueRange range) {
    requireLength("sample", sample, length);
    int wrong = SampleMemory.firstOutside(range.least(), range.greatest(), sample, 0, length);
    if (wrong >= 0) {
      throw new IllegalArgumentException(
          "the sample holds %s at position %s, but values must %s; scale the data as they were scaled for training"
              .formatted(sample[wrong], wrong, range.rule()));
    }
  }

  static void requireLength(String what, float[] row, int length) {
    Objects.requireNonNull(row, what);
    if (row.length != length) {
      throw new IllegalArgumentException(
          "the %s has room for %s values, but a %s of this autoencoder has %s"
              .formatted(what, row.length, what, length));
    }
  }

  /**
   * Collects all rows that a call hands on.
   *
   * @param call hands them to the consumer
   * @return in that order
   */
  public static float[][] collect(Consumer<RowConsumer> call) {
    List<float[]> rows = new ArrayList<>();
    call.accept((index, row) -> rows.add(row));
    return rows.toArray(float[][]::new);
  }
}
