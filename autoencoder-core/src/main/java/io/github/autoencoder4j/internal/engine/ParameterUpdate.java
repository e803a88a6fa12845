package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.GradientUser;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterCreator;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Follows gradients, by {@link AdamStep} where it can and else by Deeplearning4j's updater, both on
 * the memory of the latter.
 */
// Scopes outside of workspaces are held open, never read.
@SuppressWarnings("try")
final class ParameterUpdate {

  private final MultiLayerNetwork network;
  private final AdamStep adamStep;

  ParameterUpdate(Network table, Penalty penalty, MultiLayerNetwork network) {
    this.network = network;
    this.adamStep = new AdamStep(network, table, penalty);
  }

  /** What it remembers from step to step, where it lies; empty if it remembers nothing. */
  FloatBuffer memory() {
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray state = network.getUpdater(true).getStateViewArray();
      return state == null ? FloatBuffer.allocate(0) : Buffers.whole(state);
    }
  }

  /** The array of that, or null if there is none yet. */
  @Nullable INDArray array() {
    Updater updater = network.getUpdater(false);
    return updater == null ? null : updater.getStateViewArray();
  }

  /** Forgets all. */
  void reset() {
    network.setUpdater(UpdaterCreator.getUpdater(network));
    adamStep.restart();
  }

  /**
   * Takes a step along the gradient in the network's gradient memory.
   *
   * @param n how many samples it is of
   * @param maxNorm the gradient is scaled down to this norm if it is longer; infinity for no bound
   * @param threads how many work at a time
   * @return false, and no step was made, if the gradient has to be bounded and is not finite
   */
  boolean step(int n, double maxNorm, int threads) {
    INDArray gradient = network.getGradientsViewArray();
    double scale = 1;
    if (maxNorm < Double.POSITIVE_INFINITY) {
      double norm = Buffers.norm(gradient);
      if (!Double.isFinite(norm)) {
        return false;
      }
      scale = norm > maxNorm ? maxNorm / norm : 1;
    }
    int iteration = network.getIterationCount();
    int epoch = network.getEpochCount();
    BaseMultiLayerUpdater<?> updater = updater();
    if (!adamStep.apply(updater, iteration, epoch, scale, threads)) {
      if (scale != 1) {
        gradient.muli(scale);
      }
      updater.update(
          network,
          new DefaultGradient(gradient),
          iteration,
          epoch,
          n,
          LayerWorkspaceMgr.noWorkspaces());
      INDArray parameters = network.params();
      parameters.subi(gradient.reshape(parameters.shape()));
    }
    end();
    return true;
  }

  /**
   * Begins a step along a gradient that is still being computed, if the optimiser can do that. It
   * has to be used for all parameters, and {@link #end} called after that.
   *
   * @return null if it cannot
   */
  @Nullable GradientUser begin() {
    return adamStep.begin(updater(), network.getIterationCount(), network.getEpochCount(), 1);
  }

  /** Counts a step that is made. */
  void end() {
    network.setIterationCount(network.getIterationCount() + 1);
  }

  /** Its multi-layer form is what a MultiLayerNetwork has. */
  private BaseMultiLayerUpdater<?> updater() {
    return (BaseMultiLayerUpdater<?>) network.getUpdater(true);
  }
}
