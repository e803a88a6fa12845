package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Activation;
import java.util.function.Function;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The {@link Activation} of one layer, with what it learns and what it keeps for the backward pass.
 * Arrays are row-major, {@code [n, channels]} or {@code [n, channels, height, width]}.
 */
sealed interface Nonlinearity permits FixedActivation, ParametricRelu, DivisiveNormalization {

  /**
   * Makes one for a layer.
   *
   * @param values gives the layer's parameter of a name
   * @param gradients gives the array in which the gradient of that parameter goes
   */
  static Nonlinearity of(
      Activation activation,
      Function<String, INDArray> values,
      Function<String, INDArray> gradients) {
    return switch (activation) {
      case PRELU -> new ParametricRelu(values, gradients);
      case GDN -> new DivisiveNormalization(false, values, gradients);
      case INVERSE_GDN -> new DivisiveNormalization(true, values, gradients);
      default -> new FixedActivation(activation);
    };
  }

  /** Replaces {@code z} by {@code f(z)} and keeps nothing, so that threads may share it. */
  void infer(INDArray z);

  /** Replaces {@code z} by {@code f(z)} and keeps what the backward pass needs. */
  void train(INDArray z, LayerWorkspaceMgr workspaces);

  /**
   * Replaces the gradient of the output by that of {@code z}, and fills the gradients of what is
   * learned.
   */
  void back(INDArray delta, LayerWorkspaceMgr workspaces);

  /** Forgets what was kept. */
  void clear();

  static INDArray requireKept(@Nullable INDArray kept) {
    if (kept == null) {
      throw new IllegalStateException("backward pass without a forward pass in training mode");
    }
    return kept;
  }
}
