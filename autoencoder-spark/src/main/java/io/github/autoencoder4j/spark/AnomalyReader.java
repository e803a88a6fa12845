package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.anomaly.ResidualScore;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/** Reads what {@link AnomalyWriter} wrote. */
final class AnomalyReader extends MLReader<AnomalyModel> {

  /** Spark's reader of parameters. */
  private static final class Parameters implements DefaultParamsReadable<AnomalyModel> {}

  @Override
  public AnomalyModel load(String path) {
    AnomalyModel parameters = new Parameters().read().load(path);
    float[][] rows =
        parquet(path, AnomalyWriter.ROWS).orderBy("index").collectAsList().stream()
            .map(row -> floats(row.getSeq(1)))
            .toArray(float[][]::new);
    double[] normal =
        parquet(path, AnomalyWriter.SCORES).collectAsList().stream()
            .mapToDouble(row -> row.getDouble(0))
            .sorted()
            .toArray();
    FittedScorer scorer =
        new FittedScorer(
            ModelReader.model(path, sc().hadoopConfiguration()),
            rows,
            ResidualScore.valueOf(parameters.getOrDefault(parameters.residual())),
            (Integer) parameters.getOrDefault(parameters.neighbors()));
    return parameters.copyValues(
        new AnomalyModel(parameters.uid(), scorer, new NormalScores(normal)), new ParamMap());
  }

  private Dataset<Row> parquet(String path, String name) {
    return sparkSession().read().parquet(new Path(path, name).toString());
  }

  private static float[] floats(Seq<Float> values) {
    float[] floats = new float[values.length()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.apply(i);
    }
    return floats;
  }
}
