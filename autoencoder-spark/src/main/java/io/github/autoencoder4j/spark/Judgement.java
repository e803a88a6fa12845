package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.PartialEvaluation;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Judges samples where they lie, and adds up in the order of the partitions. */
final class Judgement {

  private Judgement() {}

  /** What {@code evaluate} gives of all. */
  static Evaluation evaluation(SampleBlocks samples, Broadcast<ModelBytes> model) {
    FlatMapFunction<Iterator<SampleBlock>, PartialEvaluation> judge =
        blocks -> {
          Autoencoder autoencoder = model.value().shared();
          List<PartialEvaluation> sum = new ArrayList<>();
          while (blocks.hasNext()) {
            SampleBlock block = blocks.next();
            PartialEvaluation part =
                autoencoder.evaluatePart(block.samples(), Math.toIntExact(block.first()));
            sum = List.of(sum.isEmpty() ? part : sum.get(0).plus(part));
          }
          return sum.iterator();
        };
    return SparkFailures.explained(() -> samples.rdd().mapPartitions(judge).collect()).stream()
        .reduce(PartialEvaluation::plus)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there are no rows to evaluate; there must be at least one"))
        .evaluation();
  }

  /** The moments of the codes of all. */
  static CodeMoments moments(JavaRDD<SampleBlock> samples, Broadcast<ModelBytes> model, int size) {
    FlatMapFunction<Iterator<SampleBlock>, CodeMoments> sum =
        blocks -> {
          Autoencoder autoencoder = model.value().shared();
          CodeMoments moments = new CodeMoments(size);
          while (blocks.hasNext()) {
            autoencoder.encode(blocks.next().samples(), (index, code) -> moments.add(code));
          }
          return List.of(moments).iterator();
        };
    CodeMoments all = new CodeMoments(size);
    SparkFailures.explained(() -> samples.mapPartitions(sum).collect()).forEach(all::add);
    return all;
  }
}
