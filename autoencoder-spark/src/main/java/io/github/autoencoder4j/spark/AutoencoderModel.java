package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.sampling.LatentDensity;
import io.github.autoencoder4j.training.History;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Encodes, reconstructs and judges rows with a trained autoencoder.
 *
 * <pre>{@code
 * model.write().overwrite().save("hdfs:///models/digits");
 * AutoencoderModel again = AutoencoderModel.load("hdfs:///models/digits");
 * Dataset<Row> scored = again.setErrorCol("error").transform(rows);
 * double loss = again.evaluate(rows).reconstructionLoss();
 * }</pre>
 *
 * <p>Every executor loads the model once and works on some hundred rows at a time. Codes are those
 * that {@code autoencoder().encode(...)} gives on the same kind of processor, bit for bit, but for
 * a last digit where a partition or that call has only a handful of rows.
 */
public final class AutoencoderModel extends Model<AutoencoderModel>
    implements AutoencoderColumns<AutoencoderModel>, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final @Nullable ModelBytes model;
  private final transient @Nullable History history;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> reconstructionCol;
  private final Param<String> errorCol;

  /**
   * Makes one without weights, as Spark's readers do.
   *
   * @param uid its name
   */
  public AutoencoderModel(String uid) {
    this(uid, null, null);
  }

  AutoencoderModel(String uid, @Nullable ModelBytes model, @Nullable History history) {
    this.uid = uid;
    this.model = model;
    this.history = history;
    this.inputCol = AutoencoderColumns.inputCol(uid);
    this.outputCol = AutoencoderColumns.outputCol(uid);
    this.reconstructionCol = AutoencoderColumns.reconstructionCol(uid);
    this.errorCol = AutoencoderColumns.errorCol(uid);
    AutoencoderColumns.setDefaults(this);
  }

  /**
   * Takes an autoencoder that was trained elsewhere, for example on one machine.
   *
   * @param autoencoder trained; later changes to it do not matter
   * @return a transformer
   * @throws IllegalStateException if it was not trained
   */
  public static AutoencoderModel of(Autoencoder autoencoder) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    autoencoder.save(bytes, io.github.autoencoder4j.model.Saving.whole());
    return new AutoencoderModel(
        Identifiable$.MODULE$.randomUID("autoencoder"), new ModelBytes(bytes.toByteArray()), null);
  }

  /**
   * Returns what reads a model that {@link #write()} wrote.
   *
   * @return a reader
   */
  public static MLReader<AutoencoderModel> read() {
    return new ModelReader();
  }

  /**
   * Reads a model that {@link #write()} wrote.
   *
   * @param path a folder of any file system that Hadoop knows
   * @return the model
   * @throws UnreadableModelException if the file of weights is damaged, or needs a newer version of
   *     this library
   */
  public static AutoencoderModel load(String path) {
    return read().load(path);
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(bytes(), DefaultParamsWritable.super.write());
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
  public Param<String> outputCol() {
    return outputCol;
  }

  @Override
  public Param<String> reconstructionCol() {
    return reconstructionCol;
  }

  @Override
  public Param<String> errorCol() {
    return errorCol;
  }

  @Override
  public AutoencoderModel copy(ParamMap extra) {
    return copyValues(new AutoencoderModel(uid, model, history), extra).setParent(parent());
  }

  /** Those of the file. */
  ModelBytes bytes() {
    if (model == null) {
      throw new IllegalStateException(
          "this model has no weights: it was made with new AutoencoderModel(uid); use AutoencoderModel.load, or of(autoencoder)");
    }
    return model;
  }

  /**
   * Returns the autoencoder.
   *
   * @return a new one with these weights
   */
  public Autoencoder autoencoder() {
    return bytes().load();
  }

  /**
   * Returns what happened in training.
   *
   * @return empty for a model that was loaded; {@code autoencoder().trainingRuns()} has it then
   */
  public Optional<History> history() {
    return Optional.ofNullable(history);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    InputColumn.of(schema, getOrDefault(inputCol));
    return CodeColumns.schema(this, schema);
  }

  /**
   * Adds columns.
   *
   * @param dataset has the input column
   * @return with codes, reconstructions and errors, as far as they are asked for; computed when
   *     they are needed, and then a row that holds no sample ends the job: the message names it
   * @throws IllegalArgumentException if a column is missing, holds no samples, or is there already;
   *     if what comes out would depend on how rows are cut into batches
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    SparkSession session = dataset.sparkSession();
    SparkVersion.require(session.version());
    InputColumn input = InputColumn.of(dataset.schema(), getOrDefault(inputCol));
    StructType schema = CodeColumns.schema(this, dataset.schema());
    CodeColumns columns = CodeColumns.of(this, broadcast(session));
    requireRowByRow(columns.decodes());
    return dataset.toDF().mapPartitions(new RowCoder(input, columns), Encoders.row(schema));
  }

  /**
   * Makes rows of packed pictures, which are read where they lie.
   *
   * @param shards the pictures
   * @return with the columns {@code index}, the number of the picture, {@code label}, the name of
   *     its class, and codes, reconstructions and errors, as far as they are asked for; computed
   *     when they are needed, and then a picture that is missing or damaged ends the job: the
   *     message names it
   * @throws IllegalArgumentException if pictures have another shape, a column to be added is called
   *     as one of these, or none is asked for; if what comes out would depend on how pictures are
   *     cut into batches
   */
  public Dataset<Row> transform(PackedShards shards) {
    shards.requireShape(bytes().shared().inputShape());
    StructType schema = CodeColumns.schema(this, ShardCoder.SCHEMA);
    SparkSession session = shards.session();
    CodeColumns columns = CodeColumns.of(this, broadcast(session));
    requireRowByRow(columns.decodes());
    return session.createDataFrame(ShardCoder.rows(shards, columns), schema);
  }

  /** The model on its way to all executors. */
  Broadcast<ModelBytes> broadcast(SparkSession session) {
    return JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(bytes());
  }

  /**
   * Rows of a partition have no numbers of their own, and no neighbours that they could count on.
   */
  void requireRowByRow(boolean decodes) {
    for (LatentStage stage : bytes().shared().spec().map(Spec::stages).orElseThrow()) {
      if (stage instanceof PowerNormalization power
          && power.scope() == PowerNormalization.Scope.PER_BATCH) {
        throw new IllegalArgumentException(
            "with power normalisation per batch a code depends on its neighbours, which on a cluster are others each time; use PowerNormalization.perExample()");
      }
      if (decodes
          && stage instanceof LatentNoise noise
          && noise.phase() != LatentNoise.Phase.TRAINING) {
        throw new IllegalArgumentException(
            "noise at inference depends on the number of a row, and rows of a cluster have none; use LatentNoise during(Phase.TRAINING), or ask for codes only");
      }
    }
  }

  /**
   * Measures how well rows are reconstructed: what {@code autoencoder().evaluate(...)} gives of all
   * of them, where they lie.
   *
   * @param dataset has the input column
   * @return the figures; sums are added in another order than on one machine, so they may differ in
   *     their last digits
   * @throws IllegalArgumentException if the column is missing or holds no samples, or there are no
   *     rows
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a row holds no sample; the
   *     message names it
   */
  public Evaluation evaluate(Dataset<?> dataset) {
    Dataset<Row> samples = samples(dataset);
    InputColumn column = InputColumn.of(samples.schema(), getOrDefault(inputCol));
    Broadcast<ModelBytes> model = broadcast(dataset.sparkSession());
    return Judgement.evaluation(SampleBlocks.numbered(samples.toJavaRDD(), column, model), model);
  }

  /**
   * Measures how well packed pictures are reconstructed, where they lie.
   *
   * @param shards the pictures
   * @return the figures of {@code autoencoder().evaluate(...)}; sums are added in another order
   *     than on one machine, so they may differ in their last digits
   * @throws IllegalArgumentException if pictures have another shape
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a picture is missing or
   *     damaged; the message names it
   */
  public Evaluation evaluate(PackedShards shards) {
    shards.requireShape(bytes().shared().inputShape());
    return Judgement.evaluation(SampleBlocks.of(shards), broadcast(shards.session()));
  }

  private Dataset<Row> samples(Dataset<?> dataset) {
    SparkVersion.require(dataset.sparkSession().version());
    String name = InputColumn.of(dataset.schema(), getOrDefault(inputCol)).name();
    return dataset.toDF().select(functions.col(name));
  }

  /**
   * Fits a normal distribution to the codes of rows, where they lie: what {@code
   * Gaussian.shrinkage(codes, shrinkage)} fits to all of them, but for rounding. Its log density
   * tells how usual a code is, and its samples decode to new rows.
   *
   * @param dataset has the input column; at least 2 rows
   * @param shrinkage in (0, 1], such as 1e-6
   * @return the distribution
   * @throws IllegalArgumentException if the column is missing or holds no samples, there are fewer
   *     than 2 rows, all codes are equal, {@code shrinkage} is out of its range, or codes depend on
   *     how rows are cut into batches
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a row holds no sample; the
   *     message names it
   */
  public LatentDensity fitGaussian(Dataset<?> dataset, double shrinkage) {
    requireRowByRow(false);
    Dataset<Row> samples = samples(dataset);
    InputColumn column = InputColumn.of(samples.schema(), getOrDefault(inputCol));
    Broadcast<ModelBytes> model = broadcast(dataset.sparkSession());
    return gaussian(SampleBlocks.unnumbered(samples.toJavaRDD(), column, model), model, shrinkage);
  }

  /**
   * Fits a normal distribution to the codes of packed pictures, where they lie.
   *
   * @param shards the pictures; at least 2
   * @param shrinkage in (0, 1], such as 1e-6
   * @return the distribution
   * @throws IllegalArgumentException if pictures have another shape, there are fewer than 2, all
   *     codes are equal, {@code shrinkage} is out of its range, or codes depend on how pictures are
   *     cut into batches
   * @throws io.github.autoencoder4j.exception.UnusableDataException if a picture is missing or
   *     damaged; the message names it
   */
  public LatentDensity fitGaussian(PackedShards shards, double shrinkage) {
    shards.requireShape(bytes().shared().inputShape());
    requireRowByRow(false);
    return gaussian(SampleBlocks.of(shards).rdd(), broadcast(shards.session()), shrinkage);
  }

  private LatentDensity gaussian(
      JavaRDD<SampleBlock> samples, Broadcast<ModelBytes> model, double shrinkage) {
    int size = bytes().shared().latentShape().size();
    return Judgement.moments(samples, model, size).density(shrinkage);
  }
}
