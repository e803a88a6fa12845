package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.AnomalyParts;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The one recipe for every table of numbers, which depends on nothing but the rows it is fitted to.
 *
 * <p>Columns are standardised. Each of three autoencoders, with a code of three quarters of the
 * columns but 64 at most, is trained on four fifths of the rows and learns from the last fifth,
 * which is another for each, how rare its scores are. These are on one scale, so they are averaged.
 */
final class TableRecipe {

  private static final int MEMBERS = 3;
  private static final int FOLDS = 5;
  private static final int WIDEST_CODE = 64;

  private final float[] means;
  private final float[] deviations;
  private final List<Anomalies> members = new ArrayList<>();

  /** Means of the scores of all members, one a row. */
  static final class Scores {

    /** The calibrated sum. */
    final double[] sum;

    /** Its part that judges residuals. */
    final double[] residual;

    /** Its part that judges the neighbours of codes. */
    final double[] code;

    private Scores(int rows) {
      sum = new double[rows];
      residual = new double[rows];
      code = new double[rows];
    }
  }

  private TableRecipe(float[][] normal) {
    int columns = normal[0].length;
    means = new float[columns];
    deviations = new float[columns];
    for (int j = 0; j < columns; j++) {
      int column = j;
      double mean = Arrays.stream(normal).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(normal)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElseThrow();
      means[j] = (float) mean;
      // What rounding leaves of a column of one value is no spread.
      deviations[j] = Math.sqrt(variance) > 1e-6 * Math.abs(mean) ? (float) Math.sqrt(variance) : 1;
    }
  }

  /**
   * Fits to normal rows.
   *
   * @param normal {@code [n][d]}, finite; hundreds
   * @param seed chooses weights, batches and which rows are held out
   */
  static TableRecipe fit(float[][] normal, long seed) {
    TableRecipe recipe = new TableRecipe(normal);
    float[][] rows = recipe.standardize(normal);
    int columns = rows[0].length;
    int[] order = RandomStream.of(seed, "folds").permutation(rows.length);
    for (int member = 0; member < MEMBERS; member++) {
      int fold = member;
      float[][] train = rows(rows, order, i -> i % FOLDS != fold);
      float[][] held = rows(rows, order, i -> i % FOLDS == fold);
      int code =
          Math.max(1, Math.min(Math.min(WIDEST_CODE, columns - 1), Math.round(0.75f * columns)));
      Autoencoder autoencoder =
          Autoencoder.dense()
              .input(ImageShape.vector(columns))
              .hidden(128, 64)
              .bottleneck(code)
              .output(Output.gaussian(1))
              .seed(MEMBERS * seed + member)
              .build();
      autoencoder.fit(train, Training.epochs(100).batchSize(64).cosineDecay());
      recipe.members.add(
          Anomalies.with(autoencoder).references(train).calibrationShare(0.2).fit(held));
    }
    return recipe;
  }

  Scores scores(float[][] rows) {
    float[][] standardized = standardize(rows);
    Scores mean = new Scores(rows.length);
    for (Anomalies member : members) {
      List<AnomalyParts> parts = member.parts(standardized);
      for (int i = 0; i < rows.length; i++) {
        mean.residual[i] += parts.get(i).residual() / members.size();
        mean.code[i] += parts.get(i).code() / members.size();
        mean.sum[i] = mean.residual[i] + mean.code[i];
      }
    }
    return mean;
  }

  private float[][] standardize(float[][] rows) {
    return Arrays.stream(rows)
        .map(
            row -> {
              float[] standardized = new float[row.length];
              for (int j = 0; j < row.length; j++) {
                standardized[j] = (row[j] - means[j]) / deviations[j];
              }
              return standardized;
            })
        .toArray(float[][]::new);
  }

  private static float[][] rows(float[][] rows, int[] order, IntPredicate chosen) {
    return IntStream.range(0, order.length)
        .filter(chosen)
        .mapToObj(i -> rows[order[i]])
        .toArray(float[][]::new);
  }
}
