package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import org.jspecify.annotations.Nullable;

/** The loss of data that are never trained on, with noise that is the same at every call. */
final class Validation {

  private static final int BATCH = 1_000;

  private final Engine engine;
  private final ImageSource target;
  private final ImageSource input;

  Validation(Engine engine, ImageSource data, @Nullable Corruption corruption, long seed) {
    this.engine = engine;
    this.target = data;
    this.input = corruption == null ? data : corruption.applyTo(data, seed);
  }

  double loss() {
    int length = target.shape().size();
    int size = target.size();
    int capacity = Math.min(size, engine.portion(BATCH));
    float[] wanted = new float[capacity * length];
    float[] seen = input == target ? wanted : new float[capacity * length];
    double sum = 0;
    for (int start = 0, n; start < size; start += n) {
      n = Math.min(capacity, size - start);
      for (int i = 0; i < n; i++) {
        target.read(start + i, wanted, i * length);
        BatchLoader.requireUnitRange(start + i, wanted, i * length, length);
        if (input != target) {
          input.read(start + i, seen, i * length);
        }
      }
      sum += engine.loss(seen, wanted, n, start) * n;
    }
    return sum / size;
  }
}
