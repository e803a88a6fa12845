package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Measures what a round of two workers on a standalone cluster costs beside its steps: rounds of 50
 * and of 200 steps make the same steps, so their difference tells both apart.
 */
final class RoundCost {

  private static final int STEPS_OF_AN_EPOCH = 400;
  private static final int LENGTH = 784;

  private RoundCost() {}

  /** Arguments: samples of a batch, epochs of a measurement, how many of these, and a folder. */
  public static void main(String[] args) throws Exception {
    int batch = Integer.parseInt(args[0]);
    int epochs = Integer.parseInt(args[1]);
    try (Cluster cluster = Cluster.start(Path.of(args[3]))) {
      SparkSession.Builder builder =
          Sessions.configured(SparkSession.builder().master(cluster.master()))
              .config("spark.executor.memory", "800m")
              .config("spark.executor.cores", "1")
              .config("spark.cores.max", "2")
              .config("spark.executorEnv.OMP_NUM_THREADS", "1")
              .config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
      // Those of docs/spark.md.
      for (int i = 4; i < args.length; i++) {
        String[] setting = args[i].split("=", 2);
        builder.config(setting[0], setting[1]);
      }
      SparkSession session = builder.getOrCreate();
      Dataset<Row> rows = rows(session, 2 * STEPS_OF_AN_EPOCH * batch);
      // The first rounds find cold code.
      median(rows, batch, 2 * epochs, 50);
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        double few = median(rows, batch, epochs, 50);
        double many = median(rows, batch, 2 * epochs, 200);
        double step = (many - few) / 150;
        double overhead = few - 50 * step;
        System.out.printf(
            Locale.ROOT,
            "batches of %d: rounds of 50 steps %.0f ms, of 200 %.0f ms; a step %.2f ms, the rest of a round %.0f ms, %.0f %% of 50 steps%n",
            batch,
            few,
            many,
            step,
            overhead,
            100 * overhead / (50 * step));
      }
      session.stop();
    }
  }

  private static Dataset<Row> rows(SparkSession session, int count) {
    return session
        .range(0, count, 1, 2)
        .map(
            (MapFunction<Long, Row>)
                id -> {
                  double[] values = new double[LENGTH];
                  RandomStream random = RandomStream.of(id, "cost");
                  Arrays.setAll(values, i -> random.nextDouble());
                  return RowFactory.create(Vectors.dense(values));
                },
            Encoders.row(new StructType().add("features", SQLDataTypes.VectorType())));
  }

  /** Milliseconds from the end of a round to that of the next. */
  private static double median(Dataset<Row> rows, int batch, int epochs, int steps) {
    List<Long> nanos = new ArrayList<>();
    new AutoencoderEstimator(
            () ->
                Autoencoder.dense()
                    .hidden(512, 256, 64)
                    .bottleneck(2)
                    .activation(Activation.SILU)
                    .optimizer(Optimizer.adam(0.002))
                    .build())
        .setEpochs(epochs)
        .setBatchSize(batch)
        .setRoundSteps(steps)
        .withListener(
            new TrainingListener() {
              private long last;

              @Override
              public void onBatchEnd(BatchEnd event) {
                long now = System.nanoTime();
                if (event.batch() > 1) {
                  nanos.add(now - last);
                }
                last = now;
              }
            })
        .fit(rows);
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[sorted.length / 2] / 1e6;
  }
}
