package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.compute.ImportanceBound;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The end of the network: what the decoder yields is read as samples, and the loss and its gradient
 * are computed together. Both are means over all values of the batch, where Deeplearning4j's losses
 * are sums over outputs.
 */
final class ReconstructionLayer extends LossLayer implements InferenceLayer {

  private static final long serialVersionUID = 1L;

  /** The loss found in the backward pass, so that the score costs no second pass; NaN before. */
  private double lossOfBackward = Double.NaN;

  /** The stage that draws several codes for a sample, if one does. */
  private transient @Nullable LatentLayer drawn;

  ReconstructionLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  private OutputKernel kernel() {
    Output output = ((ReconstructionConf) layerConf()).output();
    return output.kernel(
        output.learned().stream()
            .map(spec -> Buffers.doubles(getParam(PlanInitializer.key(spec))))
            .toList());
  }

  /** The link of the output, into memory of its own. */
  private INDArray link(INDArray fed, INDArray out) {
    return switch (kernel().link()) {
      case IDENTITY -> out.assign(fed);
      case SIGMOID -> Nd4j.getExecutioner().exec(new Sigmoid(fed, out));
    };
  }

  /** The mean loss; {@code gradient} receives its derivative with respect to what is fed. */
  private double loss(INDArray gradient) {
    link(input, gradient);
    int n = (int) input.size(0);
    LatentBatch codes = drawn == null ? null : drawn.drawn();
    if (codes != null) {
      return boundOfDraws(codes, gradient);
    }
    if (input.dataType() == DataType.FLOAT) {
      return kernel()
          .lossAndGradient(
              Buffers.whole(input),
              Buffers.whole(labels),
              Buffers.whole(gradient),
              n,
              labels.length());
    }
    double[] derivative = new double[(int) input.length()];
    double sum =
        kernel().lossAndGradient(Buffers.doubles(input), Buffers.doubles(labels), derivative, n);
    for (int i = 0; i < derivative.length; i++) {
      derivative[i] /= labels.length();
    }
    Buffers.write(derivative, gradient);
    return sum / labels.length();
  }

  private double boundOfDraws(LatentBatch codes, INDArray gradient) {
    int n = codes.n();
    int draws = n / (int) labels.size(0);
    if (input.dataType() == DataType.FLOAT) {
      return ImportanceBound.of(
          codes,
          draws,
          kernel(),
          Buffers.whole(input),
          Buffers.whole(labels),
          Buffers.whole(gradient),
          labels.length());
    }
    OutputKernel kernel = kernel();
    double[] fed = Buffers.doubles(input);
    double[] targets = Buffers.doubles(labels);
    double[] derivative = new double[fed.length];
    int width = fed.length / n;
    int size = targets.length / (n / draws);
    double sum =
        ImportanceBound.of(
            codes,
            draws,
            new ImportanceBound.Draws() {
              @Override
              public void losses(double[] losses) {
                for (int i = 0; i < n; i++) {
                  double[] row = new double[width];
                  losses[i] =
                      kernel.lossAndGradient(
                          Arrays.copyOfRange(fed, i * width, (i + 1) * width),
                          Arrays.copyOfRange(targets, i / draws * size, (i / draws + 1) * size),
                          row,
                          1);
                  System.arraycopy(row, 0, derivative, i * width, width);
                }
              }

              @Override
              public void scale(double[] shares) {
                for (int i = 0; i < derivative.length; i++) {
                  derivative[i] *= shares[i / width] / labels.length();
                }
              }
            });
    Buffers.write(derivative, gradient);
    return sum / labels.length();
  }

  /** Weighs the draws of a stage before it goes back. */
  void weigh(LatentLayer stage) {
    drawn = stage;
  }

  /** The loss found by the last backward pass, without penalty. */
  double loss() {
    return lossOfBackward;
  }

  @Override
  public INDArray infer(INDArray fed) {
    return link(fed, fed.ulike());
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
    lossOfBackward = Double.NaN;
    super.setInput(input, workspaces);
  }

  /** Those who are handed the network may give labels in any order. */
  @Override
  public void setLabels(INDArray given) {
    if (given == null || Buffers.isRowMajor(given)) {
      super.setLabels(given);
      return;
    }
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      super.setLabels(given.dup('c'));
    }
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
    link(input, out);
    if (out.dataType() == DataType.FLOAT) {
      OutputKernel kernel = kernel();
      FloatBuffer values = Buffers.whole(out);
      int size = values.capacity() / (int) input.size(0);
      for (int start = 0; start < values.capacity(); start += size) {
        kernel.toValues(values.position(start));
      }
    }
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      @Nullable INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    lossOfBackward = loss(gradient);
    return new Pair<>(new DefaultGradient(), gradient);
  }

  @Override
  public double computeScore(double penalty, boolean training, LayerWorkspaceMgr workspaces) {
    double loss = Double.isNaN(lossOfBackward) ? loss(input.ulike()) : lossOfBackward;
    score = loss + penalty;
    return score;
  }

  @Override
  public void clear() {
    // Deeplearning4j frees the caller's labels here; they are not ours to free.
    input = null;
    labels = null;
    lossOfBackward = Double.NaN;
  }
}
