package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.datasets.PackedImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Makes rows of packed pictures where they lie. */
final class ShardCoder {

  /** What is known of a packed picture without an autoencoder. */
  static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("label", DataTypes.StringType, false);

  private ShardCoder() {}

  /** Rows of {@link #SCHEMA} and the columns. */
  static JavaRDD<Row> rows(PackedShards shards, NewColumns columns) {
    FlatMapFunction<PackedPart, Row> coder =
        part ->
            Iterators.concat(
                Iterators.transform(
                    part.blocks(columns.batch()), block -> rows(part.pictures(), block, columns)));
    return shards.parts().flatMap(coder);
  }

  private static Iterator<Row> rows(PackedImages pictures, SampleBlock block, NewColumns columns) {
    int first = Math.toIntExact(block.first());
    List<Row> known = new ArrayList<>(block.samples().size());
    for (int i = first; i < first + block.samples().size(); i++) {
      known.add(RowFactory.create(i, pictures.classNames().get(pictures.label(i))));
    }
    return columns.joined(known, block.samples()).iterator();
  }
}
