package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Replica;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.TrainingState;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** What a task of a round does: the steps of one worker on the samples of its partition. */
final class RoundTask extends AbstractFunction2<TaskContext, Iterator<WorkerSamples>, WorkerResult>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Broadcast<ModelBytes> model;
  private final Broadcast<byte[]> start;
  private final Rounds.Order order;
  private final RunSettings settings;
  private final Worker[] workers;

  RoundTask(
      Broadcast<ModelBytes> model,
      Broadcast<byte[]> start,
      Rounds.Order order,
      RunSettings settings,
      Worker[] workers) {
    this.model = model;
    this.start = start;
    this.order = order;
    this.settings = settings;
    this.workers = workers;
  }

  @Override
  public WorkerResult apply(TaskContext context, Iterator<WorkerSamples> partition) {
    WorkerSamples rows = partition.next();
    int number = numberOf(rows);
    ModelBytes shared = model.value();
    Replica replica = ReplicaPool.take(shared, number);
    Rounds.Share share;
    try {
      share =
          replica.train(
              rows.samples(), settings.training(), TrainingState.of(start.value()), order);
    } catch (Throwable failure) {
      // Whatever it is: the next attempt begins with a new one.
      replica.close();
      throw failure;
    }
    ReplicaPool.giveBack(shared, number, replica);
    return new WorkerResult(share);
  }

  /** Among the workers; its samples must be those that the run began with. */
  private int numberOf(WorkerSamples rows) {
    for (int i = 0; i < workers.length; i++) {
      if (workers[i].partition() == rows.partition()) {
        if (!workers[i].digest().equals(rows.digest())) {
          throw new AutoencoderException(
              "partition %s was lost and came back with other rows, so the round cannot be repeated: what the data are computed from does not give the same rows in the same order each time; write the data to files first, or use setWorkers"
                  .formatted(rows.partition()));
        }
        return i;
      }
    }
    throw new AutoencoderException(
        "partition %s had no rows before and has some now; write the data to files first"
            .formatted(rows.partition()));
  }
}
