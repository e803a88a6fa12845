package io.github.autoencoder4j.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that an {@link AutoencoderEstimator} and an {@link AutoencoderModel} read and add.
 *
 * @param <T> which of the two
 */
interface AutoencoderColumns<T> extends Params {

  /** Makes the parameter of {@link #inputCol()}. */
  static Param<String> inputCol(String uid) {
    return new Param<>(uid, "inputCol", "column of vectors, arrays of numbers or images");
  }

  /** Makes the parameter of {@link #outputCol()}. */
  static Param<String> outputCol(String uid) {
    return new Param<>(uid, "outputCol", "column of codes, as vectors; empty for none");
  }

  /** Makes the parameter of {@link #reconstructionCol()}. */
  static Param<String> reconstructionCol(String uid) {
    return new Param<>(
        uid, "reconstructionCol", "column of reconstructions, as vectors; empty for none");
  }

  /** Makes the parameter of {@link #errorCol()}. */
  static Param<String> errorCol(String uid) {
    return new Param<>(
        uid, "errorCol", "column of mean squared errors of reconstructions; empty for none");
  }

  /** Sets what columns are called where nobody says. */
  static void setDefaults(AutoencoderColumns<?> columns) {
    columns.setDefault(columns.inputCol(), "features");
    columns.setDefault(columns.outputCol(), "code");
    columns.setDefault(columns.reconstructionCol(), "");
    columns.setDefault(columns.errorCol(), "");
  }

  /**
   * Returns the parameter that names the column of samples.
   *
   * @return the parameter; {@code features} by default
   */
  Param<String> inputCol();

  /**
   * Returns the parameter that names the column of codes.
   *
   * @return the parameter; {@code code} by default
   */
  Param<String> outputCol();

  /**
   * Returns the parameter that names the column of reconstructions.
   *
   * @return the parameter; empty, for none, by default
   */
  Param<String> reconstructionCol();

  /**
   * Returns the parameter that names the column of errors.
   *
   * @return the parameter; empty, for none, by default
   */
  Param<String> errorCol();

  /**
   * Names the column of samples: vectors, arrays of float or double, or images of Spark's source.
   *
   * @param name of the column
   * @return this
   */
  default T setInputCol(String name) {
    return with(inputCol(), name);
  }

  /**
   * Names the column of codes that is added, of vectors.
   *
   * @param name of the column; empty for none
   * @return this
   */
  default T setOutputCol(String name) {
    return with(outputCol(), name);
  }

  /**
   * Names the column of reconstructions that is added, of vectors.
   *
   * @param name of the column; empty for none
   * @return this
   */
  default T setReconstructionCol(String name) {
    return with(reconstructionCol(), name);
  }

  /**
   * Names the column of errors that is added: the mean squared error of the reconstruction of each
   * row, by which anomalies are told.
   *
   * @param name of the column; empty for none
   * @return this
   */
  default T setErrorCol(String name) {
    return with(errorCol(), name);
  }

  /** Sets a parameter. */
  @SuppressWarnings("unchecked") // Implemented by T only.
  private T with(Param<String> parameter, String value) {
    set(parameter, value);
    return (T) this;
  }
}
