package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** What a transformation computes of samples, for columns of their rows. */
interface NewColumns extends Serializable {

  /** The shape that samples must have. */
  ImageShape inputShape();

  /** How many samples are worked on at once. */
  int batch();

  /** The values of the columns, those of each sample in their order. */
  List<Object[]> of(ImageSource samples);

  /** Rows with these columns behind their own. */
  default List<Row> joined(List<Row> rows, ImageSource samples) {
    List<Object[]> values = of(samples);
    return IntStream.range(0, rows.size())
        .mapToObj(i -> joined(rows.get(i), values.get(i)))
        .toList();
  }

  private static Row joined(Row row, Object[] added) {
    Object[] values = new Object[row.size() + added.length];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    System.arraycopy(added, 0, values, row.size(), added.length);
    return RowFactory.create(values);
  }

  /**
   * Adds a column to a schema, if it has a name.
   *
   * @param column holds the name; empty for none
   * @throws IllegalArgumentException if there is one of that name already
   */
  static StructType added(StructType schema, Params owner, Param<String> column, DataType type) {
    String name = owner.getOrDefault(column);
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

  /**
   * Checks that something is added.
   *
   * @param setters those that name columns
   * @throws IllegalArgumentException if it is not
   */
  static StructType requireMore(StructType before, StructType after, String setters) {
    if (after.size() == before.size()) {
      throw new IllegalArgumentException("no column is asked for; " + setters);
    }
    return after;
  }
}
