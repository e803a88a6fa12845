package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.onednn.RowReader;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.metric.LogLikelihood;
import io.github.autoencoder4j.random.RandomStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a trained network over any number of samples, batch by batch, so that memory stays small.
 * May be used by many threads while nobody trains the network.
 */
final class Inference {

  /** Enough samples to keep the cores busy. */
  private static final int LARGEST_BATCH = 2048;

  /** The largest values of codes, in turn, that take the place of huge ones. */
  private static final double[] SHORTER = {1e9, 1e6, 1e4, 1e2, 1};

  private final Engine network;
  private final ImageShape input;
  private final int latentSize;
  private final ValueRange range;
  private final int batch;

  Inference(Engine network) {
    this.network = network;
    this.input = network.table().input();
    this.latentSize = network.table().code().size();
    this.range = network.spec().output().range();
    this.batch = network.forward().portion(LARGEST_BATCH);
  }

  /** From {@code n} samples to their codes, perhaps with noise. */
  @FunctionalInterface
  private interface Encoding {
    float[] apply(float[] samples, int n, int first, int draw);
  }

  /** Turns {@code n} samples, the first of which has a number, into as many {@code results}. */
  @FunctionalInterface
  private interface BatchFunction {
    void apply(RowReader samples, int n, int first, float[][] results);
  }

  void encode(ImageSource samples, RowConsumer codes) {
    apply(
        samples,
        (rows, n, first, results) ->
            Rows.split(network.forward().encode(rows, n), latentSize, n, results, 0),
        codes);
  }

  float[][] decode(float[][] codes) {
    for (int i = 0; i < codes.length; i++) {
      Rows.requireFinite(i, codes[i], latentSize);
    }
    float[][] samples = new float[codes.length][];
    for (int start = 0, n; start < codes.length; start += n) {
      n = Math.min(batch, codes.length - start);
      float[] part = new float[n * latentSize];
      for (int i = 0; i < n; i++) {
        System.arraycopy(codes[start + i], 0, part, i * latentSize, latentSize);
      }
      decode(part, n, samples, start);
    }
    return samples;
  }

  private void decode(float[] codes, int n, float[][] results, int start) {
    network.forward().decode(codes, n, Rows.into(results, start, input));
    for (int i = 0; i < n; i++) {
      if (range.isBounded() && !Rows.isFinite(results[start + i])) {
        float[] code = Arrays.copyOfRange(codes, i * latentSize, (i + 1) * latentSize);
        results[start + i] = decodeHuge(code);
      }
    }
  }

  /**
   * Decodes a code whose values are so large that sums inside the network overflow. Outputs have
   * long come to rest at the edges of [0, 1] by then, so a shorter code of the same direction gives
   * what the huge one would if numbers had no bound.
   */
  private float[] decodeHuge(float[] code) {
    double longest = 0;
    for (float value : code) {
      longest = Math.max(longest, Math.abs(value));
    }
    float[][] result = new float[1][];
    for (double length : SHORTER) {
      float[] shorter = new float[code.length];
      for (int i = 0; i < code.length; i++) {
        shorter[i] = (float) (code[i] / longest * Math.min(length, longest));
      }
      network.forward().decode(shorter, 1, Rows.into(result, 0, input));
      if (Rows.isFinite(result[0])) {
        return result[0];
      }
    }
    // Weights that overflow on the smallest codes say nothing at all: what a sigmoid makes of 0.
    Arrays.fill(result[0], 0.5f);
    return result[0];
  }

  void reconstruct(ImageSource samples, RowConsumer reconstructions) {
    apply(
        samples,
        (rows, n, first, results) ->
            decode(network.forward().encodeForReconstruction(rows, n, first), n, results, 0),
        reconstructions);
  }

  void transmit(ImageSource samples, Transmission channel, RowConsumer reconstructions) {
    apply(
        samples,
        (rows, n, first, results) -> {
          float[] codes = network.forward().encode(rows, n);
          channel.disturb(codes, n, first, 0);
          decode(codes, n, results, 0);
        },
        reconstructions);
  }

  CodeDistributions distributions(ImageSource source) {
    Importance importance = new Importance(network);
    List<float[]> means = new ArrayList<>();
    List<float[]> variances = new ArrayList<>();
    apply(
        source,
        (rows, n, first, results) -> importance.distributions(rows, n, results),
        (index, row) -> {
          means.add(Arrays.copyOf(row, row.length / 2));
          variances.add(Arrays.copyOfRange(row, row.length / 2, row.length));
        });
    return new CodeDistributions(means.toArray(new float[0][]), variances.toArray(new float[0][]));
  }

  LogLikelihood logLikelihood(ImageSource source, int draws, long seed) {
    Importance importance = new Importance(network);
    importance.requireLikelihood(draws);
    ImageSource samples = CheckedSource.of(source);
    Rows.requireShape("samples", samples.shape(), input);
    CodeDistributions codes = distributions(samples);
    double[] nats = new double[samples.size()];
    for (int i = 0; i < nats.length; i++) {
      float[] sample = Rows.read(samples, range, i, 1);
      RandomStream random = RandomStream.of(seed, "likelihood", i);
      nats[i] =
          importance.logLikelihood(
              sample, codes.means()[i], codes.variances()[i], draws, random, batch);
    }
    return new LogLikelihood(nats, draws);
  }

  private void apply(ImageSource source, BatchFunction function, RowConsumer consumer) {
    ImageSource samples = CheckedSource.of(source);
    Rows.requireShape("samples", samples.shape(), input);
    int count = samples.size();
    // Step by step up to the very number, for beyond the largest one lie the negative ones.
    for (int start = 0, n; start < count; start += n) {
      n = Math.min(batch, count - start);
      float[][] results = new float[n][];
      function.apply(Rows.from(samples, range, start), n, start, results);
      for (int i = 0; i < n; i++) {
        handOn(consumer, start + i, results[i]);
      }
    }
  }

  private static void handOn(RowConsumer consumer, int index, float[] row) {
    try {
      consumer.accept(index, row);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the result of sample %s could not be handed on: %s".formatted(index, e), e);
    }
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
