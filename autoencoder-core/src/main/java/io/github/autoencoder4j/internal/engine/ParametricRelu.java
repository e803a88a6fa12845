package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.PlanInitializer.SLOPE;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Function;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@code f(z) = max(0, z) + a min(0, z)} with a slope {@code a} for each channel. Floats go through
 * loops of our own: ND4J's operation takes many times as long, and its gradient refuses more than
 * 64 values for a slope.
 */
final class ParametricRelu implements Nonlinearity {

  private final Function<String, INDArray> values;
  private final Function<String, INDArray> gradients;

  /** {@code min(0, z)}. */
  private @Nullable INDArray kept;

  ParametricRelu(Function<String, INDArray> values, Function<String, INDArray> gradients) {
    this.values = values;
    this.gradients = gradients;
  }

  @Override
  public void infer(INDArray z) {
    apply(z, null);
  }

  @Override
  public void train(INDArray z, LayerWorkspaceMgr workspaces) {
    INDArray low =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, z.dataType(), z.shape(), 'c');
    apply(z, low);
    kept = low;
  }

  /** Replaces {@code z} by the output and leaves {@code min(0, z)} behind where it is wanted. */
  private void apply(INDArray z, @Nullable INDArray low) {
    INDArray slope = values.apply(SLOPE);
    if (z.dataType() != DataType.FLOAT) {
      INDArray below = Transforms.min(z, 0.0, true);
      z.addi(below.mul(broadcast(slope.sub(1), z)));
      if (low != null) {
        low.assign(below);
      }
      return;
    }
    double[] slopes = Buffers.doubles(slope);
    FloatBuffer outputs = Buffers.of(z);
    FloatBuffer lows = low == null ? null : Buffers.of(low);
    int l = lows == null ? 0 : lows.position();
    int plane = plane(z);
    int start = outputs.position();
    int end = start + (int) z.length();
    for (int channel = 0; start < end; start += plane, channel = (channel + 1) % slopes.length) {
      float a = (float) slopes[channel];
      for (int i = start; i < start + plane; i++) {
        float value = outputs.get(i);
        boolean below = value < 0;
        if (below) {
          outputs.put(i, a * value);
        }
        if (lows != null) {
          lows.put(l++, below ? value : 0);
        }
      }
    }
  }

  @Override
  public void back(INDArray delta, LayerWorkspaceMgr workspaces) {
    INDArray low = Nonlinearity.requireKept(kept);
    kept = null;
    INDArray slope = values.apply(SLOPE);
    INDArray slopeGradient = gradients.apply(SLOPE);
    if (delta.dataType() != DataType.FLOAT) {
      int[] others = delta.rank() == 2 ? new int[] {0} : new int[] {0, 2, 3};
      slopeGradient.assign(delta.mul(low).sum(others));
      INDArray below = low.lt(0).castTo(delta.dataType());
      delta.muli(below.mul(broadcast(slope.sub(1), delta)).addi(1));
      return;
    }
    double[] slopes = Buffers.doubles(slope);
    double[] sums = new double[slopes.length];
    FloatBuffer deltas = Buffers.of(delta);
    FloatBuffer lows = Buffers.of(low);
    int l = lows.position();
    int plane = plane(delta);
    int start = deltas.position();
    int end = start + (int) delta.length();
    for (int channel = 0; start < end; start += plane, channel = (channel + 1) % slopes.length) {
      float a = (float) slopes[channel];
      double sum = 0;
      for (int i = start; i < start + plane; i++, l++) {
        float value = lows.get(l);
        float gradient = deltas.get(i);
        sum += value * gradient;
        if (value < 0) {
          deltas.put(i, a * gradient);
        }
      }
      sums[channel] += sum;
    }
    Buffers.write(sums, slopeGradient);
  }

  /** How many values of one channel lie side by side. */
  private static int plane(INDArray array) {
    return (int) (array.length() / (array.size(0) * array.size(1)));
  }

  private static INDArray broadcast(INDArray slope, INDArray array) {
    long[] shape = new long[array.rank()];
    Arrays.fill(shape, 1);
    shape[1] = slope.length();
    return slope.reshape('c', shape);
  }

  @Override
  public void clear() {
    kept = null;
  }
}
