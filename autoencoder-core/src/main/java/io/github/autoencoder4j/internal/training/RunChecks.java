package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import java.util.Locale;
import java.util.Objects;

/** What must be right before the first batch of a run. */
final class RunChecks {

  private RunChecks() {}

  /**
   * Refuses what cannot be trained.
   *
   * @throws IllegalArgumentException if the settings do not fit the data, the network or the
   *     machine
   */
  static void require(Engine engine, ImageSource data, Training settings) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(
          "the training data are empty; training needs at least one sample");
    }
    // An array of Java's has a few places less than the largest number.
    long order = (long) data.size() * Integer.BYTES;
    long heap = Runtime.getRuntime().maxMemory();
    if (data.size() > Integer.MAX_VALUE - 8 || order > heap) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d samples cannot be shuffled: their order takes %,d MB of the heap, which has %,d MB,"
                  + " and at most %,d can be put in order; raise -Xmx, or train on parts of the data"
                  + " in turn, such as slice(0, %d)",
              data.size(),
              order >> 20,
              heap >> 20,
              Integer.MAX_VALUE - 8,
              Math.min(1_000_000, heap / 64)));
    }
    int most = Integer.MAX_VALUE / Float.BYTES / data.shape().size();
    if (settings.batchSize() > most) {
      throw new IllegalArgumentException(
          "a batch of %s samples of %s would need more than 2 GB; set batchSize to at most %s"
              .formatted(settings.batchSize(), data.shape(), most));
    }
    engine.requireRoom(Math.min(settings.batchSize(), data.size()));
    settings
        .validation()
        .ifPresent(
            held -> {
              ImageShape shape = engine.table().input();
              if (!shape.accepts(held.shape())) {
                throw new IllegalArgumentException(
                    "the validation data have shape %s, but the network was built for %s"
                        .formatted(held.shape(), shape));
              }
              if (held.size() == 0) {
                throw new IllegalArgumentException(
                    "the validation data are empty; leave validation(...) out to train without");
              }
            });
    if (settings.patience().isPresent() && settings.validation().isEmpty()) {
      throw new IllegalArgumentException(
          "early stopping compares validation losses, but there are no validation data;"
              + " add validation(...), for example with data.slice(...)");
    }
    Optimizer optimizer = Objects.requireNonNull(engine.spec().optimizer(), "optimizer");
    boolean shaped = settings.hasCosineDecay() || settings.warmupSteps() > 0;
    if (shaped && optimizer.schedule().isEmpty()) {
      throw new IllegalArgumentException(
          "cosineDecay and warmup shape the learning rate, but %s has none"
              .formatted(optimizer.name()));
    }
  }
}
