package io.github.autoencoder4j.spark;

import java.util.Comparator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** Deals rows out to workers, so that each has the same ones in the same order every time. */
final class Dealing {

  private Dealing() {}

  static JavaRDD<Row> deal(JavaRDD<Row> rows, int workers) {
    JavaPairRDD<Long, Row> numbered = rows.zipWithIndex().mapToPair(row -> row.swap());
    return numbered
        .repartitionAndSortWithinPartitions(new InTurn(workers), Comparator.naturalOrder())
        .values();
  }

  /** Row {@code i} to worker {@code i} modulo their number. */
  private static final class InTurn extends Partitioner {

    private static final long serialVersionUID = 1L;

    private final int workers;

    InTurn(int workers) {
      this.workers = workers;
    }

    @Override
    public int numPartitions() {
      return workers;
    }

    @Override
    public int getPartition(Object key) {
      return (int) ((Long) key % workers);
    }
  }
}
