package io.github.autoencoder4j.latent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the nearest entries, and moves the codebook after the vectors that came to them.
 *
 * <p>Its arrays are the entries, {@code [entries, dimension]}, their running counts, and the
 * candidates for restarts, {@code [slots, 1 + dimension]}, each with how many vectors it is the sum
 * of, since those who share a batch add up what they counted.
 */
record VectorQuantizationKernel(VectorQuantization stage, Groups groups) implements LatentKernel {

  /** The indices. */
  @Override
  public int kept() {
    return groups.vectors();
  }

  @Override
  public void forward(LatentBatch batch) {
    int entries = stage.entries();
    int dimension = groups.dimension();
    double[] codebook = batch.arrays().get(0);
    // Number by number, so that the distances to all entries grow side by side.
    double[][] columns = new double[dimension][entries];
    double[] squares = new double[entries];
    for (int k = 0; k < entries; k++) {
      for (int d = 0; d < dimension; d++) {
        double value = codebook[k * dimension + d];
        columns[d][k] = value;
        squares[k] += value * value;
      }
    }
    double[] distances = new double[entries];
    for (int i = 0; i < batch.n(); i++) {
      double error = 0;
      for (int v = 0; v < groups.vectors(); v++) {
        int start = i * groups.size() + groups.start(v);
        System.arraycopy(squares, 0, distances, 0, entries);
        for (int d = 0; d < dimension; d++) {
          addMultiple(distances, columns[d], -2 * batch.input()[start + d * groups.stride()]);
        }
        int nearest = least(distances);
        batch.kept()[i * groups.vectors() + v] = nearest;
        error += replace(batch, start, nearest);
      }
      if (batch.mode().hasTerms()) {
        batch.addTerm(0, stage.commitment() * error);
      }
    }
  }

  private static void addMultiple(double[] sums, double[] values, double factor) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }

  private static int least(double[] values) {
    int least = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[least]) {
        least = i;
      }
    }
    return least;
  }

  /** Writes an entry in place of a vector, and returns the square of their distance. */
  private double replace(LatentBatch batch, int start, int entry) {
    double[] codebook = batch.arrays().get(0);
    double sum = 0;
    for (int d = 0; d < groups.dimension(); d++) {
      int at = start + d * groups.stride();
      double value = codebook[entry * groups.dimension() + d];
      double difference = batch.input()[at] - value;
      // What is not a number stays so: a run that diverged must not look like one that learns.
      batch.output()[at] = Double.isFinite(difference) ? value : difference;
      sum += difference * difference;
    }
    return sum;
  }

  /** Straight through, and {@code 2 commitment (z - e)}. */
  @Override
  public void backward(LatentBatch batch) {
    double pull = 2 * stage.commitment() * batch.gradientScale();
    for (int i = 0; i < batch.inputGradient().length; i++) {
      batch.inputGradient()[i] =
          batch.outputGradient()[i] + pull * (batch.input()[i] - batch.output()[i]);
    }
    count(batch);
    propose(batch);
  }

  private void count(LatentBatch batch) {
    double[] sums = batch.gradients().get(0);
    double[] counts = batch.gradients().get(1);
    for (int i = 0; i < batch.n(); i++) {
      for (int v = 0; v < groups.vectors(); v++) {
        int entry = (int) batch.kept()[i * groups.vectors() + v];
        counts[entry]++;
        add(batch, i, v, sums, entry * groups.dimension());
      }
    }
  }

  /** Leaves a vector of each of the first samples of the batch. */
  private void propose(LatentBatch batch) {
    double[] candidates = batch.gradients().get(2);
    int length = 1 + groups.dimension();
    int slots = candidates.length / length;
    for (int i = 0; i < batch.n() && batch.first() + i < slots; i++) {
      int slot = (int) batch.first() + i;
      candidates[slot * length]++;
      add(batch, i, batch.random(i).nextInt(groups.vectors()), candidates, slot * length + 1);
    }
  }

  private void add(LatentBatch batch, int sample, int vector, double[] sums, int offset) {
    int start = sample * groups.size() + groups.start(vector);
    for (int d = 0; d < groups.dimension(); d++) {
      sums[offset + d] += batch.input()[start + d * groups.stride()];
    }
  }

  @Override
  public void updateState(List<double[]> arrays, List<double[]> sums) {
    double[] codebook = arrays.get(0);
    double[] counts = arrays.get(1);
    int dimension = groups.dimension();
    double now = 1 - stage.decay();
    for (int k = 0; k < counts.length; k++) {
      double came = sums.get(1)[k];
      counts[k] += now * (came - counts[k]);
      for (int d = 0; d < dimension && came > 0; d++) {
        int at = k * dimension + d;
        codebook[at] += now * (sums.get(0)[at] - came * codebook[at]) / counts[k];
      }
    }
    restart(codebook, counts, sums.get(2));
  }

  /** Puts dead entries where candidates are, the least used first. */
  private void restart(double[] codebook, double[] counts, double[] candidates) {
    int dimension = groups.dimension();
    double mean = Arrays.stream(counts).sum() / counts.length;
    List<Integer> dead = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] < stage.restart() * mean) {
        dead.add(k);
      }
    }
    dead.sort(Comparator.comparingDouble(k -> counts[k]));
    int next = 0;
    for (int at = 0; at < candidates.length && next < dead.size(); at += 1 + dimension) {
      double added = candidates[at];
      if (added > 0) {
        int entry = dead.get(next++);
        counts[entry] = mean;
        for (int d = 0; d < dimension; d++) {
          codebook[entry * dimension + d] = candidates[at + 1 + d] / added;
        }
      }
    }
  }
}
