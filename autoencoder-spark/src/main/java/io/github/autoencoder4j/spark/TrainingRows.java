package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The samples to train on, in the memory of the executors, or on their disks where it is full. */
final class TrainingRows implements TrainingSamples {

  /** As many as alarms look at. */
  private static final int SPREAD = 1_024;

  private final JavaRDD<LoadedPartition> loaded;
  private final Worker[] workers;
  private final ImageSource spread;

  private TrainingRows(JavaRDD<LoadedPartition> loaded, Worker[] workers, ImageSource spread) {
    this.loaded = loaded;
    this.workers = workers;
    this.spread = spread;
  }

  /**
   * Reads samples and looks at all of them, so that what is wrong with them is said before training
   * begins.
   *
   * @throws UnusableDataException if a row holds no sample; the message names column and row
   * @throws IllegalArgumentException if there are no rows
   */
  static TrainingRows read(JavaRDD<Row> data, InputColumn column, ImageShape shape) {
    JavaRDD<LoadedPartition> loaded =
        data.mapPartitionsWithIndex(new Loader(column, shape), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    int each = Math.max(1, (SPREAD + loaded.getNumPartitions() - 1) / loaded.getNumPartitions());
    List<PartitionSummary> summaries;
    try {
      summaries = SparkFailures.explained(() -> loaded.map(part -> part.summary(each)).collect());
      for (PartitionSummary summary : summaries) {
        if (summary.problem() != null) {
          throw new UnusableDataException(summary.problem());
        }
      }
      List<PartitionSummary> full = summaries.stream().filter(part -> part.size() > 0).toList();
      if (full.isEmpty()) {
        throw new IllegalArgumentException(
            "there are no rows to train on; training needs at least one");
      }
      float[][] spread =
          full.stream().flatMap(part -> Arrays.stream(part.spread())).toArray(float[][]::new);
      return new TrainingRows(
          loaded,
          full.stream()
              .map(part -> new Worker(part.partition(), part.size(), part.digest()))
              .toArray(Worker[]::new),
          ImageSource.of(shape, ValueRange.REALS, spread));
    } catch (RuntimeException e) {
      loaded.unpersist();
      throw e;
    }
  }

  /** Turns the rows of a partition into samples. */
  private record Loader(InputColumn column, ImageShape shape)
      implements Function2<Integer, Iterator<Row>, Iterator<LoadedPartition>> {

    @Override
    public Iterator<LoadedPartition> call(Integer partition, Iterator<Row> rows) {
      PartitionRows.Builder builder = new PartitionRows.Builder(shape);
      String problem = null;
      try {
        for (long row = 0; rows.hasNext(); row++) {
          column.read(rows.next(), shape, InputColumn.place(partition, row), builder);
        }
      } catch (UnusableDataException e) {
        problem = e.getMessage();
      }
      return List.of(new LoadedPartition(builder.build(partition), problem)).iterator();
    }
  }

  @Override
  public JavaRDD<WorkerSamples> rdd() {
    return loaded.map(LoadedPartition::rows);
  }

  @Override
  public Worker[] workers() {
    return workers.clone();
  }

  @Override
  public ImageSource spread() {
    return spread;
  }

  @Override
  public void requireRange(ValueRange range) {
    double least = range.least();
    double greatest = range.greatest();
    String rule = range.rule();
    String advice = range.advice();
    FlatMapFunction<Iterator<LoadedPartition>, String> search =
        parts -> outside(parts.next().rows(), least, greatest, rule, advice).iterator();
    List<String> problems = SparkFailures.explained(() -> loaded.mapPartitions(search).collect());
    if (!problems.isEmpty()) {
      throw new UnusableDataException(problems.get(0));
    }
  }

  private static List<String> outside(
      PartitionRows rows, double least, double greatest, String rule, String advice) {
    float[] sample = new float[rows.shape().size()];
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < rows.size() && problems.isEmpty(); i++) {
      rows.read(i, sample, 0);
      for (int j = 0; j < sample.length && problems.isEmpty(); j++) {
        if (!(sample[j] >= least && sample[j] <= greatest)) {
          problems.add(
              "%s holds %s at position %s, but values must %s; %s"
                  .formatted(InputColumn.place(rows.partition(), i), sample[j], j, rule, advice));
        }
      }
    }
    return problems;
  }

  @Override
  public void close() {
    loaded.unpersist();
  }
}
