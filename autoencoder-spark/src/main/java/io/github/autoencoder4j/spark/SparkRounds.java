package io.github.autoencoder4j.spark;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Workers that are partitions: a Spark job a round, whose tasks begin where the driver says and
 * return where they got. Nothing that matters is kept by executors, so that whatever becomes of
 * them, a repeated task gives the same.
 */
final class SparkRounds implements Rounds, AutoCloseable {

  private final JavaSparkContext context;
  private final TrainingSamples rows;
  private final int steps;
  private final OuterStep outer;
  private final String group = "autoencoder-" + UUID.randomUUID();
  private @Nullable Broadcast<ModelBytes> model;
  private @Nullable RunSettings settings;
  private @Nullable JavaRDD<WorkerSamples> samples;

  SparkRounds(JavaSparkContext context, TrainingSamples rows, int steps, OuterStep outer) {
    this.context = context;
    this.rows = rows;
    this.steps = steps;
    this.outer = outer;
  }

  @Override
  public int[] samples() {
    return Arrays.stream(rows.workers()).mapToInt(Worker::samples).toArray();
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public OuterStep outerStep() {
    return outer;
  }

  @Override
  public ImageSource spread() {
    return rows.spread();
  }

  @Override
  public Map<String, String> circumstances() {
    Hasher all = Hashing.murmur3_128().newHasher();
    for (Worker worker : rows.workers()) {
      all.putUnencodedChars(worker.digest());
    }
    return Map.of("the rows of the partitions", all.hash().toString());
  }

  @Override
  public void begin(byte[] bytes, Training training) {
    ModelBytes shared = new ModelBytes(bytes);
    try (Autoencoder autoencoder = shared.load()) {
      ValueRange range = autoencoder.spec().orElseThrow().output().range();
      rows.requireRange(range);
    }
    model = context.broadcast(shared);
    samples = rows.rdd();
    settings = RunSettings.of(training, context.getConf().getInt("spark.task.cpus", 1));
  }

  @Override
  public void run(TrainingState start, Order order, Consumer<Share> shares) {
    Broadcast<byte[]> state = context.broadcast(start.toBytes());
    try {
      RoundTask task =
          new RoundTask(
              Objects.requireNonNull(model, "begin() comes first"),
              state,
              order,
              Objects.requireNonNull(settings, "begin() comes first"),
              rows.workers());
      context.setJobGroup(
          group, "%s steps of training from step %s".formatted(order.steps(), start.step()), true);
      collect(task, new Arrivals(shares));
    } finally {
      context.clearJobGroup();
      state.destroy();
    }
  }

  /** A job by its bare bones: what Spark makes around others takes milliseconds in each round. */
  private void collect(RoundTask task, Arrivals arrivals) {
    List<Object> partitions = Arrays.stream(rows.workers()).<Object>map(Worker::partition).toList();
    SparkFailures.explained(
        () -> {
          context
              .sc()
              .runJob(
                  Objects.requireNonNull(samples, "begin() comes first").rdd(),
                  task,
                  CollectionConverters.asScala(partitions).toSeq(),
                  arrivals,
                  ClassTag.apply(WorkerResult.class));
          return arrivals;
        },
        () -> context.cancelJobGroup(group));
  }

  /**
   * Hands shares on in the order of the workers, each as soon as its turn has come, while others
   * are on their way. Spark calls it from one thread at a time.
   */
  private static final class Arrivals extends AbstractFunction2<Object, WorkerResult, BoxedUnit> {

    private final Consumer<Share> shares;
    private final Map<Integer, WorkerResult> early = new HashMap<>();
    private int turn;

    Arrivals(Consumer<Share> shares) {
      this.shares = shares;
    }

    @Override
    public BoxedUnit apply(Object worker, WorkerResult result) {
      early.put((Integer) worker, result);
      WorkerResult next = early.remove(turn);
      while (next != null) {
        shares.accept(next.share());
        turn++;
        next = early.remove(turn);
      }
      return BoxedUnit.UNIT;
    }
  }

  @Override
  public void close() {
    if (model != null) {
      model.destroy();
    }
  }
}
