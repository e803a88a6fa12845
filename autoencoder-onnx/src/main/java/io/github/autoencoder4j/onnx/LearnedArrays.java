package io.github.autoencoder4j.onnx;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.runtime.Weights;

/** The arrays that a network has learnt, by the step that owns them and their name in it. */
record LearnedArrays(Weights weights) {

  float[] of(Node owner, String name) {
    return array(owner, name).toArray();
  }

  /** Stores an array in a graph under the name that it has in model files. */
  String store(Graph graph, Node owner, String name) {
    WeightArray array = array(owner, name);
    return graph.store(array.name(), array.shape(), array.toArray());
  }

  private WeightArray array(Node owner, String name) {
    return weights.get(owner.name() + "." + name);
  }
}
