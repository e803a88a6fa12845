package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Training;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/** The parameters of an {@link AutoencoderEstimator}, as Spark wants them. */
abstract class EstimatorParameters extends Estimator<AutoencoderModel>
    implements AutoencoderColumns<AutoencoderEstimator> {

  private static final long serialVersionUID = 1L;

  private final String uid;
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

  EstimatorParameters(String uid) {
    this.uid = uid;
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

  /** This, as what it is. */
  abstract AutoencoderEstimator self();

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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
  }

  /** What is said of the run, without validation, listeners and checkpoints. */
  final Training settings() {
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
    return settings;
  }

  /** How one state is made of many. */
  final OuterStep outerStep() {
    return new OuterStep(number(outerRate), number(outerMomentum));
  }

  final int value(IntParam parameter) {
    return (Integer) getOrDefault(parameter);
  }

  private double number(DoubleParam parameter) {
    return (Double) getOrDefault(parameter);
  }
}
