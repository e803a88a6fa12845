package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.data.ImageShape;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/** Adds columns to the rows of a partition, some at a time. */
final class RowCoder implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  /** Rows are held beside what comes of them. */
  private static final int MOST_ROWS = 256;

  private final InputColumn input;
  private final NewColumns columns;

  RowCoder(InputColumn input, NewColumns columns) {
    this.input = input;
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ImageShape shape = columns.inputShape();
    int partition = TaskContext.getPartitionId();
    long[] done = {0};
    return Iterators.concat(
        Iterators.transform(
            Iterators.partition(rows, Math.min(columns.batch(), MOST_ROWS)),
            batch -> {
              var samples = input.source(batch, shape, partition, done[0]);
              done[0] += batch.size();
              return columns.joined(batch, samples).iterator();
            }));
  }
}
