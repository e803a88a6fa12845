package io.github.autoencoder4j.output;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.table.TableSchema;
import java.util.List;
import java.util.Optional;

/**
 * How the numbers of the decoder are read as a sample, and how far that is from its target: the
 * distribution of a value given its code, whose negative log-likelihood is the reconstruction loss,
 * a mean over all values of all samples.
 *
 * <pre>{@code
 * Autoencoder.dense().output(Output.bernoulli());      // pictures in [0, 1]: the default
 * Autoencoder.dense().output(Output.gaussian(1));      // standardised measurements, any real number
 * }</pre>
 *
 * <p>An output is an immutable value whose {@link OutputKernel} computes it, over plain memory, so
 * that it runs wherever the layers before it do. Your own outputs train and reconstruct like those
 * of the library; only model files and checkpoints know those of the library alone.
 */
public interface Output {

  /**
   * Gives the values that samples may have.
   *
   * @return other values in the data are refused
   */
  ValueRange range();

  /**
   * Gives the shape that the decoder must yield. The numbers of the reconstruction come first.
   *
   * @param sample the shape of a sample
   * @return with the same height and width; the sample's own unless there are several numbers for a
   *     value
   */
  default ImageShape fedBy(ImageShape sample) {
    return sample;
  }

  /**
   * Gives what computes it.
   *
   * @return a kernel without state of its own, which threads may share
   */
  OutputKernel kernel();

  /**
   * Lists the arrays that it keeps beside what the decoder yields, such as a variance that follows
   * the errors. No gradient moves them.
   *
   * @return all of {@link ParameterSpec.Kind#STATE}; none by default
   */
  default List<ParameterSpec> learned() {
    return List.of();
  }

  /**
   * Gives what computes it with what it keeps.
   *
   * @param arrays those of {@link #learned()}, in order
   * @return a kernel without state of its own, which threads may share; {@link #kernel()} by
   *     default
   */
  default OutputKernel kernel(List<double[]> arrays) {
    return kernel();
  }

  /**
   * Moves what it keeps after a batch. Nothing by default.
   *
   * @param arrays those of {@link #learned()}, in order; changes them
   * @param loss the mean loss of the batch, by the kernel of these arrays
   */
  default void updateState(List<double[]> arrays, double loss) {
    // Most outputs keep nothing.
  }

  /**
   * Says whether the loss is the negative logarithm of a probability, so that samples have a
   * likelihood.
   *
   * @return false where it is an error of another kind
   */
  default boolean isLikelihood() {
    return true;
  }

  /**
   * Gives the columns of the table whose rows are the samples.
   *
   * @return empty if samples are no rows of a table
   */
  default Optional<TableSchema> columns() {
    return Optional.empty();
  }

  /**
   * The output in a few words, for tables.
   *
   * @return for example {@code "sigmoid, binary cross-entropy"}
   */
  String describe();

  /**
   * Values in [0, 1] as Bernoulli probabilities: {@code y = sigmoid(z)} and the binary
   * cross-entropy.
   *
   * @return the output
   */
  static Output bernoulli() {
    return new BernoulliOutput();
  }

  /**
   * Values in [0, 1] by {@code y = sigmoid(z)}, judged by the squared error.
   *
   * @return the output
   */
  static Output sigmoidSquares() {
    return new SigmoidSquaresOutput();
  }

  /**
   * Real numbers with Gaussian noise of one known variance: {@code y = z}, and the squared error
   * but for a factor and a constant.
   *
   * @param variance of every value given its code; above 0
   * @return the output
   * @throws IllegalArgumentException if {@code variance} is not a finite number above 0
   */
  static Output gaussian(double variance) {
    return new GaussianOutput(variance);
  }

  /**
   * Real numbers with Gaussian noise whose variance the decoder tells for every value.
   *
   * @param leastVariance what every variance is above; above 0, 0.001 is usual for standardised
   *     data
   * @return the output
   * @throws IllegalArgumentException if {@code leastVariance} is not a finite number above 0
   */
  static Output heteroscedasticGaussian(double leastVariance) {
    return new HeteroscedasticGaussianOutput(leastVariance);
  }

  /**
   * Real numbers with Gaussian noise of the one variance that makes the data most likely: the
   * optimal sigma-VAE, if codes are variational.
   *
   * @return the output
   */
  static Output calibratedGaussian() {
    return new CalibratedGaussianOutput();
  }

  /**
   * Real numbers with Laplace noise of one known scale: {@code y = z}, and the absolute error but
   * for a factor and a constant.
   *
   * @param scale the mean absolute deviation of every value given its code; above 0
   * @return the output
   * @throws IllegalArgumentException if {@code scale} is not a finite number above 0
   */
  static Output laplace(double scale) {
    return new LaplaceOutput(scale);
  }

  /**
   * Pixels of 8 bits in [0, 1] as levels of a logistic distribution whose mean and scale the
   * decoder tells for every value. Its likelihood is a probability, so it gives bits per dimension.
   *
   * @return the output
   */
  static Output discretizedLogistic() {
    return new DiscretizedLogisticOutput();
  }

  /**
   * Rows of a table: numbers by the squared error or the loss of Huber, categories and two values
   * by their cross-entropies, missing cells left out of the loss.
   *
   * @param schema the columns
   * @return the output
   */
  static Output columns(TableSchema schema) {
    return new ColumnsOutput(schema);
  }
}
