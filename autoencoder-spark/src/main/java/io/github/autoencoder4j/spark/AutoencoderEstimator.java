package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Trains an autoencoder on a cluster: every partition is a worker that makes some steps on its own
 * rows, then the weights of all are averaged, and all begin again from there (local SGD: Stich,
 * ICLR 2019). One Spark job is one such round.
 *
 * <pre>{@code
 * AutoencoderEstimator estimator =
 *     new AutoencoderEstimator(() -> Autoencoder.dense().hidden(512, 256, 64).bottleneck(2).build())
 *         .setInputCol("features").setOutputCol("code").setEpochs(20).setBatchSize(64);
 * AutoencoderModel model = estimator.fit(train);
 * Dataset<Row> coded = model.transform(test);
 * }</pre>
 *
 * <p>The driver owns the weights and the state of the optimiser, so executors may come and go, be
 * killed, or run tasks twice: the result is that of an undisturbed run, bit for bit, as long as the
 * data come in the same partitions and each core computes alike. With {@link #setCheckpointDir} a
 * driver may end at any moment, too.
 *
 * <p>A row is a vector, an array of float or double, or an image of {@code
 * spark.read().format("image")}, which is scaled to the {@code input(height, width, channels)} of
 * the autoencoder. Not thread-safe while it is being set up; {@code fit} may be called from many
 * threads, as {@code CrossValidator} does.
 */
public final class AutoencoderEstimator extends Estimator<AutoencoderModel>
    implements AutoencoderColumns<AutoencoderEstimator> {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient Supplier<Autoencoder> autoencoder;
  private final transient List<TrainingListener> listeners;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> reconstructionCol;
  private final Param<String> errorCol;
  private final Param<String> validationIndicatorCol;
  private final IntParam epochs;
  private final IntParam batchSize;
  private final IntParam roundSteps;
  private final IntParam workers;
  private final IntParam warmupSteps;
  private final BooleanParam cosineDecay;
  private final DoubleParam maxGradientNorm;
  private final IntParam patience;
  private final DoubleParam outerRate;
  private final DoubleParam outerMomentum;
  private final Param<String> checkpointDir;
  private final IntParam checkpointInterval;

  /**
   * Makes an estimator.
   *
   * @param autoencoder builds the autoencoder to train, anew for each {@code fit}, on the driver;
   *     one that is trained already is trained on
   */
  public AutoencoderEstimator(Supplier<Autoencoder> autoencoder) {
    this(Identifiable$.MODULE$.randomUID("autoencoder"), autoencoder, List.of());
  }

  private AutoencoderEstimator(
      String uid, Supplier<Autoencoder> autoencoder, List<TrainingListener> listeners) {
    this.uid = uid;
    this.autoencoder = Objects.requireNonNull(autoencoder, "autoencoder");
    this.listeners = listeners;
    this.inputCol = AutoencoderColumns.inputCol(uid);
    this.outputCol = AutoencoderColumns.outputCol(uid);
    this.reconstructionCol = AutoencoderColumns.reconstructionCol(uid);
    this.errorCol = AutoencoderColumns.errorCol(uid);
    this.validationIndicatorCol =
        new Param<>(
            uid, "validationIndicatorCol", "boolean column: rows to judge by, never trained on");
    this.epochs = atLeast("epochs", "how often to go through the data", 1);
    this.batchSize = atLeast("batchSize", "samples of a step of one worker", 1);
    this.roundSteps = atLeast("roundSteps", "steps of a worker between two averages", 1);
    this.workers = atLeast("workers", "partitions to train on; 0 for those the data have", 0);
    this.warmupSteps = atLeast("warmupSteps", "steps over which the learning rate rises", 0);
    this.cosineDecay =
        new BooleanParam(uid, "cosineDecay", "whether the learning rate falls along half a cosine");
    this.maxGradientNorm =
        new DoubleParam(
            uid, "maxGradientNorm", "longer gradients are scaled down", ParamValidators.gt(0));
    this.patience = atLeast("patience", "epochs without a new best to allow; 0 for any number", 0);
    this.outerRate =
        new DoubleParam(uid, "outerRate", "rate of the outer step", ParamValidators.gt(0));
    this.outerMomentum =
        new DoubleParam(
            uid,
            "outerMomentum",
            "Nesterov momentum of the outer step",
            ParamValidators.inRange(0, 1, true, false));
    this.checkpointDir =
        new Param<>(uid, "checkpointDir", "folder of any Hadoop file system, to resume from");
    this.checkpointInterval =
        atLeast("checkpointInterval", "rounds from one checkpoint to the next", 1);
    AutoencoderColumns.setDefaults(this);
    setDefault(epochs, 10);
    setDefault(batchSize, 64);
    setDefault(roundSteps, 50);
    setDefault(workers, 0);
    setDefault(warmupSteps, 0);
    setDefault(cosineDecay, false);
    setDefault(maxGradientNorm, Double.POSITIVE_INFINITY);
    setDefault(patience, 0);
    setDefault(outerRate, 1.0);
    setDefault(outerMomentum, 0.0);
    setDefault(checkpointInterval, 20);
  }

  private IntParam atLeast(String name, String what, int least) {
    return new IntParam(uid, name, what, ParamValidators.gtEq(least));
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

  /**
   * Returns the parameter that names a boolean column: rows where it is true are collected to the
   * driver and judge each epoch.
   *
   * @return the parameter
   */
  public Param<String> validationIndicatorCol() {
    return validationIndicatorCol;
  }

  /**
   * Names a boolean column: rows where it is true judge each epoch, and are never trained on. They
   * are collected to the driver.
   *
   * @param name of the column
   * @return this
   */
  public AutoencoderEstimator setValidationIndicatorCol(String name) {
    set(validationIndicatorCol, name);
    return this;
  }

  /**
   * Returns the parameter that says how often to go through the data.
   *
   * @return the parameter; 10 by default
   */
  public IntParam epochs() {
    return epochs;
  }

  /**
   * Says how often to go through the data: so many samples as there are rows are an epoch.
   *
   * @param count at least 1
   * @return this
   */
  public AutoencoderEstimator setEpochs(int count) {
    set(epochs, count);
    return this;
  }

  /**
   * Returns the parameter that says how many samples a step of one worker looks at.
   *
   * @return the parameter; 64 by default
   */
  public IntParam batchSize() {
    return batchSize;
  }

  /**
   * Says how many samples a step of one worker looks at.
   *
   * @param size at least 1
   * @return this
   */
  public AutoencoderEstimator setBatchSize(int size) {
    set(batchSize, size);
    return this;
  }

  /**
   * Returns the parameter that says how many steps a worker makes between two averages.
   *
   * @return the parameter; 50 by default
   */
  public IntParam roundSteps() {
    return roundSteps;
  }

  /**
   * Says how many steps a worker makes between two averages, which is one Spark job.
   *
   * @param steps at least 1; few learn better a sample, many waste less time
   * @return this
   */
  public AutoencoderEstimator setRoundSteps(int steps) {
    set(roundSteps, steps);
    return this;
  }

  /**
   * Returns the parameter that says how many partitions to train on.
   *
   * @return the parameter; 0, for those that the data have, by default
   */
  public IntParam workers() {
    return workers;
  }

  /**
   * Says into how many partitions rows are dealt out, one after the other, before training.
   *
   * @param count at least 1; 0 to leave them where they are, which moves no data
   * @return this
   */
  public AutoencoderEstimator setWorkers(int count) {
    set(workers, count);
    return this;
  }

  /**
   * Returns the parameter that says over how many steps the learning rate rises.
   *
   * @return the parameter; 0 by default
   */
  public IntParam warmupSteps() {
    return warmupSteps;
  }

  /**
   * Lets the learning rate rise in a straight line over the first steps.
   *
   * @param steps at least 0
   * @return this
   */
  public AutoencoderEstimator setWarmupSteps(int steps) {
    set(warmupSteps, steps);
    return this;
  }

  /**
   * Returns the parameter that says whether the learning rate falls along half a cosine.
   *
   * @return the parameter; false by default
   */
  public BooleanParam cosineDecay() {
    return cosineDecay;
  }

  /**
   * Lets the learning rate fall along half a cosine to zero over the run.
   *
   * @param decays whether it does
   * @return this
   */
  public AutoencoderEstimator setCosineDecay(boolean decays) {
    set(cosineDecay, decays);
    return this;
  }

  /**
   * Returns the parameter that bounds the norm of gradients.
   *
   * @return the parameter; infinite by default
   */
  public DoubleParam maxGradientNorm() {
    return maxGradientNorm;
  }

  /**
   * Scales gradients down that are longer.
   *
   * @param norm above 0
   * @return this
   */
  public AutoencoderEstimator setMaxGradientNorm(double norm) {
    set(maxGradientNorm, norm);
    return this;
  }

  /**
   * Returns the parameter that says how many epochs without a new best to allow.
   *
   * @return the parameter; 0, for any number, by default
   */
  public IntParam patience() {
    return patience;
  }

  /**
   * Stops when the loss of the validation rows has not improved for some epochs, and takes the best
   * weights. Needs {@link #setValidationIndicatorCol}.
   *
   * @param epochsOfPatience at least 1; 0 for no early stopping
   * @return this
   */
  public AutoencoderEstimator setPatience(int epochsOfPatience) {
    set(patience, epochsOfPatience);
    return this;
  }

  /**
   * Returns the parameter that is the rate of the outer step.
   *
   * @return the parameter; 1 by default
   */
  public DoubleParam outerRate() {
    return outerRate;
  }

  /**
   * Returns the parameter that is the momentum of the outer step.
   *
   * @return the parameter; 0 by default
   */
  public DoubleParam outerMomentum() {
    return outerMomentum;
  }

  /**
   * Says how one state is made of those of all workers.
   *
   * @param step the mean by default
   * @return this
   */
  public AutoencoderEstimator setOuterStep(OuterStep step) {
    set(outerRate, step.rate());
    set(outerMomentum, step.momentum());
    return this;
  }

  /**
   * Returns the parameter that names the folder of checkpoints.
   *
   * @return the parameter; none by default
   */
  public Param<String> checkpointDir() {
    return checkpointDir;
  }

  /**
   * Names a folder for checkpoints, of any file system that Hadoop knows. If it holds those of an
   * earlier {@code fit} of the same data and settings, the run resumes from the newest, bit for
   * bit.
   *
   * @param folder for one run; created if missing
   * @return this
   */
  public AutoencoderEstimator setCheckpointDir(String folder) {
    set(checkpointDir, folder);
    return this;
  }

  /**
   * Returns the parameter that says how many rounds lie between two checkpoints.
   *
   * @return the parameter; 20 by default
   */
  public IntParam checkpointInterval() {
    return checkpointInterval;
  }

  /**
   * Says how many rounds lie between two checkpoints. There is one after the last round in any
   * case.
   *
   * @param rounds at least 1
   * @return this
   */
  public AutoencoderEstimator setCheckpointInterval(int rounds) {
    set(checkpointInterval, rounds);
    return this;
  }

  /**
   * Lets somebody on the driver hear how runs go; a {@code BatchEnd} is the end of a round.
   *
   * @param listener called after those added before
   * @return a copy of this, that has it
   */
  public AutoencoderEstimator withListener(TrainingListener listener) {
    List<TrainingListener> more = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
    return copyValues(new AutoencoderEstimator(uid, autoencoder, more), new ParamMap());
  }

  @Override
  public AutoencoderEstimator copy(ParamMap extra) {
    return copyValues(new AutoencoderEstimator(uid, autoencoder, listeners), extra);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return OutputColumns.of(this, schema).schema();
  }

  /**
   * Trains.
   *
   * @param dataset has the input column, and none of the output columns
   * @return the trained autoencoder as a transformer
   * @throws IllegalArgumentException if a column is missing, holds no samples, or is there already;
   *     if there are no rows, or settings do not fit together
   * @throws UnusableDataException if a row is null, has another length, holds a value that is not
   *     finite or not in the range of the output, or is an image that was not decoded; the message
   *     names column, row and partition, and nothing has been trained
   * @throws java.io.UncheckedIOException if the folder of checkpoints cannot be written to
   * @throws io.github.autoencoder4j.exception.DivergenceException if the loss explodes
   * @throws AutoencoderException if a job fails for good
   */
  @Override
  public AutoencoderModel fit(Dataset<?> dataset) {
    SparkVersion.require(dataset.sparkSession().version());
    transformSchema(dataset.schema());
    Autoencoder network = autoencoder.get();
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    Dataset<Row> rows = dataset.toDF();
    String held = isSet(validationIndicatorCol) ? getOrDefault(validationIndicatorCol) : "";
    Dataset<Row> wanted = held.isEmpty() ? rows : rows.filter(functions.not(heldOut(held)));
    Dataset<Row> samples = wanted.select(functions.col(getOrDefault(inputCol)));
    InputColumn column = InputColumn.of(samples.schema(), getOrDefault(inputCol));
    ImageShape shape = shapeOf(network, column, samples);
    Training settings = settings();
    if (!held.isEmpty()) {
      settings = settings.validation(heldOutRows(rows, held, column, shape));
    } else if (settings.patience().isPresent()) {
      throw new IllegalArgumentException(
          "early stopping compares losses of validation rows, but there are none; setValidationIndicatorCol to a boolean column");
    }
    CheckpointMirror mirror =
        isSet(checkpointDir)
            ? CheckpointMirror.open(getOrDefault(checkpointDir), context.hadoopConfiguration())
            : null;
    try (mirror;
        TrainingRows training = TrainingRows.read(dealt(samples), column, shape);
        SparkRounds rounds = new SparkRounds(context, training, value(roundSteps), outerStep())) {
      History history;
      if (mirror == null) {
        history = network.fit(rounds, settings);
      } else {
        Checkpoints checkpoints =
            Checkpoints.in(mirror.folder())
                .everySteps(Math.multiplyExact(value(roundSteps), value(checkpointInterval)))
                .keepBest();
        history = network.resume(rounds, settings.checkpoints(checkpoints).listener(mirror));
      }
      return modelOf(network, history);
    } finally {
      network.close();
    }
  }

  private static org.apache.spark.sql.Column heldOut(String column) {
    return functions.coalesce(functions.col(column), functions.lit(false));
  }

  /** The shape of samples: the autoencoder's own, or that of the first row. */
  private static ImageShape shapeOf(Autoencoder network, InputColumn column, Dataset<Row> samples) {
    return network
        .architecture()
        .map(Architecture::input)
        .orElseGet(
            () -> {
              List<Row> first = samples.takeAsList(1);
              if (first.isEmpty()) {
                throw new IllegalArgumentException(
                    "there are no rows to train on; training needs at least one");
              }
              return column.shapeOf(first.get(0), "the first row");
            });
  }

  private Training settings() {
    Training settings =
        Training.epochs(value(epochs)).batchSize(value(batchSize)).warmup(value(warmupSteps));
    if (getOrDefault(cosineDecay).equals(true)) {
      settings = settings.cosineDecay();
    }
    if (value(patience) > 0) {
      settings = settings.earlyStopping(value(patience));
    }
    double norm = number(maxGradientNorm);
    if (norm < Double.POSITIVE_INFINITY) {
      settings = settings.clipGradientNorm(norm);
    }
    for (TrainingListener listener : listeners) {
      settings = settings.listener(listener);
    }
    return settings;
  }

  private ImageSource heldOutRows(
      Dataset<Row> rows, String held, InputColumn column, ImageShape shape) {
    JavaRDD<Row> wanted =
        rows.filter(heldOut(held)).select(functions.col(column.name())).toJavaRDD();
    List<Row> collected = SparkFailures.explained(wanted::collect);
    float[][] samples = column.source(collected, shape, 0, 0).toArrays();
    return ImageSource.of(shape, ValueRange.REALS, samples);
  }

  /**
   * Row {@code i} goes to worker {@code i} modulo their number, whatever order shuffles come in.
   */
  private JavaRDD<Row> dealt(Dataset<Row> samples) {
    int count = value(workers);
    JavaRDD<Row> rows = samples.toJavaRDD();
    return count == 0 ? rows : Dealing.deal(rows, count);
  }

  private OuterStep outerStep() {
    return new OuterStep(number(outerRate), number(outerMomentum));
  }

  private AutoencoderModel modelOf(Autoencoder network, History history) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    network.save(bytes, Saving.whole());
    AutoencoderModel model =
        new AutoencoderModel(uid, new ModelBytes(bytes.toByteArray()), history);
    return (AutoencoderModel) copyValues(model, new ParamMap()).setParent(this);
  }

  private int value(IntParam parameter) {
    return (Integer) getOrDefault(parameter);
  }

  private double number(DoubleParam parameter) {
    return (Double) getOrDefault(parameter);
  }
}
