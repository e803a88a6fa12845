package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.latent.PowerNormalization.Scope;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scales codes to unit power: {@code z~ = sqrt(k) z / max(|z|, 1e-8)}. Sums are taken in 64 bits,
 * so that the power is 1 to the last bits of a float.
 */
final class PowerLayer extends NativeLayer {

  private static final long serialVersionUID = 1L;

  private static final double LEAST_NORM = 1e-8;

  private final Scope scope;

  PowerLayer(NeuralNetConfiguration conf, DataType dataType, Scope scope) {
    super(conf, dataType);
    this.scope = scope;
  }

  @Override
  long[] outputShape(INDArray in) {
    return in.shape();
  }

  /** How many values share one norm. */
  private int group(INDArray codes) {
    return (int) (scope == Scope.PER_EXAMPLE ? codes.length() / codes.size(0) : codes.length());
  }

  @Override
  void inferInto(INDArray in, INDArray out) {
    double[] values = Buffers.doubles(in);
    int group = group(in);
    for (int start = 0; start < values.length; start += group) {
      double scale = scale(values, start, group);
      for (int i = start; i < start + group; i++) {
        values[i] *= scale;
      }
    }
    Buffers.write(values, out);
  }

  private static double scale(double[] values, int start, int group) {
    return Math.sqrt(group) / Math.max(norm(values, start, group), LEAST_NORM);
  }

  private static double norm(double[] values, int start, int group) {
    double sum = 0;
    for (int i = start; i < start + group; i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum);
  }

  @Override
  void trainInto(INDArray out, LayerWorkspaceMgr workspaces) {
    inferInto(input, out);
  }

  /**
   * {@code dL/dz = sqrt(k) / |z| (g - z~ <z~, g> / k)} for the gradient {@code g} of the output.
   */
  @Override
  void backInto(INDArray delta, INDArray inputGradient, LayerWorkspaceMgr workspaces) {
    double[] codes = Buffers.doubles(input);
    double[] gradient = Buffers.doubles(delta);
    int group = group(input);
    for (int start = 0; start < codes.length; start += group) {
      double norm = norm(codes, start, group);
      double scale = scale(codes, start, group);
      double along = 0;
      // Below the least norm the scale is a constant, so nothing flows through it.
      if (norm > LEAST_NORM) {
        for (int i = start; i < start + group; i++) {
          along += codes[i] * gradient[i];
        }
        along /= norm * norm;
      }
      for (int i = start; i < start + group; i++) {
        gradient[i] = scale * (gradient[i] - codes[i] * along);
      }
    }
    Buffers.write(gradient, inputGradient);
  }
}
