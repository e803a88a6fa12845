package io.github.autoencoder4j.spark;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.TrainingListener;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A driver of its own: trains, says each round, and leaves a digest of what came out. */
final class TrainingProgram {

  static final int ROUNDS = 24;

  private static final int ROWS = 600;
  private static final int PARTITIONS = 3;

  private TrainingProgram() {}

  static AutoencoderEstimator estimator() {
    // 600 rows by 3 workers with batches of 16 are 13 steps an epoch, and so 3 rounds of 5, 5 and
    // 3.
    return new AutoencoderEstimator(Samples::autoencoder)
        .setEpochs(ROUNDS / 3)
        .setBatchSize(16)
        .setRoundSteps(5)
        .setCosineDecay(true);
  }

  static String train(SparkSession session, AutoencoderEstimator estimator) {
    Dataset<Row> data = Samples.dataset(session, ROWS, PARTITIONS);
    AutoencoderModel model = estimator.fit(data);
    double[] scores =
        new AnomalyEstimator(model)
            .fit(data).transform(data).orderBy("id").select("score").collectAsList().stream()
                .mapToDouble(row -> row.getDouble(0))
                .toArray();
    try (Autoencoder autoencoder = model.autoencoder()) {
      return digest(autoencoder.parameters())
          + " "
          + digest(Floats.toArray(Doubles.asList(scores)));
    }
  }

  static String digest(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return Hashing.sha256().hashBytes(bytes.array()).toString();
  }

  /** Arguments: the master, the file of the digest, and a folder for checkpoints or "none". */
  public static void main(String[] args) throws Exception {
    SparkSession.Builder builder =
        Sessions.configured(SparkSession.builder().master(args[0]))
            .config("spark.executor.memory", "512m")
            .config("spark.executor.cores", "1")
            .config("spark.cores.max", "2")
            .config("spark.executor.extraJavaOptions", Cluster.QUICK + " -XX:+UseSerialGC")
            .config("spark.speculation", "true")
            // A task may lose its executor to several kills in a row.
            .config("spark.task.maxFailures", "10")
            .config("spark.executorEnv.OMP_NUM_THREADS", "1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"));
    if (args[0].startsWith("local-cluster")) {
      // As many clusters are set up.
      builder.config("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    }
    SparkSession session = builder.getOrCreate();
    AutoencoderEstimator estimator =
        estimator()
            .withListener(
                new TrainingListener() {
                  @Override
                  public void onBatchEnd(BatchEnd event) {
                    System.out.println("round");
                  }
                });
    if (!args[2].equals("none")) {
      estimator.setCheckpointDir(args[2]).setCheckpointInterval(2);
    }
    String digest = train(session, estimator);
    session.stop();
    Files.writeString(Path.of(args[1]), digest);
  }
}
