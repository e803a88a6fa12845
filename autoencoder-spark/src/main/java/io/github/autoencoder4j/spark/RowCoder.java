package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Encodes, reconstructs and judges the rows of a partition, some at a time. */
final class RowCoder implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  /** Enough to keep a core busy, few enough to be held twice. */
  static final int BATCH = 256;

  private final Broadcast<ModelBytes> model;
  private final InputColumn input;
  private final OutputColumns columns;

  RowCoder(Broadcast<ModelBytes> model, InputColumn input, OutputColumns columns) {
    this.model = model;
    this.input = input;
    this.columns = columns;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Autoencoder autoencoder = model.value().shared();
    int partition = TaskContext.getPartitionId();
    long[] done = {0};
    return Iterators.concat(
        Iterators.transform(
            Iterators.partition(rows, BATCH),
            batch -> {
              ImageSource samples =
                  input.source(batch, autoencoder.inputShape(), partition, done[0]);
              done[0] += batch.size();
              return columns.coded(autoencoder, samples, batch).iterator();
            }));
  }
}
