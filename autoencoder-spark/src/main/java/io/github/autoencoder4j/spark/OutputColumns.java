package io.github.autoencoder4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a transformation reads and adds.
 *
 * @param input where samples are
 * @param schema with the columns that are added, in the order of those below
 * @param code whether codes are
 * @param reconstruction whether reconstructions are
 * @param error whether errors are
 */
record OutputColumns(
    InputColumn input, StructType schema, boolean code, boolean reconstruction, boolean error)
    implements Serializable {

  /**
   * Looks at what there is.
   *
   * @throws IllegalArgumentException if the input column is missing or holds no samples, if a
   *     column to be added is there already, or none is asked for
   */
  static OutputColumns of(AutoencoderColumns<?> wanted, StructType schema) {
    InputColumn input = InputColumn.of(schema, wanted.getOrDefault(wanted.inputCol()));
    StructType all = schema;
    all = added(all, wanted, wanted.outputCol(), SQLDataTypes.VectorType());
    all = added(all, wanted, wanted.reconstructionCol(), SQLDataTypes.VectorType());
    all = added(all, wanted, wanted.errorCol(), DataTypes.DoubleType);
    if (all.size() == schema.size()) {
      throw new IllegalArgumentException(
          "no column is asked for; setOutputCol, setReconstructionCol or setErrorCol");
    }
    return new OutputColumns(
        input,
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
}
