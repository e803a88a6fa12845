package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.anomaly.ConformalCalibration;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How odd samples are.
 *
 * @param scorer tells
 * @param normal the scores of normal samples
 * @param score whether scores are wanted
 * @param pValue whether p-values are
 */
record ScoreColumns(
    Broadcast<FittedScorer> scorer, Broadcast<NormalScores> normal, boolean score, boolean pValue)
    implements NewColumns {

  /** As many as are searched for their neighbours at once, nearly as fast as more. */
  private static final int BATCH = 1_024;

  /**
   * Adds the columns that are wanted to a schema.
   *
   * @throws IllegalArgumentException if one is there already, or none is asked for
   */
  static StructType schema(AnomalyColumns<?> wanted, StructType schema) {
    StructType all = NewColumns.added(schema, wanted, wanted.scoreCol(), DataTypes.DoubleType);
    all = NewColumns.added(all, wanted, wanted.pValueCol(), DataTypes.DoubleType);
    return NewColumns.requireMore(schema, all, "setScoreCol or setPValueCol");
  }

  @Override
  public ImageShape inputShape() {
    return scorer.value().model().shared().inputShape();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public List<Object[]> of(ImageSource samples) {
    double[] scores = scorer.value().shared().scores(samples.toArrays());
    if (!pValue) {
      return Arrays.stream(scores).mapToObj(s -> new Object[] {s}).toList();
    }
    ConformalCalibration calibration = normal.value().calibration();
    return Arrays.stream(scores)
        .mapToObj(
            s ->
                score
                    ? new Object[] {s, calibration.pValue(s)}
                    : new Object[] {calibration.pValue(s)})
        .toList();
  }
}
