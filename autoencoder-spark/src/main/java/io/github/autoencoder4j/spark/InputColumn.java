package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Rasters;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/** The column that samples are in: what it holds, and how a row of it becomes a sample. */
final class InputColumn implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What a row of the column is. */
  enum Kind {
    VECTOR,
    NUMBERS,
    IMAGE
  }

  private final String name;
  private final Kind kind;
  private final int index;

  private InputColumn(String name, Kind kind, int index) {
    this.name = name;
    this.kind = kind;
    this.index = index;
  }

  /**
   * Finds the column.
   *
   * @throws IllegalArgumentException if there is none of that name, or it holds no samples
   */
  static InputColumn of(StructType schema, String name) {
    if (!Arrays.asList(schema.fieldNames()).contains(name)) {
      throw new IllegalArgumentException(
          "there is no column '%s'; setInputCol to one of %s"
              .formatted(name, Arrays.toString(schema.fieldNames())));
    }
    int index = schema.fieldIndex(name);
    DataType type = schema.fields()[index].dataType();
    return new InputColumn(name, kindOf(name, type), index);
  }

  private static Kind kindOf(String name, DataType type) {
    if (type.equals(SQLDataTypes.VectorType())) {
      return Kind.VECTOR;
    }
    if (type instanceof ArrayType array
        && (array.elementType().equals(DataTypes.FloatType)
            || array.elementType().equals(DataTypes.DoubleType))) {
      return Kind.NUMBERS;
    }
    // Whatever may be null in it.
    if (type.simpleString().equals(ImageSchema.columnSchema().simpleString())) {
      return Kind.IMAGE;
    }
    throw new IllegalArgumentException(
        "column '%s' holds %s, but samples are vectors, arrays of float or double, or images of Spark's image source; bring it to one of these, for example with VectorAssembler"
            .formatted(name, type.simpleString()));
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** The shape of a sample where none is known; images have none before they are scaled. */
  ImageShape shapeOf(Row first, String place) {
    if (kind == Kind.IMAGE) {
      throw new IllegalArgumentException(
          "images have many shapes, so the autoencoder has to say to which they are scaled; build it with input(height, width, channels)");
    }
    return ImageShape.vector(numbers(first, place).length);
  }

  /**
   * Reads a sample, whose values may be anything finite.
   *
   * @param place where the row is, for messages
   * @param builder takes the sample
   * @throws UnusableDataException if the row holds no sample of that shape; says why, and where
   */
  void read(Row row, ImageShape shape, String place, PartitionRows.Builder builder) {
    if (kind == Kind.IMAGE) {
      builder.add(image(row, shape, place));
      return;
    }
    float[] values = numbers(row, place);
    if (values.length != shape.size()) {
      throw unusable(
          place, "has %s values, but a sample has %s".formatted(values.length, shape.size()));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw unusable(
            place,
            "holds %s at position %s, but values must be finite; fill them in or filter such rows"
                .formatted(values[i], i));
      }
    }
    builder.add(values);
  }

  private float[] numbers(Row row, String place) {
    if (row.isNullAt(index)) {
      throw unusable(place, "is null; filter such rows, for example with na().drop()");
    }
    if (kind == Kind.VECTOR) {
      double[] values = row.<Vector>getAs(index).toArray();
      float[] floats = new float[values.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    }
    Seq<?> values = row.getSeq(index);
    float[] floats = new float[values.length()];
    for (int i = 0; i < floats.length; i++) {
      Object value = values.apply(i);
      if (!(value instanceof Number number)) {
        throw unusable(place, "holds null at position " + i + "; fill it in or filter such rows");
      }
      floats[i] = number.floatValue();
    }
    return floats;
  }

  private byte[] image(Row row, ImageShape shape, String place) {
    if (row.isNullAt(index)) {
      throw unusable(place, "is null; filter such rows, for example with na().drop()");
    }
    Row image = row.getStruct(index);
    int height = ImageSchema.getHeight(image);
    int width = ImageSchema.getWidth(image);
    int channels = ImageSchema.getNChannels(image);
    String of = "is the image " + ImageSchema.getOrigin(image);
    if (height < 1 || width < 1) {
      throw unusable(
          place, of + ", which Spark could not decode; read with option(\"dropInvalid\", true)");
    }
    try {
      return Rasters.scale(ImageSchema.getData(image), height, width, channels, shape);
    } catch (IllegalArgumentException e) {
      throw unusable(place, of + ", which cannot be used: " + e.getMessage());
    }
  }

  private UnusableDataException unusable(String place, String what) {
    return new UnusableDataException("column '%s', %s: it %s".formatted(name, place, what));
  }

  /** Says where a row is; rows are counted within their partition. */
  static String place(int partition, long row) {
    return "row %s of partition %s".formatted(row, partition);
  }

  /** Rows of a small batch as a source. */
  ImageSource source(Iterable<Row> rows, ImageShape shape, int partition, long first) {
    PartitionRows.Builder builder = new PartitionRows.Builder(shape);
    long at = first;
    for (Row row : rows) {
      read(row, shape, place(partition, at), builder);
      at++;
    }
    return builder.build(partition);
  }
}
