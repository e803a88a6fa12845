package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.loss.Objective;
import org.jspecify.annotations.Nullable;

/** The objective of data that are never trained on, with noise that is the same at every call. */
final class Validation {

  private static final int BATCH = 1_000;

  private final Engine engine;
  private final ImageSource target;
  private final ValueRange range;
  private final ImageSource input;

  Validation(Engine engine, ImageSource data, @Nullable Corruption corruption, long seed) {
    this.engine = engine;
    this.target = data;
    this.range = engine.spec().output().range();
    this.input = corruption == null ? data : corruption.applyTo(data, range, seed);
  }

  Objective objective() {
    int length = target.shape().size();
    int size = target.size();
    int capacity = Math.min(size, engine.forward().portion(BATCH));
    float[] wanted = new float[capacity * length];
    float[] seen = input == target ? wanted : new float[capacity * length];
    ObjectiveMean mean = new ObjectiveMean();
    for (int start = 0, n; start < size; start += n) {
      n = Math.min(capacity, size - start);
      for (int i = 0; i < n; i++) {
        target.read(start + i, wanted, i * length);
        BatchLoader.requireRange(range, start + i, wanted, i * length, length);
        if (input != target) {
          input.read(start + i, seen, i * length);
        }
      }
      mean.add(engine.forward().objective(seen, wanted, n, start), n);
    }
    return mean.over(size);
  }
}
