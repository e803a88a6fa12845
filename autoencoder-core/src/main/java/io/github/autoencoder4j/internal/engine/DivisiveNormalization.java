package io.github.autoencoder4j.internal.engine;

import static io.github.autoencoder4j.internal.engine.PlanInitializer.BETA;
import static io.github.autoencoder4j.internal.engine.PlanInitializer.GAMMA;

import io.github.autoencoder4j.architecture.PositiveParameter;
import java.util.function.Function;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.floating.Sqrt;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Generalised divisive normalisation, {@code y_i = x_i / r_i} with {@code r_i = sqrt(beta_i + sum_j
 * gamma_ij x_j^2)}, or its inverse {@code y_i = x_i r_i}. The sum is a convolution of the squares
 * with kernels of one pixel.
 *
 * <p>What the optimiser sees of a value is {@code v = sqrt(value + 2^-36)}, and {@code v} below the
 * root of the least value counts as that root (Balle, "Efficient nonlinear transforms for lossy
 * image compression", PCS 2018). So values stay positive, and none is stuck at zero: a gradient
 * that would raise it passes.
 */
final class DivisiveNormalization implements Nonlinearity {

  /** Of an image at a time, when nothing has to be kept. */
  private static final long MOST_VALUES = 1L << 20;

  private final boolean inverse;
  private final Function<String, INDArray> values;
  private final Function<String, INDArray> gradients;
  private final Convolution convolution = Convolution.pointwise();

  private @Nullable INDArray input;
  private @Nullable INDArray root;

  DivisiveNormalization(
      boolean inverse, Function<String, INDArray> values, Function<String, INDArray> gradients) {
    this.inverse = inverse;
    this.values = values;
    this.gradients = gradients;
  }

  private static double least(String key) {
    return key.equals(BETA) ? PositiveParameter.LEAST_BETA : 0;
  }

  /** The values of beta or gamma, in an array that the caller closes. */
  private INDArray positive(String key) {
    INDArray stored = values.apply(key);
    double least = least(key);
    double[] squares = Buffers.doubles(stored);
    for (int i = 0; i < squares.length; i++) {
      squares[i] = PositiveParameter.value(squares[i], least);
    }
    INDArray positive = Nd4j.createUninitialized(stored.dataType(), stored.shape(), 'c');
    Buffers.write(squares, positive);
    return positive;
  }

  /** Turns {@code factor} times the gradient of beta or gamma into that of what is stored. */
  private void chain(String key, double factor) {
    INDArray gradient = gradients.apply(key);
    double least = PositiveParameter.stored(least(key));
    double[] stored = Buffers.doubles(values.apply(key));
    double[] slopes = Buffers.doubles(gradient);
    for (int i = 0; i < slopes.length; i++) {
      double slope = slopes[i] * factor * 2 * Math.max(stored[i], least);
      slopes[i] = stored[i] >= least || slope < 0 ? slope : 0;
    }
    Buffers.write(slopes, gradient);
  }

  @Override
  public void infer(INDArray z) {
    infer(z, MOST_VALUES);
  }

  /** A few rows of images at a time, since what is kept meanwhile is three times as large. */
  void infer(INDArray z, long most) {
    int height = z.rank() == 4 ? (int) z.size(2) : 1;
    int rows = (int) Math.max(1, Math.min(height, most * height / z.length()));
    if (rows == height) {
      inferAll(z);
      return;
    }
    for (int first = 0; first < height; first += rows) {
      INDArray part = Convolution.rows(z, first, Math.min(height, first + rows));
      try (INDArray copy = part.dup('c')) {
        inferAll(copy);
        part.assign(copy);
      }
    }
  }

  private void inferAll(INDArray z) {
    try (INDArray x = z.ulike();
        INDArray r = z.ulike()) {
      apply(z, x, r);
    }
  }

  @Override
  public void train(INDArray z, LayerWorkspaceMgr workspaces) {
    INDArray x = like(z, ArrayType.ACTIVATIONS, workspaces);
    INDArray r = like(z, ArrayType.ACTIVATIONS, workspaces);
    apply(z, x, r);
    input = x;
    root = r;
  }

  /** Replaces {@code z} by the output, and leaves the input in {@code x}, the root in {@code r}. */
  private void apply(INDArray z, INDArray x, INDArray r) {
    x.assign(z);
    z.muli(z);
    try (INDArray gamma = positive(GAMMA);
        INDArray beta = positive(BETA)) {
      convolution.forward(image(z), gamma, beta, image(r));
    }
    Nd4j.getExecutioner().exec(new Sqrt(r, r));
    if (inverse) {
      x.mul(r, z);
    } else {
      x.div(r, z);
    }
  }

  /**
   * {@code dL/dx_i = g_i r_i^(-1 or 1) + 2 x_i sum_k gamma_ki t_k} with {@code t_k = -g_k x_k / (2
   * r_k^3)}, or {@code g_k x_k / (2 r_k)} for the inverse, which is the gradient of the sum under
   * the root; {@code dL/dgamma_ij} is the sum of {@code t_i x_j^2}, {@code dL/dbeta_i} that of
   * {@code t_i}. The factor of t waits until the arrays are small.
   */
  @Override
  public void back(INDArray delta, LayerWorkspaceMgr workspaces) {
    INDArray x = Nonlinearity.requireKept(input);
    INDArray r = Nonlinearity.requireKept(root);
    input = null;
    root = null;
    INDArray t = like(x, ArrayType.BP_WORKING_MEM, workspaces);
    if (inverse) {
      delta.mul(x, t).divi(r);
      delta.muli(r);
    } else {
      delta.divi(r);
      delta.mul(x, t).divi(r).divi(r);
    }
    INDArray squares = like(x, ArrayType.BP_WORKING_MEM, workspaces);
    x.mul(x, squares);
    INDArray squaresGradient = r;
    try (INDArray gamma = positive(GAMMA);
        INDArray beta = positive(BETA)) {
      convolution.backward(
          image(squares),
          gamma,
          beta,
          image(t),
          image(squaresGradient),
          gradients.apply(GAMMA),
          gradients.apply(BETA));
    }
    squaresGradient.muli(x);
    if (inverse) {
      delta.addi(squaresGradient);
    } else {
      delta.subi(squaresGradient);
    }
    double factor = inverse ? 0.5 : -0.5;
    chain(BETA, factor);
    chain(GAMMA, factor);
  }

  private static INDArray like(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
    return workspaces.createUninitialized(type, array.dataType(), array.shape(), 'c');
  }

  /** {@code [n, channels]} as images of one pixel. */
  private static INDArray image(INDArray array) {
    return array.rank() == 4 ? array : array.reshape('c', array.size(0), array.size(1), 1, 1);
  }

  @Override
  public void clear() {
    input = null;
    root = null;
  }
}
