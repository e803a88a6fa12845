package io.github.autoencoder4j.spark;

import com.google.common.collect.Iterators;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.PartialEvaluation;
import io.github.autoencoder4j.data.ImageSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Evaluates rows where they lie, and adds up. */
final class Judgement {

  private static final int BATCH = 1_024;

  private Judgement() {}

  static Evaluation of(JavaRDD<Row> rows, InputColumn column, Broadcast<ModelBytes> model) {
    long[] firsts = firsts(rows);
    List<PartialEvaluation> parts =
        SparkFailures.explained(
            () -> rows.mapPartitionsWithIndex(new Part(column, model, firsts), false).collect());
    return parts.stream()
        .reduce(PartialEvaluation::plus)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there are no rows to evaluate; there must be at least one"))
        .evaluation();
  }

  /** The moments of the codes of rows. */
  static CodeMoments moments(
      JavaRDD<Row> rows, InputColumn column, Broadcast<ModelBytes> model, int size) {
    List<CodeMoments> parts =
        SparkFailures.explained(
            () -> rows.mapPartitionsWithIndex(new Codes(column, model, size), false).collect());
    CodeMoments all = new CodeMoments(size);
    // In the order of the partitions, so that it comes out the same every time.
    parts.forEach(all::add);
    return all;
  }

  /** The moments of the codes of a partition. */
  private record Codes(InputColumn column, Broadcast<ModelBytes> model, int size)
      implements Function2<Integer, Iterator<Row>, Iterator<CodeMoments>> {

    @Override
    public Iterator<CodeMoments> call(Integer partition, Iterator<Row> rows) {
      Autoencoder autoencoder = model.value().shared();
      CodeMoments moments = new CodeMoments(size);
      long done = 0;
      for (Iterator<List<Row>> batches = Iterators.partition(rows, BATCH); batches.hasNext(); ) {
        List<Row> batch = batches.next();
        ImageSource samples = column.source(batch, autoencoder.inputShape(), partition, done);
        autoencoder.encode(samples, (index, code) -> moments.add(code));
        done += batch.size();
      }
      return List.of(moments).iterator();
    }
  }

  /** The number of the first row of each partition, on which noise depends. */
  private static long[] firsts(JavaRDD<Row> rows) {
    List<Long> counts =
        SparkFailures.explained(
            () ->
                rows.mapPartitions(part -> List.of((long) Iterators.size(part)).iterator())
                    .collect());
    long[] firsts = new long[counts.size()];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + counts.get(i - 1);
    }
    return firsts;
  }

  /** The sums of a partition; none for one without rows. */
  private static final class Part
      implements Function2<Integer, Iterator<Row>, Iterator<PartialEvaluation>> {

    private static final long serialVersionUID = 1L;

    private final InputColumn column;
    private final Broadcast<ModelBytes> model;
    private final long[] firsts;

    Part(InputColumn column, Broadcast<ModelBytes> model, long[] firsts) {
      this.column = column;
      this.model = model;
      this.firsts = firsts;
    }

    @Override
    public Iterator<PartialEvaluation> call(Integer partition, Iterator<Row> rows) {
      Autoencoder autoencoder = model.value().shared();
      List<PartialEvaluation> sums = new ArrayList<>();
      long done = 0;
      for (Iterator<List<Row>> batches = Iterators.partition(rows, BATCH); batches.hasNext(); ) {
        List<Row> batch = batches.next();
        ImageSource samples = column.source(batch, autoencoder.inputShape(), partition, done);
        PartialEvaluation part =
            autoencoder.evaluatePart(samples, Math.toIntExact(firsts[partition] + done));
        if (sums.isEmpty()) {
          sums.add(part);
        } else {
          sums.set(0, sums.get(0).plus(part));
        }
        done += batch.size();
      }
      return sums.iterator();
    }
  }
}
