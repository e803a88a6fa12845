package io.github.autoencoder4j.onnx;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;

/** The arrays that a network has learnt, by the step that owns them and their name in it. */
final class LearnedArrays {

  private final Network network;
  private final float[] parameters;

  LearnedArrays(Network network, float[] parameters) {
    this.network = network;
    this.parameters = parameters;
  }

  float[] of(Node owner, String name) {
    Network.Entry entry = entry(owner, name);
    float[] values = new float[entry.length()];
    entry.in(FloatBuffer.wrap(parameters)).get(values);
    return values;
  }

  /** Stores an array in a graph under the name that it has in model files. */
  String store(Graph graph, Node owner, String name) {
    Network.Entry entry = entry(owner, name);
    return graph.store(entry.name(), entry.shape(), of(owner, name));
  }

  private Network.Entry entry(Node owner, String name) {
    return network.parameters(owner).stream()
        .filter(entry -> entry.spec().name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
