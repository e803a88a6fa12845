package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.training.OuterStep;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/spark.md. */
class SparkSnippetsTest {

  @Test
  void trains(@TempDir Path temporary) throws Exception {
    SparkSession spark = Sessions.local();
    String folder = temporary.toUri().toString();
    Samples.dataset(spark, 200, 2).write().parquet(folder + "rows");
    // snippet: spark-train
    Dataset<Row> rows = spark.read().parquet(folder + "rows"); // a column "features" of vectors
    AutoencoderModel model =
        new AutoencoderEstimator(() -> Autoencoder.dense().hidden(32).bottleneck(2).build())
            .setEpochs(10)
            .setBatchSize(64) // of each worker
            .setRoundSteps(50) // then the weights are averaged
            .setCheckpointDir(folder + "run") // a driver that is started again resumes
            .fit(rows);
    model.write().overwrite().save(folder + "model");
    // end
    // snippet: spark-use
    AutoencoderModel loaded = AutoencoderModel.load(folder + "model");
    Dataset<Row> scored = loaded.setErrorCol("error").transform(rows);
    Evaluation all = loaded.evaluate(rows);
    Autoencoder local = loaded.autoencoder(); // the same on one machine
    // end
    assertThat(scored.columns()).contains("code", "error");
    assertThat(all.images()).isEqualTo(200);
    local.close();
  }

  @Test
  void pipelines() {
    Dataset<Row> rows = Samples.dataset(Sessions.local(), 100, 2);
    // snippet: spark-pipeline
    AutoencoderEstimator codes =
        new AutoencoderEstimator(() -> Autoencoder.dense().bottleneck(2).build())
            .setOuterStep(OuterStep.nesterov(0.7, 0.9)) // for long rounds
            .setOutputCol("code");
    KMeans clusters = new KMeans().setFeaturesCol("code").setK(2);
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {codes, clusters}).fit(rows);
    // end
    assertThat(pipeline.transform(rows).columns()).contains("prediction");
  }

  @Test
  void findsAnomalies(@TempDir Path temporary) throws Exception {
    SparkSession spark = Sessions.local();
    String folder = temporary.toUri().toString();
    Dataset<Row> train = Samples.dataset(spark, 200, 2);
    float[][] all = Samples.rows(1_200);
    Dataset<Row> heldOut = Samples.dataset(spark, Arrays.copyOfRange(all, 200, 900), 2);
    Dataset<Row> rows = Samples.dataset(spark, Arrays.copyOfRange(all, 900, 1_200), 2);
    AutoencoderModel model =
        new AutoencoderEstimator(() -> Autoencoder.dense().hidden(32).bottleneck(2).build())
            .setEpochs(20)
            .fit(train);
    // snippet: spark-anomalies
    AnomalyModel anomalies =
        new AnomalyEstimator(model)
            .setScoreCol("score")
            .setPValueCol("p")
            .fit(heldOut); // normal rows, none of which it was trained on
    Dataset<Row> alarms = anomalies.transform(rows).filter("p <= 0.01");
    double threshold = anomalies.calibration().threshold(0.01); // the same, of scores
    anomalies.write().overwrite().save(folder + "anomalies");
    // end
    assertThat(alarms.count())
        .isEqualTo(anomalies.transform(rows).filter("score > " + threshold).count())
        .isLessThan(20);
  }

  @Test
  void readsPackedShards(@TempDir Path temporary) {
    SparkSession spark = Sessions.local();
    String folder = temporary.toString();
    // snippet: spark-packed
    PackedImages.pack(Dogs.synthetic(100, 7), Path.of(folder, "dogs")).close(); // once
    PackedShards dogs = PackedShards.in(spark, folder + "/dogs");
    AutoencoderModel model =
        new AutoencoderEstimator(() -> Autoencoder.dense().hidden(32).bottleneck(2).build())
            .setWorkers(2) // each reads its own half
            .setEpochs(2)
            .fit(dogs);
    Dataset<Row> codes = model.transform(dogs); // columns "index", "label" and "code"
    Evaluation judged = model.evaluate(dogs);
    // end
    assertThat(codes.columns()).containsExactly("index", "label", "code");
    assertThat(judged.images()).isEqualTo(100);
  }
}
