package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.data.ImageShape;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** The samples of rows or of packed pictures, where they lie. */
final class SampleBlocks {

  private static final int BATCH = 1_024;

  private final JavaRDD<SampleBlock> blocks;
  private final long count;

  private SampleBlocks(JavaRDD<SampleBlock> blocks, long count) {
    this.blocks = blocks;
    this.count = count;
  }

  /** Numbers rows over all partitions, which takes a look at each of them before. */
  static SampleBlocks numbered(JavaRDD<Row> rows, InputColumn column, Broadcast<ModelBytes> model) {
    List<Long> counts =
        SparkFailures.explained(
            () ->
                rows.mapPartitions(part -> List.of((long) Iterators.size(part)).iterator())
                    .collect());
    long[] firsts = new long[counts.size()];
    long all = 0;
    for (int i = 0; i < firsts.length; i++) {
      firsts[i] = all;
      all += counts.get(i);
    }
    return new SampleBlocks(of(rows, column, model, firsts), all);
  }

  /** Numbers rows within their partitions only. */
  static JavaRDD<SampleBlock> unnumbered(
      JavaRDD<Row> rows, InputColumn column, Broadcast<ModelBytes> model) {
    return of(rows, column, model, new long[rows.getNumPartitions()]);
  }

  private static JavaRDD<SampleBlock> of(
      JavaRDD<Row> rows, InputColumn column, Broadcast<ModelBytes> model, long[] firsts) {
    Function2<Integer, Iterator<Row>, Iterator<SampleBlock>> cut =
        (partition, part) -> {
          ImageShape shape = model.value().shared().inputShape();
          long[] done = {0};
          return Iterators.transform(
              Iterators.partition(part, BATCH),
              batch -> {
                long from = done[0];
                done[0] += batch.size();
                return new SampleBlock(
                    firsts[partition] + from, column.source(batch, shape, partition, from));
              });
        };
    return rows.mapPartitionsWithIndex(cut, false);
  }

  /** Packed pictures have numbers. */
  static SampleBlocks of(PackedShards shards) {
    return new SampleBlocks(shards.parts().flatMap(part -> part.blocks(BATCH)), shards.size());
  }

  /** In the order of the partitions. */
  JavaRDD<SampleBlock> rdd() {
    return blocks;
  }

  /** How many samples there are. */
  long count() {
    return count;
  }
}
