package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.inference.Conditions;
import io.github.autoencoder4j.internal.inference.Inference;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.internal.inference.Transmission;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.network.Network;

/** Measures how well a network reconstructs any number of samples, batch by batch. */
final class Evaluator {

  private final Engine network;
  private final Network table;
  private final Conditions conditions;
  private final ValueRange range;
  private final int batch;

  Evaluator(Engine network) {
    this.network = network;
    this.table = network.table();
    this.conditions = new Conditions(network.spec(), table);
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
              channel.disturb(codes, network.spec().architecture().latent().size(), n, first, draw);
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
    // Of targets only the values matter.
    ImageSource targets = CheckedSource.of(wantedSource);
    ImageSource inputs = conditions.samples("inputs", source == wantedSource ? targets : source);
    Rows.requireShape("targets", targets.shape(), table.sample());
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
    int size = table.sample().size();
    for (int start = 0, n; start < count; start += n) {
      n = Math.min(batch, count - start);
      float[] seen = Rows.read(inputs, size, range, start, n);
      float[] wanted =
          source == wantedSource
              ? table.targets(seen, n)
              : Rows.read(targets, size, range, start, n);
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
