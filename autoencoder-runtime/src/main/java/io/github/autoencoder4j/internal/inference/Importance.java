package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.internal.compute.ImportanceBound;
import io.github.autoencoder4j.internal.compute.OutputNumbers;
import io.github.autoencoder4j.internal.compute.RowReader;
import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.output.OutputKernel;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.FloatBuffer;
import java.util.List;

/** Draws codes from their distributions and weighs them by how well they explain their samples. */
final class Importance {

  /** More are no better than a million, and no index runs over. */
  private static final int MOST_DRAWS = 1_000_000;

  private final RunnableNetwork network;
  private final OutputKernel output;

  /** How many stages come before the one that draws. */
  private final int before;

  /** How many numbers it draws for a sample. */
  private final int size;

  /** What the decoder yields for draws, and its link: kept, since fresh memory is dear. */
  private float[] fed = {};

  private float[] linked = {};

  /**
   * Finds the stage that draws.
   *
   * @throws IllegalStateException if there is none
   */
  Importance(RunnableNetwork network) {
    this.network = network;
    this.output = OutputNumbers.kernel(network.table(), network.store());
    this.before = stage(network.spec());
    this.size = network.table().stages().get(before).output().size();
  }

  private static int stage(Spec spec) {
    return spec.stage(Variational.class)
        .map(spec.stages()::indexOf)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the codes of this autoencoder are numbers, not distributions; build it with"
                        + " variational()"));
  }

  /** Refuses what has no likelihood, or one that cannot be estimated so. */
  void requireLikelihood(int draws) {
    if (draws < 1 || draws > MOST_DRAWS) {
      throw new IllegalArgumentException(
          "from 1 to 1000000 codes can be drawn for a sample, but %s were asked for; 100 give a tight bound, 5000 are usual in publications"
              .formatted(draws));
    }
    Spec spec = network.spec();
    if (!spec.output().isLikelihood()) {
      throw new IllegalStateException(
          "the output \"%s\" is no probability of a sample, so there is no likelihood; choose Output.bernoulli() for black and white, Output.gaussian(variance) for real numbers"
              .formatted(spec.output().describe()));
    }
    for (int i = 0; i < spec.stages().size(); i++) {
      LatentStage stage = spec.stages().get(i);
      if (i != before && (stage.isNoisy() || network.table().stages().get(i).couplesSamples())) {
        throw new IllegalStateException(
            "the likelihood of a sample needs codes that only variational() draws, each by itself, but there is also \"%s\""
                .formatted(stage.describe()));
      }
    }
  }

  /** The distributions of the codes of {@code n} samples: of each its means, then its variances. */
  void distributions(RowReader samples, int n, float[][] results) {
    Rows.split(network.forward().encode(samples, n, before), 2 * size, n, results, 0);
    for (float[] row : results) {
      for (int j = size; j < row.length; j++) {
        row[j] = (float) Math.exp(row[j]);
      }
    }
  }

  /**
   * The log-likelihood of one sample.
   *
   * @param sample its values, with its condition
   * @param mean of its code
   * @param variance of its code
   * @param draws how many codes are drawn
   * @param random what to draw from
   * @param batch how many are decoded at a time
   */
  double logLikelihood(
      float[] sample, float[] mean, float[] variance, int draws, RandomStream random, int batch) {
    double[] deviations = new double[size];
    double[] logVariances = new double[size];
    for (int j = 0; j < size; j++) {
      deviations[j] = Math.sqrt(variance[j]);
      logVariances[j] = Math.log(variance[j]);
    }
    double greatest = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int drawn = 0, n; drawn < draws; drawn += n) {
      n = Math.min(batch, draws - drawn);
      double[] logs = new double[n];
      float[] codes = draw(mean, deviations, logVariances, random, logs);
      float[] complete = network.forward().complete(codes, n, before + 1, sample);
      add(complete, sample, logs);
      for (double log : logs) {
        // The sum of exponentials, in parts of the greatest so far.
        if (log > greatest) {
          sum = sum * Math.exp(greatest - log) + 1;
          greatest = log;
        } else {
          sum += Math.exp(log - greatest);
        }
      }
    }
    return greatest + Math.log(sum / draws);
  }

  /** Draws codes, and puts {@code ln p(z) - ln q(z | x)} of each. */
  private float[] draw(
      float[] mean,
      double[] deviations,
      double[] logVariances,
      RandomStream random,
      double[] logs) {
    float[] codes = new float[logs.length * size];
    for (int i = 0; i < logs.length; i++) {
      for (int j = 0; j < size; j++) {
        double noise = random.nextGaussian();
        float code = (float) (mean[j] + deviations[j] * noise);
        codes[i * size + j] = code;
        logs[i] += (noise * noise + logVariances[j] - (double) code * code) / 2;
      }
    }
    return codes;
  }

  /** Adds {@code ln p(x | z)} of each code. */
  private void add(float[] codes, float[] sample, double[] logs) {
    List<LayerPlan> decoder = network.table().decoder();
    int width = decoder.get(decoder.size() - 1).output().size();
    int count = logs.length * width;
    if (fed.length < count) {
      fed = new float[count];
      linked = new float[count];
    }
    network
        .forward()
        .fed(
            codes,
            logs.length,
            (row, values) -> {
              values.get(fed, row * width, width);
              ImportanceBound.link(output, fed, linked, row * width, (row + 1) * width);
            });
    double[] losses = new double[logs.length];
    output.lossesAndGradients(
        FloatBuffer.wrap(fed).slice(0, count),
        FloatBuffer.wrap(sample).slice(0, network.table().sample().size()),
        FloatBuffer.wrap(linked).slice(0, count),
        losses,
        logs.length,
        1);
    for (int i = 0; i < logs.length; i++) {
      logs[i] -= losses[i];
    }
  }
}
