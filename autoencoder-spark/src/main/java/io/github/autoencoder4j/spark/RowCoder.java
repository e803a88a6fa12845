package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.metric.Mse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Encodes, reconstructs and judges the rows of a partition, some at a time. */
final class RowCoder implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1L;

  /** Enough to keep a core busy, few enough to be held twice. */
  private static final int BATCH = 256;

  private final Broadcast<ModelBytes> model;
  private final OutputColumns columns;

  RowCoder(Broadcast<ModelBytes> model, OutputColumns columns) {
    this.model = model;
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
              long first = done[0];
              done[0] += batch.size();
              return coded(autoencoder, batch, partition, first).iterator();
            }));
  }

  private List<Row> coded(Autoencoder autoencoder, List<Row> rows, int partition, long first) {
    ImageSource samples = columns.input().source(rows, autoencoder.inputShape(), partition, first);
    float[][] codes = columns.code() ? autoencoder.encode(samples) : new float[0][];
    boolean decoded = columns.reconstruction() || columns.error();
    float[][] outputs = decoded ? autoencoder.reconstruct(samples) : new float[0][];
    List<Row> results = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      Object[] values = new Object[columns.schema().size()];
      int at = row.size();
      for (int j = 0; j < at; j++) {
        values[j] = row.get(j);
      }
      if (columns.code()) {
        values[at++] = vector(codes[i]);
      }
      if (columns.reconstruction()) {
        values[at++] = vector(outputs[i]);
      }
      if (columns.error()) {
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
