package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.anomaly.ResidualScore;
import java.util.Arrays;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The columns that an {@link AnomalyEstimator} and an {@link AnomalyModel} read and add, and how
 * scores are made.
 *
 * @param <T> which of the two
 */
interface AnomalyColumns<T> extends Params {

  /** Makes the parameter of {@link #scoreCol()}. */
  static Param<String> scoreCol(String uid) {
    return new Param<>(uid, "scoreCol", "column of anomaly scores; empty for none");
  }

  /** Makes the parameter of {@link #pValueCol()}. */
  static Param<String> pValueCol(String uid) {
    return new Param<>(uid, "pValueCol", "column of p-values of scores; empty for none");
  }

  /** Makes the parameter of {@link #residual()}. */
  static Param<String> residual(String uid) {
    Object[] names = Arrays.stream(ResidualScore.values()).map(Enum::name).toArray();
    return new Param<>(uid, "residual", "how residuals are judged", ParamValidators.inArray(names));
  }

  /** Makes the parameter of {@link #neighbors()}. */
  static IntParam neighbors(String uid) {
    return new IntParam(
        uid, "neighbors", "which neighbour is measured; 0 for none", ParamValidators.gtEq(0));
  }

  /** Sets what holds where nobody says. */
  static void setDefaults(AnomalyColumns<?> columns) {
    columns.setDefault(columns.inputCol(), "features");
    columns.setDefault(columns.scoreCol(), "score");
    columns.setDefault(columns.pValueCol(), "");
    columns.setDefault(columns.residual(), ResidualScore.MAHALANOBIS.name());
    columns.setDefault(columns.neighbors(), 5);
  }

  /**
   * Returns the parameter that names the column of samples.
   *
   * @return the parameter; {@code features} by default
   */
  Param<String> inputCol();

  /**
   * Returns the parameter that names the column of scores.
   *
   * @return the parameter; {@code score} by default
   */
  Param<String> scoreCol();

  /**
   * Returns the parameter that names the column of p-values.
   *
   * @return the parameter; empty, for none, by default
   */
  Param<String> pValueCol();

  /**
   * Returns the parameter that says how residuals are judged, by the name of a {@link
   * ResidualScore}.
   *
   * @return the parameter; {@code MAHALANOBIS} by default
   */
  Param<String> residual();

  /**
   * Returns the parameter that says which neighbour is measured.
   *
   * @return the parameter; 5 by default
   */
  IntParam neighbors();

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
   * Names the column of scores that is added; the higher, the odder.
   *
   * @param name of the column; empty for none
   * @return this
   */
  default T setScoreCol(String name) {
    return with(scoreCol(), name);
  }

  /**
   * Names the column of p-values that is added: how likely a normal row scores at least as high, in
   * (0, 1].
   *
   * @param name of the column; empty for none
   * @return this
   */
  default T setPValueCol(String name) {
    return with(pValueCol(), name);
  }

  /** Sets a parameter. */
  @SuppressWarnings("unchecked") // Implemented by T only.
  private T with(Param<String> parameter, String value) {
    set(parameter, value);
    return (T) this;
  }
}
