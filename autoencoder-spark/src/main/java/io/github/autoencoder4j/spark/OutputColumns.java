package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.metric.Mse;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a transformation adds.
 *
 * @param schema with the columns that are added, in the order of those below
 * @param code whether codes are
 * @param reconstruction whether reconstructions are
 * @param error whether errors are
 */
record OutputColumns(StructType schema, boolean code, boolean reconstruction, boolean error)
    implements Serializable {

  /**
   * Looks at what there is.
   *
   * @throws IllegalArgumentException if a column to be added is there already, or none is asked for
   */
  static OutputColumns of(AutoencoderColumns<?> wanted, StructType schema) {
    StructType all = schema;
    all = added(all, wanted, wanted.outputCol(), SQLDataTypes.VectorType());
    all = added(all, wanted, wanted.reconstructionCol(), SQLDataTypes.VectorType());
    all = added(all, wanted, wanted.errorCol(), DataTypes.DoubleType);
    if (all.size() == schema.size()) {
      throw new IllegalArgumentException(
          "no column is asked for; setOutputCol, setReconstructionCol or setErrorCol");
    }
    return new OutputColumns(
        all,
        isWanted(wanted, wanted.outputCol()),
        isWanted(wanted, wanted.reconstructionCol()),
        isWanted(wanted, wanted.errorCol()));
  }

  private static boolean isWanted(AutoencoderColumns<?> wanted, Param<String> column) {
    return !wanted.getOrDefault(column).isEmpty();
  }

  private static StructType added(
      StructType schema, AutoencoderColumns<?> wanted, Param<String> column, DataType type) {
    String name = wanted.getOrDefault(column);
    if (name.isEmpty()) {
      return schema;
    }
    if (Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "there is a column '%s' already; set %s to another name, or drop that column"
              .formatted(name, column.name()));
    }
    return schema.add(name, type, false);
  }

  /** Rows with what comes of their samples. */
  List<Row> coded(Autoencoder autoencoder, ImageSource samples, List<Row> rows) {
    float[][] codes = code ? autoencoder.encode(samples) : new float[0][];
    float[][] outputs = reconstruction || error ? autoencoder.reconstruct(samples) : new float[0][];
    List<Row> results = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Object[] values = new Object[schema.size()];
      int at = row.size();
      for (int j = 0; j < at; j++) {
        values[j] = row.get(j);
      }
      if (code) {
        values[at++] = vector(codes[i]);
      }
      if (reconstruction) {
        values[at++] = vector(outputs[i]);
      }
      if (error) {
        values[at] = Mse.of(samples.get(i), outputs[i]);
      }
      results.add(RowFactory.create(values));
    }
    return results;
  }

  private static Vector vector(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    return Vectors.dense(exact);
  }
}
