package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.inference.Conditions;
import io.github.autoencoder4j.internal.samples.ParallelReading;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a fit of {@link Anomalies}. Not thread-safe.
 *
 * <pre>{@code
 * Anomalies anomalies = Anomalies.with(autoencoder).references(train).fit(heldOut);
 * }</pre>
 */
public final class AnomaliesBuilder {

  private static final int FOLDS = 5;

  private final Autoencoder autoencoder;
  private float @Nullable [][] references;
  private ResidualScore residual = ResidualScore.MAHALANOBIS;
  private int neighbors = 5;
  private double calibrationShare = 0.5;
  private long seed = 1;

  AnomaliesBuilder(Autoencoder autoencoder) {
    this.autoencoder = autoencoder;
  }

  /**
   * Searches for neighbours among other rows, such as those that the autoencoder was trained on, of
   * which there are more. By default it searches among the rows of the fit.
   *
   * @param trained {@code [n][values]}, finite; copied when it is fitted
   * @return this builder
   */
  public AnomaliesBuilder references(float[][] trained) {
    this.references = Objects.requireNonNull(trained, "trained");
    return this;
  }

  /**
   * Chooses how the residual is judged.
   *
   * @param score {@link ResidualScore#MAHALANOBIS} by default; {@link ResidualScore#SQUARED} may be
   *     better for pictures, and is faster
   * @return this builder
   */
  public AnomaliesBuilder residual(ResidualScore score) {
    this.residual = Objects.requireNonNull(score, "score");
    return this;
  }

  /**
   * Chooses which neighbour is measured.
   *
   * @param k counted from 1; 5 by default. 0 judges the residual alone, which is faster
   * @return this builder
   * @throws IllegalArgumentException if {@code k} is below 0
   */
  public AnomaliesBuilder neighbors(int k) {
    if (k < 0) {
      throw new IllegalArgumentException(
          "neighbors must be at least 1, or 0 for none, but was " + k);
    }
    this.neighbors = k;
    return this;
  }

  /**
   * Chooses how many of the normal rows are kept for p-values; the others are fitted to. A rate of
   * false alarms of {@code a} needs {@code 1 / a - 1}.
   *
   * @param share in (0, 1); 0.5 by default
   * @return this builder
   * @throws IllegalArgumentException if {@code share} is out of its range
   */
  public AnomaliesBuilder calibrationShare(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "the share of rows for p-values must lie between 0 and 1, but was " + share);
    }
    this.calibrationShare = share;
    return this;
  }

  /**
   * Chooses which rows are kept for p-values.
   *
   * @param seed any number; 1 by default
   * @return this builder
   */
  public AnomaliesBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Fits to normal samples, such as pictures.
   *
   * @param normal of the shape of the autoencoder's input, with values in its range; not those it
   *     was trained on
   * @return what judges samples
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if it is conditioned on classes
   * @throws IllegalArgumentException as {@link #fit(float[][])} says, or if the shape or the
   *     columns of a table are others
   */
  public Anomalies fit(ImageSource normal) {
    Reconstructor.requireFit(autoencoder, normal);
    return fit(normal.toArrays());
  }

  /**
   * Fits to normal rows.
   *
   * @param normal {@code [n][values]} of the autoencoder's input, finite and in its range; not
   *     those it was trained on
   * @return what judges rows
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if it is conditioned on classes
   * @throws IllegalArgumentException if the share for p-values leaves fewer than 20 rows to fit to
   *     or none for p-values, there are fewer than {@code k} rows to search for neighbours, a row
   *     has another length or a value is not in the range of the autoencoder, or all are
   *     reconstructed alike
   */
  public Anomalies fit(float[][] normal) {
    autoencoder
        .spec()
        .ifPresent(
            spec ->
                Conditions.requireNone(
                    spec,
                    "anomalies are scored without classes; train one without conditionedOn(...)"));
    int columns = autoencoder.inputShape().size();
    NormalRows.requireAll(normal, columns);
    int kept = (int) Math.round(calibrationShare * normal.length);
    int fitted = normal.length - kept;
    if (fitted < CalibratedSum.LEAST_ROWS || kept < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d normal rows are too few: a share of %s for p-values leaves %d to fit to and %d"
                  + " for p-values, but at least %d and 1 are needed; give at least %.0f rows",
              normal.length,
              calibrationShare,
              fitted,
              kept,
              CalibratedSum.LEAST_ROWS,
              Math.ceil(
                  Math.max(
                      CalibratedSum.LEAST_ROWS / (1 - calibrationShare), 1 / calibrationShare))));
    }
    Reconstructor reconstructor = new Reconstructor(autoencoder, normal);
    Reconstructor.Rows all = reconstructor.reconstruct(normal);
    int[] order = RandomStream.of(seed, "anomalies").permutation(normal.length);
    Reconstructor.Rows rows = all.select(Arrays.copyOfRange(order, kept, order.length));
    float[][] others =
        references == null ? null : reconstructor.reconstruct(references).reconstructions;
    return new Anomalies(
        reconstructor,
        judge(rows, others),
        CalibratedSum.of(crossFitted(rows, others)),
        all.select(Arrays.copyOf(order, kept)));
  }

  private ReconstructionJudge judge(Reconstructor.Rows rows, float @Nullable [][] others) {
    return new ReconstructionJudge(
        rows, others == null ? rows.reconstructions : others, residual, neighbors);
  }

  /** Scores each row by a judge that was fitted without it. */
  private double[][] crossFitted(Reconstructor.Rows rows, float @Nullable [][] others) {
    double[][] scores = new double[rows.size()][];
    for (int f = 0; f < FOLDS; f++) {
      int fold = f;
      ReconstructionJudge judge =
          judge(
              rows.select(IntStream.range(0, rows.size()).filter(i -> i % FOLDS != fold).toArray()),
              others);
      int[] held = IntStream.range(0, rows.size()).filter(i -> i % FOLDS == fold).toArray();
      Reconstructor.Rows left = rows.select(held);
      int[] nearest = judge.neighbors(left);
      ParallelReading.forEach(
          held.length, i -> scores[held[i]] = judge.scores(left, i, nearest[i]));
    }
    return scores;
  }
}
