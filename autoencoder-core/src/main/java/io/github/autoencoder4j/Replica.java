package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.internal.onednn.JavaCpp;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.internal.training.Replication;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingState;
import java.io.ByteArrayInputStream;

/**
 * A copy of an autoencoder that one worker trains for some steps at a time, from a state that it is
 * given to one that it gives back.
 *
 * <pre>{@code
 * try (Replica replica = Replica.open(model, worker)) {
 *   Rounds.Share share = replica.train(mySamples, settings, start, order);
 *   send(share.state().toBytes());
 * }
 * }</pre>
 *
 * <p>What comes out depends on nothing but the model, the number of the worker, its samples, the
 * settings, the state and the order: {@code k} steps in two pieces are {@code k} steps in one, bit
 * for bit, and so they are by another replica, or after a failure. The random order of the samples,
 * corruption, dropout and noise depend on the seed of the autoencoder, the number of the worker and
 * that of the step; those of worker 0 are the autoencoder's own.
 *
 * <p>To be used by one thread at a time.
 */
public final class Replica implements AutoCloseable {

  private final Engine engine;

  private Replica(Engine engine) {
    this.engine = engine;
  }

  /**
   * Opens a copy.
   *
   * @param model the bytes of a model file, such as {@link Rounds#begin} is given; its weights do
   *     not matter
   * @param worker the number of the worker, from 0
   * @return to be closed when it is not needed any more
   * @throws UnreadableModelException if the bytes are no whole model, or need a newer version of
   *     this library
   * @throws IllegalArgumentException if {@code worker} is negative
   * @throws IllegalStateException if the model cannot be trained: it is half of one, or had a
   *     schedule that cannot be represented in a file
   */
  public static Replica open(byte[] model, int worker) {
    if (worker < 0) {
      throw new IllegalArgumentException("the number of a worker is at least 0, but was " + worker);
    }
    LiveModel loaded = ModelFiles.load(new ByteArrayInputStream(model));
    try {
      loaded.requireTrainable();
      return new Replica(Engine.blank(ofWorker(loaded.requireSpec(), worker)));
    } catch (OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    } finally {
      loaded.close();
    }
  }

  private static Spec ofWorker(Spec spec, int worker) {
    return new Spec(
        spec.architecture(),
        spec.stages(),
        spec.output(),
        spec.penalty(),
        spec.corruption(),
        spec.optimizer(),
        spec.initialization(),
        worker == 0 ? spec.seed() : RandomStream.of(spec.seed(), "worker", worker).nextLong());
  }

  /**
   * Returns the shape of samples.
   *
   * @return the shape of one
   */
  public ImageShape inputShape() {
    return engine.table().input();
  }

  /**
   * Trains.
   *
   * @param data the samples of this worker, clean; at least one
   * @param settings of the run: size of batches, bound on the gradient, warm-up and decay, threads
   * @param start where to begin
   * @param order how many steps to make, and what of the run they are
   * @return where it got
   * @throws IllegalArgumentException if the data are empty or of another shape, there is no memory
   *     for a batch, or the state is of another autoencoder
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a value is not in the range
   *     of the output
   */
  public Rounds.Share train(
      ImageSource data, Training settings, TrainingState start, Rounds.Order order) {
    ImageSource samples = CheckedSource.of(data);
    Rows.requireShape("samples", samples.shape(), inputShape());
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "a worker has no samples; training needs at least one, so leave it out");
    }
    int threads = settings.threads().orElse(0);
    if (threads != 0 && threads != engine.threads()) {
      engine.setThreads(threads);
    }
    try {
      engine.requireRoom(Math.min(settings.batchSize(), samples.size()));
      return Replication.run(engine, samples, settings, start, order);
    } catch (RuntimeException | OutOfMemoryError e) {
      throw JavaCpp.explained(e);
    }
  }

  /** Frees its memory. Closing twice is harmless. */
  @Override
  public void close() {
    engine.close();
  }
}
