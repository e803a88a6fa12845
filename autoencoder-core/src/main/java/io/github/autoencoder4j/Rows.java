package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.onednn.RowReader;
import io.github.autoencoder4j.internal.onednn.RowWriter;
import io.github.autoencoder4j.internal.samples.SampleMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Samples and codes between sources, rows and batches. */
final class Rows {

  private Rows() {}

  /** Reads neighbouring samples side by side and checks their range. */
  static float[] read(ImageSource samples, ValueRange range, int start, int n) {
    int length = samples.shape().size();
    float[] batch = new float[n * length];
    for (int i = 0; i < n; i++) {
      samples.read(start + i, batch, i * length);
      int wrong =
          SampleMemory.firstOutside(range.least(), range.greatest(), batch, i * length, length);
      if (wrong >= 0) {
        throw outside(range, start + i, batch[i * length + wrong], wrong);
      }
    }
    return batch;
  }

  /** Reads samples one by one, from one on, and checks their range. */
  static RowReader from(ImageSource samples, ValueRange range, int start) {
    int length = samples.shape().size();
    return (row, memory, at) -> {
      samples.read(start + row, memory.at(at));
      int wrong = memory.firstOutside(range.least(), range.greatest(), at, length);
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

  /** Cuts {@code n} rows side by side into arrays, from {@code results[start]} on. */
  static void split(float[] batch, int length, int n, float[][] results, int start) {
    for (int i = 0; i < n; i++) {
      results[start + i] = Arrays.copyOfRange(batch, i * length, (i + 1) * length);
    }
  }

  static void requireShape(String what, ImageShape actual, ImageShape expected) {
    if (!expected.accepts(actual)) {
      throw new IllegalArgumentException(
          "the %s have shape %s, but this autoencoder was built for %s; build one with input(%s, %s, %s)"
              .formatted(
                  what, actual, expected, actual.height(), actual.width(), actual.channels()));
    }
  }

  static boolean isFinite(float[] row) {
    // Zero times anything else is no number. Without branches, so that it costs next to nothing.
    float poison = 0;
    for (float value : row) {
      poison += 0f * value;
    }
    return poison == 0;
  }

  static void requireFinite(int index, float[] code, int length) {
    Objects.requireNonNull(code, () -> "code " + index + " is null");
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

  /** All rows that a call hands on. */
  static float[][] collect(Consumer<RowConsumer> call) {
    List<float[]> rows = new ArrayList<>();
    call.accept((index, row) -> rows.add(row));
    return rows.toArray(float[][]::new);
  }
}
