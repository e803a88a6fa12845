package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.PartialEvaluation;
import io.github.autoencoder4j.datasets.PackedImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Encodes and judges packed pictures where they lie. */
final class ShardCoder {

  /** What is known of a packed picture without an autoencoder. */
  static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("label", DataTypes.StringType, false);

  /**
   * Codes are small, so that many fit in memory; {@code encode} reads pictures as it needs them.
   */
  private static final int CODES = 4_096;

  private ShardCoder() {}

  /** Rows of the schema of the columns. */
  static JavaRDD<Row> rows(
      PackedShards shards, Broadcast<ModelBytes> model, OutputColumns columns) {
    FlatMapFunction<PackedPart, Row> coder =
        part -> {
          Autoencoder autoencoder = model.value().shared();
          int batch = columns.reconstruction() || columns.error() ? RowCoder.BATCH : CODES;
          return Iterators.concat(
              Iterators.transform(
                  firsts(part, batch), first -> coded(autoencoder, columns, part, first, batch)));
        };
    return shards.parts().flatMap(coder);
  }

  private static Iterator<Integer> firsts(PackedPart part, int batch) {
    int batches = (part.size() + batch - 1) / batch;
    return IntStream.range(0, batches).map(i -> part.from() + i * batch).iterator();
  }

  private static Iterator<Row> coded(
      Autoencoder autoencoder, OutputColumns columns, PackedPart part, int first, int batch) {
    PackedImages pictures = part.pictures();
    int end = Math.min(first + batch, part.from() + part.size());
    List<Row> known = new ArrayList<>(end - first);
    for (int i = first; i < end; i++) {
      known.add(RowFactory.create(i, pictures.classNames().get(pictures.label(i))));
    }
    return columns.coded(autoencoder, pictures.slice(first, end), known).iterator();
  }

  /** What {@code evaluate} gives of all. */
  static Evaluation evaluation(PackedShards shards, Broadcast<ModelBytes> model) {
    Function<PackedPart, PartialEvaluation> judge =
        part -> model.value().shared().evaluatePart(part.samples(), part.from());
    return SparkFailures.explained(() -> shards.parts().map(judge).collect()).stream()
        .reduce(PartialEvaluation::plus)
        .orElseThrow()
        .evaluation();
  }

  /** The moments of the codes of all. */
  static CodeMoments moments(PackedShards shards, Broadcast<ModelBytes> model, int size) {
    Function<PackedPart, CodeMoments> sum =
        part -> {
          CodeMoments moments = new CodeMoments(size);
          model.value().shared().encode(part.samples(), (index, code) -> moments.add(code));
          return moments;
        };
    CodeMoments all = new CodeMoments(size);
    SparkFailures.explained(() -> shards.parts().map(sum).collect()).forEach(all::add);
    return all;
  }
}
