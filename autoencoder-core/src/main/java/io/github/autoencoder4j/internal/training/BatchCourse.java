package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.training.Training;

/** Every step here, a batch after the other. */
record BatchCourse(Engine engine, ImageSource data, Training settings) implements Course {

  @Override
  public Extent extent() {
    return Extent.ofBatches(data.size(), settings.batchSize());
  }

  @Override
  public boolean finishEpoch(Watch watch) throws InterruptedException {
    RunState run = watch.run();
    int batches = extent().parts();
    try (BatchLoader loader =
        new BatchLoader(
            data, engine.spec(), settings.batchSize(), engine.store().epoch(), run.batch)) {
      while (run.batch < batches) {
        if (settings.cancelled() || Thread.currentThread().isInterrupted()) {
          return false;
        }
        long start = System.nanoTime();
        BatchLoader.Batch batch = loader.next();
        Objective objective =
            engine.step(batch.input(), batch.target(), batch.size(), settings.maxGradientNorm());
        int size = batch.size();
        loader.recycle(batch);
        watch.requireGood(run.epoch, objective.total());
        watch.endPart(objective, size, 1, System.nanoTime() - start);
      }
    }
    return true;
  }
}
