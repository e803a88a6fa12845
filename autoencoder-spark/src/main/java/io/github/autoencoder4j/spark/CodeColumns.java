package io.github.autoencoder4j.spark;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.metric.Mse;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an autoencoder makes of samples.
 *
 * @param model the autoencoder
 * @param code whether codes are wanted
 * @param reconstruction whether reconstructions are
 * @param error whether errors are
 */
record CodeColumns(Broadcast<ModelBytes> model, boolean code, boolean reconstruction, boolean error)
    implements NewColumns {

  /** Codes are small, so that many fit in memory; pictures are read as they are needed. */
  private static final int CODES = 4_096;

  /** Enough to keep a core busy, few enough to be held twice. */
  private static final int RECONSTRUCTIONS = 256;

  /** The columns that are wanted. */
  static CodeColumns of(AutoencoderColumns<?> wanted, Broadcast<ModelBytes> model) {
    return new CodeColumns(
        model,
        !wanted.getOrDefault(wanted.outputCol()).isEmpty(),
        !wanted.getOrDefault(wanted.reconstructionCol()).isEmpty(),
        !wanted.getOrDefault(wanted.errorCol()).isEmpty());
  }

  /**
   * Adds the columns that are wanted to a schema.
   *
   * @throws IllegalArgumentException if one is there already, or none is asked for
   */
  static StructType schema(AutoencoderColumns<?> wanted, StructType schema) {
    StructType all = schema;
    all = NewColumns.added(all, wanted, wanted.outputCol(), SQLDataTypes.VectorType());
    all = NewColumns.added(all, wanted, wanted.reconstructionCol(), SQLDataTypes.VectorType());
    all = NewColumns.added(all, wanted, wanted.errorCol(), DataTypes.DoubleType);
    return NewColumns.requireMore(schema, all, "setOutputCol, setReconstructionCol or setErrorCol");
  }

  /** Whether samples are decoded, too. */
  boolean decodes() {
    return reconstruction || error;
  }

  @Override
  public ImageShape inputShape() {
    return model.value().shared().inputShape();
  }

  @Override
  public int batch() {
    return decodes() ? RECONSTRUCTIONS : CODES;
  }

  @Override
  public List<Object[]> of(ImageSource samples) {
    Autoencoder autoencoder = model.value().shared();
    float[][] codes = code ? autoencoder.encode(samples) : new float[0][];
    float[][] outputs = decodes() ? autoencoder.reconstruct(samples) : new float[0][];
    List<Object[]> columns = new ArrayList<>(samples.size());
    for (int i = 0; i < samples.size(); i++) {
      List<Object> values = new ArrayList<>();
      if (code) {
        values.add(vector(codes[i]));
      }
      if (reconstruction) {
        values.add(vector(outputs[i]));
      }
      if (error) {
        values.add(Mse.of(samples.get(i), outputs[i]));
      }
      columns.add(values.toArray());
    }
    return columns;
  }

  private static Vector vector(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    return Vectors.dense(exact);
  }
}
