package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.network.Network;
import java.util.List;

/**
 * How much layers make of one sample.
 *
 * @param widest the values of the widest layer, inputs among them
 * @param values those of all layers together
 */
record NetworkSize(int widest, long values) {

  /** That of a network, which encodes as many views of a sample and decodes as many draws. */
  static NetworkSize of(Network table) {
    NetworkSize all = of(table.nodes());
    long encoded = of(table.encoder()).values();
    return new NetworkSize(
        all.widest(), table.views() * encoded + table.draws() * (all.values() - encoded));
  }

  static NetworkSize of(List<? extends Node> nodes) {
    int widest = 1;
    long values = nodes.get(0).input().size();
    for (Node layer : nodes) {
      widest = Math.max(widest, Math.max(layer.input().size(), layer.output().size()));
      values += layer.output().size();
    }
    return new NetworkSize(widest, values);
  }

  /**
   * About how many bytes a step takes: for what layers make, and its gradient.
   *
   * @param atOnce how many samples are on their way through the layers at a time
   */
  long stepBytes(long atOnce) {
    // In floating point, where no product wraps round.
    return (long) (2.0 * Float.BYTES * atOnce * values);
  }
}
