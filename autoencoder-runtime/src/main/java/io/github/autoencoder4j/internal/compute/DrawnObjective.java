package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.StagePlan;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * The objective of a network whose stage draws several codes for each sample, as training computes
 * it, few samples at a time.
 */
final class DrawnObjective {

  /** How many draws are decoded at a time. */
  private static final int MOST_DRAWS = 2048;

  private final ForwardPass pass;
  private final Network table;
  private final OutputKernel output;

  DrawnObjective(ForwardPass pass, Network table, OutputKernel output) {
    this.pass = pass;
    this.table = table;
    this.output = output;
  }

  /**
   * Judges a batch.
   *
   * @param input what the network sees, {@code n} samples side by side, with their conditions
   * @param target what it is asked for, without conditions
   * @param n how many samples
   * @param first the number of the first among all samples of a call, which chooses the noise
   * @return the objective, without penalty
   */
  Objective of(float[] input, float[] target, int n, long first) {
    int draws = table.draws();
    int width = table.input().size();
    int size = table.sample().size();
    int most = Math.max(1, pass.portion(MOST_DRAWS) / draws);
    double loss = 0;
    double[] terms = new double[table.terms().size()];
    for (int start = 0, count; start < n; start += count) {
      count = Math.min(most, n - start);
      int from = start;
      int rows = count * draws;
      long number = (first + start) * draws;
      double[] conditions = new double[rows * table.conditions()];
      double[] told = new double[count * table.conditions()];
      float[] encoded =
          pass.layers(
              (row, memory, at) -> memory.at(at).put(input, (from + row) * width, width),
              count,
              told);
      float[] codes = new float[encoded.length * draws];
      for (int row = 0; row < rows; row++) {
        int sample = row / draws;
        int values = encoded.length / count;
        System.arraycopy(encoded, sample * values, codes, row * values, values);
        int classes = table.conditions();
        System.arraycopy(told, sample * classes, conditions, row * classes, classes);
      }
      LatentBatch drawn = null;
      for (StagePlan place : table.stages()) {
        LatentBatch batch = pass.run(place, codes, rows, number, Mode.OBJECTIVE, conditions);
        codes = ForwardPass.floats(batch.output());
        drawn = place.stage().draws() > 1 ? batch : drawn;
      }
      float[] fed = pass.fed(codes, rows);
      float[] linked = new float[fed.length];
      ImportanceBound.link(output, fed, linked, 0, fed.length);
      loss +=
          ImportanceBound.of(
              Objects.requireNonNull(drawn),
              draws,
              output,
              FloatBuffer.wrap(fed),
              FloatBuffer.wrap(target).slice(start * size, count * size),
              FloatBuffer.wrap(linked),
              1);
      terms[0] += drawn.terms()[0];
    }
    return table.objective(loss / ((double) n * size), terms, n);
  }
}
