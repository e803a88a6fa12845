package io.github.autoencoder4j.latent;

import java.util.List;

/**
 * Computes a {@link LatentStage}, and the gradient of what it computed. It has no state of its own:
 * what the backward pass needs lies in the batch, and what lasts in the arrays of the stage.
 */
public interface LatentKernel {

  /**
   * Computes the code: reads {@link LatentBatch#input()}, writes {@link LatentBatch#output()}, and
   * adds the terms of the objective in modes that judge.
   *
   * @param batch the codes of some samples
   */
  void forward(LatentBatch batch);

  /**
   * Computes the gradient: reads {@link LatentBatch#outputGradient()}, writes {@link
   * LatentBatch#inputGradient()}, and adds to the gradients of the arrays. What belongs to
   * {@linkplain io.github.autoencoder4j.architecture.ParameterSpec.Kind#STATE state} receives the
   * sums that {@link #updateState} wants. The gradients of terms are those of nats per sample times
   * {@link LatentBatch#gradientScale()}.
   *
   * @param batch as {@link #forward} left it, and the gradient of its output
   */
  void backward(LatentBatch batch);

  /**
   * Counts the numbers that the forward pass keeps for the backward pass, for each sample.
   *
   * @return how many {@link LatentBatch#kept()} holds for each; 0 for none
   */
  default int kept() {
    return 0;
  }

  /**
   * Says whether what becomes of a code depends on the others of its batch, which must not be cut
   * then.
   *
   * @return true if batches must stay whole
   */
  default boolean couplesSamples() {
    return false;
  }

  /**
   * Moves the state of the stage after a batch, before the optimiser moves what is learnt.
   *
   * @param arrays all arrays of the stage, in order; changes to state last, others do not
   * @param sums for each array what {@link #backward} added to its gradient over the whole batch
   */
  default void updateState(List<double[]> arrays, List<double[]> sums) {}
}
