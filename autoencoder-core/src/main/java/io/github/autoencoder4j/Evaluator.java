package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.inference.Inference;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.internal.inference.Transmission;
import io.github.autoencoder4j.internal.sources.CheckedSource;

/** Measures how well a network reconstructs any number of samples, batch by batch. */
final class Evaluator {

  private final Engine network;
  private final ImageShape input;
  private final ValueRange range;
  private final int batch;

  Evaluator(Engine network) {
    this.network = network;
    this.input = network.table().input();
    this.range = network.spec().output().range();
    this.batch = network.forward().portion(Inference.LARGEST_BATCH);
  }

  /** From {@code n} samples to their codes, perhaps with noise. */
  @FunctionalInterface
  private interface Encoding {
    float[] apply(float[] samples, int n, int first, int draw);
  }

  Evaluation evaluate(ImageSource inputs, ImageSource targets) {
    return judge(inputs, targets, 0).evaluation(network.store().penalty());
  }

  /** Of samples that come after so many others. */
  PartialEvaluation evaluatePart(ImageSource samples, int before) {
    return judge(samples, samples, before).part(network.store().penalty());
  }

  private Judge judge(ImageSource inputs, ImageSource targets, int before) {
    return judge(
        inputs,
        targets,
        before,
        1,
        !network.table().terms().isEmpty(),
        (samples, n, first, draw) -> network.forward().encodeForReconstruction(samples, n, first));
  }

  Evaluation evaluate(ImageSource samples, Transmission channel, int draws) {
    Judge judge =
        judge(
            samples,
            samples,
            0,
            draws,
            false,
            (rows, n, first, draw) -> {
              float[] codes = network.forward().encode(rows, n);
              channel.disturb(codes, n, first, draw);
              return codes;
            });
    return judge.evaluation(network.store().penalty());
  }

  private Judge judge(
      ImageSource source,
      ImageSource wantedSource,
      int before,
      int draws,
      boolean hasTerms,
      Encoding encoding) {
    ImageSource targets = CheckedSource.of(wantedSource);
    ImageSource inputs = source == wantedSource ? targets : CheckedSource.of(source);
    Rows.requireShape("inputs", inputs.shape(), input);
    Rows.requireShape("targets", targets.shape(), input);
    int count = targets.size();
    if (inputs.size() != count || count == 0) {
      throw new IllegalArgumentException(
          "there must be as many inputs as targets and at least one, but there are %s and %s"
              .formatted(inputs.size(), count));
    }
    if ((long) count * draws > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s draws for each of %s samples are more than can be counted; ask for at most %s draws"
              .formatted(draws, count, Integer.MAX_VALUE / count));
    }
    Judge judge = new Judge(network);
    for (int start = 0, n; start < count; start += n) {
      n = Math.min(batch, count - start);
      float[] wanted = Rows.read(targets, range, start, n);
      float[] seen = inputs == targets ? wanted : Rows.read(inputs, range, start, n);
      for (int draw = 0; draw < draws; draw++) {
        judge.add(
            wanted, network.forward().fed(encoding.apply(seen, n, before + start, draw), n), n);
      }
      if (hasTerms) {
        judge.add(network.forward().objective(seen, wanted, n, before + start), n);
      }
    }
    return judge;
  }
}
