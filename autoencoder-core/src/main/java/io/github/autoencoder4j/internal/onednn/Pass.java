package io.github.autoencoder4j.internal.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a program are added to.
 *
 * @param graph makes their tensors and primitives
 * @param training whether there will be a backward pass
 * @param workers who computes tiles; null if native code is to share out all products instead
 * @param sideWork takes what a second thread may do; null if none is wanted
 * @param pointMatrices has the weights as tiles are multiplied by them
 * @param packed has weights as kernels want them; null in training, where they change with each run
 * @param activations makes the steps of activations
 * @param steps what is done on each run, in order
 * @param preparations what has to be done only when parameters have changed; in training they
 *     always have, and it is the same list
 */
record Pass(
    Graph graph,
    boolean training,
    @Nullable Parallel workers,
    @Nullable SideWork sideWork,
    PointMatrices pointMatrices,
    PackedWeights.@Nullable Own packed,
    Activations activations,
    List<Step> steps,
    List<Step> preparations) {

  /** Weights themselves if they have the layout, else a copy that is up to date on each run. */
  Tensor packed(memory.desc layout, Tensor weight) {
    return packed == null || layout.equals(weight.layout()) || !packed.knows(weight)
        ? graph.in(layout, weight, preparations)
        : packed.in(layout, weight);
  }
}
