package io.github.autoencoder4j.anomaly;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Finds what is odd among rows of a table or pictures with any trained autoencoder: a score for
 * each, which columns or pixels made it, and thresholds with a promise about false alarms.
 *
 * <pre>{@code
 * autoencoder.fit(train, Training.epochs(100).cosineDecay());
 * Anomalies anomalies = Anomalies.fit(autoencoder, heldOut); // normal rows it was not trained on
 * double score = anomalies.score(row);
 * double[] columns = anomalies.explain(row);                 // sum to the score
 * boolean alarm = anomalies.isAnomaly(row, 0.01);            // one false alarm in a hundred
 * }</pre>
 *
 * <p>The score is a {@link CalibratedSum} of how rare two things are among normal rows:
 *
 * <ul>
 *   <li>the residual {@code x - reconstruction}, by a {@link ResidualScore}, unless told otherwise
 *       its Mahalanobis distance: is the row put together as normal ones are?
 *   <li>the distance of the row to the {@code k}-th nearest reconstruction of a normal row: has its
 *       code neighbours? This is measured behind the decoder, where distances have the unit of the
 *       columns, so that it can be split among them.
 * </ul>
 *
 * <p>The normal rows are used twice, never the same row: on some, spreads, neighbours and the sum
 * are fitted, the latter by cross-fitting; the others give {@link ConformalCalibration p-values},
 * whose promise therefore holds: a normal row is called an anomaly at a rate {@code a} with
 * probability {@code a} at most, whatever the autoencoder has learnt. Rows it was trained on would
 * break the promise, since it knows them.
 *
 * <p>Noise that a latent stage adds at inference is left out, so that a row always has the same
 * score. A model file holds the autoencoder alone; this is fitted again to the same rows and the
 * same seed when it is loaded, to the same scores, which takes a pass over them.
 *
 * <p>Instances are thread-safe. They judge by the weights that the autoencoder had at the fit: fit
 * again after training on.
 */
public final class Anomalies implements AnomalyScorer {

  /** Rows that are reconstructed at once. */
  private static final int BLOCK = 4096;

  private final Reconstructor reconstructor;
  private final ReconstructionJudge judge;
  private final CalibratedSum sum;
  private final double[] calibrationScores;
  private final ConformalCalibration calibration;

  Anomalies(
      Reconstructor reconstructor,
      ReconstructionJudge judge,
      CalibratedSum sum,
      Reconstructor.Rows calibrationRows) {
    this.reconstructor = reconstructor;
    this.judge = judge;
    this.sum = sum;
    int[] neighbors = judge.neighbors(calibrationRows);
    this.calibrationScores =
        IntStream.range(0, calibrationRows.size())
            .parallel()
            .mapToDouble(i -> ReconstructionJudge.total(split(calibrationRows, i, neighbors[i])))
            .toArray();
    this.calibration = ConformalCalibration.of(calibrationScores);
  }

  /**
   * Fits to normal rows, with the settings of {@link #with}.
   *
   * @param autoencoder trained, on others than these rows
   * @param normal {@code [n][values]} of its input, finite and in its range; at least 40
   * @return what judges rows
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if it is conditioned on classes
   * @throws IllegalArgumentException if there are fewer than 40 rows, a row has another length or a
   *     value is not in the range of the autoencoder, or all are reconstructed alike
   */
  public static Anomalies fit(Autoencoder autoencoder, float[][] normal) {
    return with(autoencoder).fit(normal);
  }

  /**
   * Fits to normal samples, such as pictures, with the settings of {@link #with}.
   *
   * @param autoencoder trained, on others than these samples
   * @param normal of the shape of its input, with values in its range; at least 40
   * @return what judges samples
   * @throws IllegalStateException if the autoencoder was not trained, or only a half of it loaded
   * @throws UnsupportedOperationException if it is conditioned on classes
   * @throws IllegalArgumentException if there are fewer than 40 samples, the shape or the columns
   *     of a table are others, a value is not in the range of the autoencoder, or all are
   *     reconstructed alike
   */
  public static Anomalies fit(Autoencoder autoencoder, ImageSource normal) {
    return with(autoencoder).fit(normal);
  }

  /**
   * Starts with the settings that {@link #fit(Autoencoder, float[][])} has: the Mahalanobis
   * distance of the residual, the fifth neighbour among the rows of the fit, half of the rows for
   * p-values.
   *
   * @param autoencoder trained
   * @return settings that can be changed before {@link AnomaliesBuilder#fit(float[][])}
   */
  public static AnomaliesBuilder with(Autoencoder autoencoder) {
    return new AnomaliesBuilder(Objects.requireNonNull(autoencoder, "autoencoder"));
  }

  @Override
  public int columns() {
    return reconstructor.shape().size();
  }

  /**
   * Scores a row. Rows by the thousand are scored faster by {@link #scores(float[][])}.
   *
   * @param row {@code columns()} finite values, in the range of the autoencoder
   * @return the sum of {@link #explain(float[])}, bit for bit; at least 0 but for rounding; the
   *     higher, the odder
   * @throws IllegalArgumentException if the row has another length or a value is not in the range
   */
  @Override
  public double score(float[] row) {
    return ReconstructionJudge.total(explain(row));
  }

  @Override
  public double[] scores(float[][] rows) {
    double[] scores = new double[rows.length];
    inBlocks(
        rows,
        (i, block, at, neighbor) ->
            scores[i] = ReconstructionJudge.total(split(block, at, neighbor)));
    return scores;
  }

  /**
   * Scores samples, few of which are in memory at a time.
   *
   * @param samples of the shape of the autoencoder's input, with values in its range
   * @return one score a sample
   * @throws IllegalArgumentException if the shape or the columns of a table are others, or a value
   *     is not in the range
   */
  public double[] scores(ImageSource samples) {
    reconstructor.requireFit(samples);
    double[] scores = new double[samples.size()];
    for (int start = 0; start < scores.length; start += BLOCK) {
      int end = Math.min(scores.length, start + BLOCK);
      double[] block = scores(samples.slice(start, end).toArrays());
      System.arraycopy(block, 0, scores, start, block.length);
    }
    return scores;
  }

  /**
   * Splits the score of a row among its columns, or of a picture among its values, plane by plane.
   *
   * @param row {@code columns()} finite values, in the range of the autoencoder
   * @return {@code columns()} values that sum to the score, bit for bit when added in order; below
   *     0 where a column makes others less odd
   * @throws IllegalArgumentException if the row has another length or a value is not in the range
   */
  public double[] explain(float[] row) {
    return explain(new float[][] {row})[0];
  }

  /**
   * Splits the scores of rows.
   *
   * @param rows {@code [n][columns()]}, finite, in the range of the autoencoder
   * @return {@code [n][columns()]}, as {@link #explain(float[])} gives them
   * @throws IllegalArgumentException if a row has another length or a value is not in the range
   */
  public double[][] explain(float[][] rows) {
    double[][] splits = new double[rows.length][];
    inBlocks(rows, (i, block, at, neighbor) -> splits[i] = split(block, at, neighbor));
    return splits;
  }

  /**
   * Splits the score of a picture among its places, all channels together.
   *
   * @param picture plane by plane, with values in the range of the autoencoder
   * @return {@code [height][width]}; sums to the score but for rounding
   * @throws IllegalArgumentException if the picture has another size or a value is not in the range
   */
  public double[][] heatMap(float[] picture) {
    ImageShape shape = reconstructor.shape();
    double[] split = explain(picture);
    double[][] map = new double[shape.height()][shape.width()];
    int plane = shape.height() * shape.width();
    for (int i = 0; i < split.length; i++) {
      map[i % plane / shape.width()][i % shape.width()] += split[i];
    }
    return map;
  }

  /**
   * Gives what the scores of rows are made of, to compare them.
   *
   * @param rows {@code [n][columns()]}, finite, in the range of the autoencoder
   * @return one a row
   * @throws IllegalArgumentException if a row has another length or a value is not in the range
   */
  public List<AnomalyParts> parts(float[][] rows) {
    AnomalyParts[] parts = new AnomalyParts[rows.length];
    ResidualModel residuals = judge.residuals();
    ColumnScorer mahalanobis = residuals.mahalanobis();
    inBlocks(
        rows,
        (i, block, at, neighbor) -> {
          double[] raw = judge.scores(block, at, neighbor);
          double[] rare = sum.parts(raw);
          float[] residual = block.residuals[at];
          parts[i] =
              new AnomalyParts(
                  residuals.squared().score(residual) / residual.length,
                  residuals.diagonal().score(residual),
                  mahalanobis.score(residual),
                  rare[0],
                  raw.length > 1 ? raw[1] : 0,
                  raw.length > 1 ? rare[1] : 0);
        });
    return List.of(parts);
  }

  /**
   * Computes how likely a normal row scores at least as high.
   *
   * @param row {@code columns()} finite values, in the range of the autoencoder
   * @return in (0, 1]; {@code P(p-value <= a) <= a} for a normal row
   * @throws IllegalArgumentException if the row has another length or a value is not in the range
   */
  public double pValue(float[] row) {
    return calibration.pValue(score(row));
  }

  /**
   * Tells whether a row is an anomaly.
   *
   * @param row {@code columns()} finite values, in the range of the autoencoder
   * @param falseAlarmRate share of normal rows that may be called anomalies, in (0, 1)
   * @return {@code pValue(row) <= falseAlarmRate}
   * @throws IllegalArgumentException if the row has another length or a value is not in the range,
   *     the rate is out of its range, or {@code 1 / rate - 1} is more than the rows that were kept
   *     for p-values
   */
  public boolean isAnomaly(float[] row, double falseAlarmRate) {
    return calibration.isAnomaly(score(row), falseAlarmRate);
  }

  /**
   * Picks the anomalies of a batch so that few of those picked are normal, by {@link
   * BenjaminiHochberg}.
   *
   * @param rows {@code [n][columns()]}, finite, in the range of the autoencoder
   * @param falseDiscoveryRate expected share of normal rows among those picked, in (0, 1)
   * @return which rows are picked
   * @throws IllegalArgumentException if a row has another length or a value is not in the range, or
   *     the rate is out of its range
   */
  public boolean[] areAnomalies(float[][] rows, double falseDiscoveryRate) {
    return BenjaminiHochberg.reject(calibration.pValues(scores(rows)), falseDiscoveryRate);
  }

  /**
   * Gives what turns scores into p-values and thresholds.
   *
   * @return of the scores of the rows that were kept for that
   */
  public ConformalCalibration calibration() {
    return calibration;
  }

  /**
   * Starts to watch a stream of scores for drift.
   *
   * <pre>{@code
   * DriftAlarm drift = anomalies.drift(0.01, 7);
   * boolean changed = drift.add(anomalies.score(row)); // for each row
   * }</pre>
   *
   * @param falseAlarmRate how likely the alarm may ever be raised though nothing drifts, in (0, 1)
   * @param seed breaks ties
   * @return a new alarm that starts from the scores of the rows that were kept for p-values
   * @throws IllegalArgumentException if the rate is out of its range
   */
  public DriftAlarm drift(double falseAlarmRate, long seed) {
    return DriftAlarm.of(calibrationScores, falseAlarmRate, seed);
  }

  /** Told of each row, by several threads at once. */
  @FunctionalInterface
  private interface RowVisitor {
    void visit(int i, Reconstructor.Rows block, int at, int neighbor);
  }

  private void inBlocks(float[][] rows, RowVisitor visitor) {
    for (int start = 0; start < rows.length; start += BLOCK) {
      int first = start;
      Reconstructor.Rows block =
          reconstructor.reconstruct(
              Arrays.copyOfRange(rows, start, Math.min(rows.length, start + BLOCK)));
      int[] neighbors = judge.neighbors(block);
      ParallelReading.forEach(block.size(), i -> visitor.visit(first + i, block, i, neighbors[i]));
    }
  }

  private double[] split(Reconstructor.Rows block, int at, int neighbor) {
    double[][] splits = judge.split(block, at, neighbor);
    double[] totals = ReconstructionJudge.totals(splits);
    double[] rare = sum.parts(ReconstructionJudge.scores(totals));
    double[] columns = new double[splits[0].length];
    for (int part = 0; part < splits.length; part++) {
      double[] split = splits[part];
      double whole = totals[part];
      // Where nothing is odd in any column, each has an equal share.
      double factor = whole > 0 ? rare[part] / whole : 0;
      double equal = whole > 0 ? 0 : rare[part] / columns.length;
      for (int j = 0; j < columns.length; j++) {
        columns[j] += factor * split[j] + equal;
      }
    }
    return columns;
  }
}
