package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.sources.ConditionedSource;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Spec;

/** The objective of data that are never trained on, with noise that is the same at every call. */
final class Validation {

  private static final int BATCH = 1_000;

  private final Engine engine;
  private final ImageSource target;
  private final ValueRange range;
  private final ImageSource input;

  Validation(Engine engine, ImageSource data) {
    this.engine = engine;
    this.target = data;
    Spec spec = engine.spec();
    this.range = spec.output().range();
    this.input =
        spec.corruption()
            .map(
                noise ->
                    ConditionedSource.map(data, clean -> noise.applyTo(clean, range, spec.seed())))
            .orElse(data);
  }

  Objective objective() {
    int length = target.shape().size();
    int values = engine.table().sample().size();
    int size = target.size();
    int capacity = Math.min(size, engine.forward().portion(BATCH));
    float[] wanted = new float[capacity * length];
    float[] seen = input == target ? wanted : new float[capacity * length];
    ObjectiveMean mean = new ObjectiveMean();
    for (int start = 0, n; start < size; start += n) {
      n = Math.min(capacity, size - start);
      for (int i = 0; i < n; i++) {
        target.read(start + i, wanted, i * length);
        BatchLoader.requireRange(range, start + i, wanted, i * length, values);
        if (input != target) {
          input.read(start + i, seen, i * length);
        }
      }
      float[] targets = engine.table().targets(wanted, n);
      mean.add(engine.forward().objective(seen, targets, n, start), n);
    }
    return mean.over(size);
  }
}
