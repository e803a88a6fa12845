package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.anomaly.ResidualScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Learns from normal rows what {@link io.github.autoencoder4j.anomaly.Anomalies} does on one
 * machine: how odd others are, and which score is rare enough for an alarm.
 *
 * <pre>{@code
 * AnomalyModel anomalies = new AnomalyEstimator(model).setPValueCol("p").fit(heldOut);
 * Dataset<Row> alarms = anomalies.transform(rows).filter("p <= 0.01"); // one false one in a hundred
 * }</pre>
 *
 * <p>The scorer is fitted to {@link #fitRows} rows from all over the data, which the driver
 * gathers. All others, a million at most, are scored where they lie, and these scores are what
 * p-values and thresholds are made of. So the promise of {@link
 * io.github.autoencoder4j.anomaly.ConformalCalibration} holds: a normal row has {@code P(p <= a) <=
 * a}, if it comes from the same source as these rows and the autoencoder was not trained on them.
 */
public final class AnomalyEstimator extends Estimator<AnomalyModel>
    implements AnomalyColumns<AnomalyEstimator> {

  private static final long serialVersionUID = 1L;

  /** As {@code Anomalies} needs them. */
  private static final int LEAST_ROWS = 40;

  /** Scores for p-values, which go to all executors. */
  private static final long MOST_SCORES = 1_000_000;

  private final String uid;
  private final AutoencoderModel model;
  private final Param<String> inputCol;
  private final Param<String> scoreCol;
  private final Param<String> pValueCol;
  private final Param<String> residual;
  private final IntParam neighbors;
  private final IntParam fitRows;

  /**
   * Makes an estimator.
   *
   * @param model a trained autoencoder, whose column of samples is read unless {@code setInputCol}
   *     names another
   */
  public AnomalyEstimator(AutoencoderModel model) {
    this(Identifiable$.MODULE$.randomUID("anomalies"), model);
  }

  private AnomalyEstimator(String uid, AutoencoderModel model) {
    this.uid = uid;
    this.model = Objects.requireNonNull(model, "model");
    this.inputCol = AutoencoderColumns.inputCol(uid);
    this.scoreCol = AnomalyColumns.scoreCol(uid);
    this.pValueCol = AnomalyColumns.pValueCol(uid);
    this.residual = AnomalyColumns.residual(uid);
    this.neighbors = AnomalyColumns.neighbors(uid);
    this.fitRows =
        new IntParam(uid, "fitRows", "rows to fit scores to", ParamValidators.gtEq(LEAST_ROWS));
    AnomalyColumns.setDefaults(this);
    setDefault(inputCol, model.getOrDefault(model.inputCol()));
    setDefault(fitRows, 2_000);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> inputCol() {
    return inputCol;
  }

  @Override
  public Param<String> scoreCol() {
    return scoreCol;
  }

  @Override
  public Param<String> pValueCol() {
    return pValueCol;
  }

  @Override
  public Param<String> residual() {
    return residual;
  }

  @Override
  public IntParam neighbors() {
    return neighbors;
  }

  /**
   * Returns the parameter that says how many rows scores are fitted to.
   *
   * @return the parameter; 2,000 by default
   */
  public IntParam fitRows() {
    return fitRows;
  }

  /**
   * Chooses how the residual is judged.
   *
   * @param score {@link ResidualScore#MAHALANOBIS} by default; {@link ResidualScore#SQUARED} may be
   *     better for pictures, and is faster
   * @return this
   */
  public AnomalyEstimator setResidual(ResidualScore score) {
    set(residual, score.name());
    return this;
  }

  /**
   * Chooses which of the nearest rows that scores are fitted to is measured.
   *
   * @param k counted from 1; 5 by default. 0 judges the residual alone, which is faster
   * @return this
   */
  public AnomalyEstimator setNeighbors(int k) {
    set(neighbors, k);
    return this;
  }

  /**
   * Chooses how many rows scores are fitted to. They are gathered on the driver, and each executor
   * has them.
   *
   * @param count at least 40; half of the rows if there are fewer than twice as many
   * @return this
   */
  public AnomalyEstimator setFitRows(int count) {
    set(fitRows, count);
    return this;
  }

  @Override
  public AnomalyEstimator copy(ParamMap extra) {
    return copyValues(new AnomalyEstimator(uid, model), extra);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    InputColumn.of(schema, getOrDefault(inputCol));
    return ScoreColumns.schema(this, schema);
  }

  /**
   * Learns what is normal.
   *
   * @param normal has the input column, and none of the output columns; at least 80 rows, on which
   *     the autoencoder was not trained
   * @return what scores rows
   * @throws IllegalArgumentException if a column is missing, holds no samples, or is there already;
   *     if there are fewer than 80 rows, or all are reconstructed alike; if codes depend on how
   *     rows are cut into batches
   * @throws UnsupportedOperationException if the autoencoder is conditioned on classes
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a row holds no sample; the
   *     message names it
   */
  @Override
  public AnomalyModel fit(Dataset<?> normal) {
    SparkSession session = normal.sparkSession();
    SparkVersion.require(session.version());
    transformSchema(normal.schema());
    model.requireRowByRow(false);
    Dataset<Row> samples = normal.toDF().select(functions.col(getOrDefault(inputCol)));
    InputColumn column = InputColumn.of(samples.schema(), getOrDefault(inputCol));
    return fit(
        session, SampleBlocks.numbered(samples.toJavaRDD(), column, model.broadcast(session)));
  }

  /**
   * Learns what is normal from packed pictures, which are read where they lie.
   *
   * @param normal at least 80 pictures, on which the autoencoder was not trained
   * @return what scores pictures
   * @throws IllegalArgumentException if pictures have another shape; if there are fewer than 80, or
   *     all are reconstructed alike; if codes depend on how pictures are cut into batches
   * @throws UnsupportedOperationException if the autoencoder is conditioned on classes
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a picture is missing or
   *     damaged; the message names it
   */
  public AnomalyModel fit(PackedShards normal) {
    normal.requireShape(model.bytes().shared().inputShape());
    model.requireRowByRow(false);
    return fit(normal.session(), SampleBlocks.of(normal));
  }

  private AnomalyModel fit(SparkSession session, SampleBlocks samples) {
    long count = samples.count();
    if (count < 2 * LEAST_ROWS) {
      throw new IllegalArgumentException(
          "what is normal is learnt from at least %s rows, but there are %s"
              .formatted(2 * LEAST_ROWS, count));
    }
    AnomalyRoles roles =
        new AnomalyRoles(
            count,
            Math.min((Integer) getOrDefault(fitRows), count / 2),
            Math.min(count, MOST_SCORES));
    FittedScorer scorer =
        new FittedScorer(
            model.bytes(),
            fitted(samples, roles),
            ResidualScore.valueOf(getOrDefault(residual)),
            (Integer) getOrDefault(neighbors));
    // What is wrong is said here, not on the executors.
    scorer.shared();
    double[] scores =
        scores(
            samples,
            roles,
            JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(scorer));
    return copyValues(new AnomalyModel(uid, scorer, new NormalScores(scores)), new ParamMap())
        .setParent(this);
  }

  private static float[][] fitted(SampleBlocks samples, AnomalyRoles roles) {
    FlatMapFunction<Iterator<SampleBlock>, float[]> pick =
        blocks -> {
          List<float[]> rows = new ArrayList<>();
          while (blocks.hasNext()) {
            rows.addAll(rows(blocks.next(), roles::isFitted));
          }
          return rows.iterator();
        };
    return SparkFailures.explained(() -> samples.rdd().mapPartitions(pick).collect())
        .toArray(new float[0][]);
  }

  private static double[] scores(
      SampleBlocks samples, AnomalyRoles roles, Broadcast<FittedScorer> scorer) {
    FlatMapFunction<Iterator<SampleBlock>, double[]> score =
        blocks -> {
          List<double[]> scores = new ArrayList<>();
          while (blocks.hasNext()) {
            float[][] rows = rows(blocks.next(), roles::isScored).toArray(new float[0][]);
            scores.add(scorer.value().shared().scores(rows));
          }
          return scores.iterator();
        };
    return SparkFailures.explained(() -> samples.rdd().mapPartitions(score).collect()).stream()
        .flatMapToDouble(Arrays::stream)
        .sorted()
        .toArray();
  }

  private static Collection<float[]> rows(SampleBlock block, LongPredicate wanted) {
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < block.samples().size(); i++) {
      if (wanted.test(block.first() + i)) {
        rows.add(block.samples().get(i));
      }
    }
    return rows;
  }
}
