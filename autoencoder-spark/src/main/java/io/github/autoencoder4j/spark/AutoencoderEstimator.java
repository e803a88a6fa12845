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
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.ParamMap;
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
public final class AutoencoderEstimator extends EstimatorParameters {

  private static final long serialVersionUID = 1L;

  private final transient Supplier<Autoencoder> autoencoder;
  private final transient List<TrainingListener> listeners;

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
    super(uid);
    this.autoencoder = Objects.requireNonNull(autoencoder, "autoencoder");
    this.listeners = listeners;
  }

  @Override
  AutoencoderEstimator self() {
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
    return copyValues(new AutoencoderEstimator(uid(), autoencoder, more), new ParamMap());
  }

  @Override
  public AutoencoderEstimator copy(ParamMap extra) {
    return copyValues(new AutoencoderEstimator(uid(), autoencoder, listeners), extra);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    InputColumn.of(schema, getOrDefault(inputCol()));
    return CodeColumns.schema(this, schema);
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
    String held = isSet(validationIndicatorCol()) ? getOrDefault(validationIndicatorCol()) : "";
    Dataset<Row> wanted = held.isEmpty() ? rows : rows.filter(functions.not(heldOut(held)));
    Dataset<Row> samples = wanted.select(functions.col(getOrDefault(inputCol())));
    InputColumn column = InputColumn.of(samples.schema(), getOrDefault(inputCol()));
    ImageShape shape = shapeOf(network, column, samples);
    Training settings = listened(settings());
    if (!held.isEmpty()) {
      settings = settings.validation(heldOutRows(rows, held, column, shape));
    } else if (settings.patience().isPresent()) {
      throw new IllegalArgumentException(
          "early stopping compares losses of validation rows, but there are none; setValidationIndicatorCol to a boolean column");
    }
    return train(
        context, network, settings, () -> TrainingRows.read(dealt(samples), column, shape));
  }

  /**
   * Trains on packed pictures, which the workers read where they lie, so that nothing is held in
   * memory. There are {@code setWorkers} of them, or as many as Spark has cores, and each has
   * neighbouring pictures; the columns do not matter.
   *
   * @param shards the pictures, of the shape that the autoencoder takes
   * @return the trained autoencoder as a transformer
   * @throws IllegalArgumentException if pictures have another shape, or settings ask for rows to
   *     judge by
   * @throws UnusableDataException if shards are missing or damaged on the machine of a worker,
   *     before anything has been trained, or a picture is damaged; the message names it
   * @throws java.io.UncheckedIOException if the folder of checkpoints cannot be written to
   * @throws io.github.autoencoder4j.exception.DivergenceException if the loss explodes
   * @throws AutoencoderException if a job fails for good
   */
  public AutoencoderModel fit(PackedShards shards) {
    if (isSet(validationIndicatorCol()) || value(patience()) > 0) {
      throw new IllegalArgumentException(
          "packed pictures have no column that tells which ones judge, so setValidationIndicatorCol and setPatience are not for them; leave them out, and evaluate other packed pictures after training");
    }
    Autoencoder network = autoencoder.get();
    Optional<ImageShape> wanted = network.architecture().map(Architecture::input);
    if (wanted.isPresent() && !wanted.get().equals(shards.shape())) {
      network.close();
      throw new IllegalArgumentException(
          "the autoencoder takes %s, but the packed pictures are %s; build it for that shape, or pack them in the other"
              .formatted(wanted.get(), shards.shape()));
    }
    return train(
        shards.context(),
        network,
        listened(settings()),
        () -> TrainingShards.read(shards, value(workers())));
  }

  private Training listened(Training settings) {
    Training all = settings;
    for (TrainingListener listener : listeners) {
      all = all.listener(listener);
    }
    return all;
  }

  private AutoencoderModel train(
      JavaSparkContext context,
      Autoencoder network,
      Training settings,
      Supplier<TrainingSamples> samples) {
    CheckpointMirror mirror =
        isSet(checkpointDir())
            ? CheckpointMirror.open(getOrDefault(checkpointDir()), context.hadoopConfiguration())
            : null;
    try (mirror;
        TrainingSamples training = samples.get();
        SparkRounds rounds = new SparkRounds(context, training, value(roundSteps()), outerStep())) {
      History history;
      if (mirror == null) {
        history = network.fit(rounds, settings);
      } else {
        Checkpoints checkpoints =
            Checkpoints.in(mirror.folder())
                .everySteps(Math.multiplyExact(value(roundSteps()), value(checkpointInterval())))
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
    int count = value(workers());
    JavaRDD<Row> rows = samples.toJavaRDD();
    return count == 0 ? rows : Dealing.deal(rows, count);
  }

  private AutoencoderModel modelOf(Autoencoder network, History history) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    network.save(bytes, Saving.whole());
    AutoencoderModel model =
        new AutoencoderModel(uid(), new ModelBytes(bytes.toByteArray()), history);
    return copyValues(model, new ParamMap()).setParent(this);
  }
}
