package io.github.autoencoder4j.spark;

import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;

/**
 * Judges models by the mean of their column of errors, for {@code CrossValidator} and {@code
 * TrainValidationSplit}: the smaller the better.
 *
 * <pre>{@code
 * new CrossValidator()
 *     .setEstimator(estimator.setErrorCol("error"))
 *     .setEvaluator(new ReconstructionEvaluator())
 *     .setEstimatorParamMaps(grid);
 * }</pre>
 */
public final class ReconstructionEvaluator extends Evaluator {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> errorCol;

  /** Makes one that reads the column {@code error}. */
  public ReconstructionEvaluator() {
    this(Identifiable$.MODULE$.randomUID("reconstruction"));
  }

  /**
   * Makes one that reads the column {@code error}.
   *
   * @param uid its name
   */
  public ReconstructionEvaluator(String uid) {
    this.uid = uid;
    this.errorCol = AutoencoderColumns.errorCol(uid);
    setDefault(errorCol, "error");
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Returns the parameter that names the column of errors.
   *
   * @return the parameter; {@code error} by default
   */
  public Param<String> errorCol() {
    return errorCol;
  }

  /**
   * Names the column of errors.
   *
   * @param name of the column
   * @return this
   */
  public ReconstructionEvaluator setErrorCol(String name) {
    set(errorCol, name);
    return this;
  }

  @Override
  public double evaluate(Dataset<?> dataset) {
    Object mean =
        dataset.toDF().agg(functions.avg(functions.col(getOrDefault(errorCol)))).first().get(0);
    if (mean == null) {
      throw new IllegalArgumentException(
          "there are no rows to evaluate; there must be at least one");
    }
    return (Double) mean;
  }

  @Override
  public boolean isLargerBetter() {
    return false;
  }

  @Override
  public ReconstructionEvaluator copy(ParamMap extra) {
    return copyValues(new ReconstructionEvaluator(uid), extra);
  }
}
