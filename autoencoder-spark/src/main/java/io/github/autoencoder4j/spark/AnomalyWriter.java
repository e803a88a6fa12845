package io.github.autoencoder4j.spark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Writes a folder: what {@link ModelWriter} writes, and beside it rows and scores as Parquet. */
final class AnomalyWriter extends MLWriter {

  /** Rows that scores are fitted to, in the order of {@code index}. */
  static final String ROWS = "rows";

  /** Scores of normal rows, ascending. */
  static final String SCORES = "scores";

  private static final StructType ROW =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private static final StructType SCORE =
      new StructType().add("score", DataTypes.DoubleType, false);

  private final FittedScorer scorer;
  private final double[] normal;
  private final MLWriter parameters;

  AnomalyWriter(FittedScorer scorer, double[] normal, MLWriter parameters) {
    this.scorer = scorer;
    this.normal = normal;
    this.parameters = parameters;
  }

  @Override
  public void saveImpl(String path) {
    new ModelWriter(scorer.model(), parameters).saveImpl(path);
    write(
        path,
        ROWS,
        ROW,
        IntStream.range(0, scorer.rows().length)
            .mapToObj(i -> RowFactory.create(i, scorer.rows()[i]))
            .toList());
    write(path, SCORES, SCORE, Arrays.stream(normal).mapToObj(RowFactory::create).toList());
  }

  private void write(String path, String name, StructType schema, List<Row> rows) {
    sparkSession()
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .parquet(new Path(path, name).toString());
  }
}
