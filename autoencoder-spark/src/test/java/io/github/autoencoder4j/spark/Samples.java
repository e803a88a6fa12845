package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Waves of two kinds, which a small autoencoder learns. */
final class Samples {

  static final int LENGTH = 16;

  private static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            new StructField("id", DataTypes.IntegerType, false, Metadata.empty()),
            new StructField("features", SQLDataTypes.VectorType(), false, Metadata.empty()),
            new StructField(
                "numbers",
                DataTypes.createArrayType(DataTypes.FloatType, false),
                false,
                Metadata.empty()),
            new StructField("held", DataTypes.BooleanType, false, Metadata.empty())
          });

  private Samples() {}

  static Autoencoder autoencoder() {
    return Autoencoder.dense().hidden(12).bottleneck(3).seed(3).build();
  }

  static float[][] rows(int count) {
    float[][] rows = new float[count][LENGTH];
    RandomStream random = RandomStream.of(1, "waves");
    for (float[] row : rows) {
      double phase = random.nextDouble() * 6;
      double speed = random.nextDouble();
      for (int j = 0; j < LENGTH; j++) {
        row[j] = (float) (0.5 + 0.25 * Math.sin(phase + j) + 0.2 * Math.cos(speed * j));
      }
    }
    return rows;
  }

  /** With the columns id, features, numbers and held; every tenth is held out. */
  static Dataset<Row> dataset(SparkSession session, int count, int partitions) {
    return dataset(session, rows(count), partitions);
  }

  /** The same of other rows. */
  static Dataset<Row> dataset(SparkSession session, float[][] samples, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (float[] row : samples) {
      double[] exact = new double[LENGTH];
      List<Float> numbers = new ArrayList<>();
      for (int j = 0; j < LENGTH; j++) {
        exact[j] = row[j];
        numbers.add(row[j]);
      }
      rows.add(
          RowFactory.create(
              rows.size(),
              Vectors.dense(exact),
              scala.jdk.javaapi.CollectionConverters.asScala(numbers).toSeq(),
              rows.size() % 10 == 0));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return session.createDataFrame(context.parallelize(rows, partitions), SCHEMA);
  }
}
