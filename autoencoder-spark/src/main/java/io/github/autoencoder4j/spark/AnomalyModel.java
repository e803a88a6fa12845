package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.anomaly.AnomalyScorer;
import io.github.autoencoder4j.anomaly.ConformalCalibration;
import io.github.autoencoder4j.exception.UnreadableModelException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Scores how odd rows are, and how rare that is among normal ones.
 *
 * <pre>{@code
 * anomalies.write().overwrite().save("hdfs:///models/payments");
 * AnomalyModel again = AnomalyModel.load("hdfs:///models/payments");
 * Dataset<Row> alarms = again.setPValueCol("p").transform(rows).filter("p <= 0.01");
 * double threshold = again.calibration().threshold(0.01); // the same, of scores
 * }</pre>
 *
 * <p>Every executor fits the scorer once, to the same rows, and scores some hundred rows at a time:
 * those of {@link #scorer()} on the same kind of processor, but for last digits where a partition
 * has only a handful of rows.
 */
public final class AnomalyModel extends Model<AnomalyModel>
    implements AnomalyColumns<AnomalyModel>, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final @Nullable FittedScorer scorer;

  private final NormalScores normal;

  private final Param<String> inputCol;
  private final Param<String> scoreCol;
  private final Param<String> pValueCol;
  private final Param<String> residual;
  private final IntParam neighbors;

  /**
   * Makes one that has learnt nothing, as Spark's readers do.
   *
   * @param uid its name
   */
  public AnomalyModel(String uid) {
    this(uid, null, new NormalScores(new double[0]));
  }

  AnomalyModel(String uid, @Nullable FittedScorer scorer, NormalScores normal) {
    this.uid = uid;
    this.scorer = scorer;
    this.normal = normal;
    this.inputCol = AutoencoderColumns.inputCol(uid);
    this.scoreCol = AnomalyColumns.scoreCol(uid);
    this.pValueCol = AnomalyColumns.pValueCol(uid);
    this.residual = AnomalyColumns.residual(uid);
    this.neighbors = AnomalyColumns.neighbors(uid);
    AnomalyColumns.setDefaults(this);
  }

  /**
   * Returns what reads a model that {@link #write()} wrote.
   *
   * @return a reader
   */
  public static MLReader<AnomalyModel> read() {
    return new AnomalyReader();
  }

  /**
   * Reads a model that {@link #write()} wrote.
   *
   * @param path a folder of any file system that Hadoop knows
   * @return the model
   * @throws UnreadableModelException if the file of weights is damaged, or needs a newer version of
   *     this library
   */
  public static AnomalyModel load(String path) {
    return read().load(path);
  }

  /**
   * Returns what writes a folder: the parameters, the autoencoder as {@code model.aemodel}, and as
   * Parquet the rows that scores are fitted to and the scores of normal rows.
   *
   * @return a writer
   */
  @Override
  public MLWriter write() {
    return new AnomalyWriter(fitted(), normal.scores(), DefaultParamsWritable.super.write());
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

  @Override
  public AnomalyModel copy(ParamMap extra) {
    return copyValues(new AnomalyModel(uid, scorer, normal), extra).setParent(parent());
  }

  private FittedScorer fitted() {
    if (scorer == null) {
      throw new IllegalStateException(
          "this model has learnt nothing: it was made with new AnomalyModel(uid); use AnomalyModel.load, or AnomalyEstimator");
    }
    return scorer;
  }

  /**
   * Returns what scores rows on this machine.
   *
   * @return the scorer
   */
  public AnomalyScorer scorer() {
    return fitted().shared();
  }

  /**
   * Returns what turns scores into p-values and thresholds.
   *
   * @return of the scores of normal rows
   */
  public ConformalCalibration calibration() {
    fitted();
    return normal.calibration();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    InputColumn.of(schema, getOrDefault(inputCol));
    return ScoreColumns.schema(this, schema);
  }

  /**
   * Adds columns.
   *
   * @param dataset has the input column
   * @return with scores and p-values, as far as they are asked for; computed when they are needed,
   *     and then a row that holds no sample ends the job: the message names it
   * @throws IllegalArgumentException if a column is missing, holds no samples, or is there already
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    SparkSession session = dataset.sparkSession();
    SparkVersion.require(session.version());
    InputColumn input = InputColumn.of(dataset.schema(), getOrDefault(inputCol));
    StructType schema = ScoreColumns.schema(this, dataset.schema());
    return dataset
        .toDF()
        .mapPartitions(new RowCoder(input, columns(session)), Encoders.row(schema));
  }

  /**
   * Scores packed pictures, which are read where they lie.
   *
   * @param shards the pictures
   * @return with the columns {@code index}, the number of the picture, {@code label}, the name of
   *     its class, and scores and p-values, as far as they are asked for; computed when they are
   *     needed, and then a picture that is missing or damaged ends the job: the message names it
   * @throws IllegalArgumentException if pictures have another shape, a column to be added is called
   *     as one of these, or none is asked for
   */
  public Dataset<Row> transform(PackedShards shards) {
    shards.requireShape(fitted().model().shared().inputShape());
    StructType schema = ScoreColumns.schema(this, ShardCoder.SCHEMA);
    SparkSession session = shards.session();
    return session.createDataFrame(ShardCoder.rows(shards, columns(session)), schema);
  }

  private ScoreColumns columns(SparkSession session) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return new ScoreColumns(
        context.broadcast(fitted()),
        context.broadcast(normal),
        !getOrDefault(scoreCol).isEmpty(),
        !getOrDefault(pValueCol).isEmpty());
  }
}
