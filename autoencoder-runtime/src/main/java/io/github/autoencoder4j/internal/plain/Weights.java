package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.network.Network;
import java.util.List;

/** The numbers of one layer, where they lie among those of its network. */
final class Weights {

  private final float[] all;
  private final List<Network.Entry> entries;

  Weights(float[] all, List<Network.Entry> entries) {
    this.all = all;
    this.entries = entries;
  }

  /** The numbers of the network, not a copy. */
  float[] all() {
    return all;
  }

  /** The arrays of the layer. */
  List<Network.Entry> entries() {
    return entries;
  }

  /** Where an array begins. */
  int offset(String name) {
    return entry(name).offset();
  }

  /** A copy of an array. */
  float[] copy(String name) {
    Network.Entry entry = entry(name);
    float[] values = new float[entry.length()];
    System.arraycopy(all, entry.offset(), values, 0, values.length);
    return values;
  }

  private Network.Entry entry(String name) {
    return entries.stream()
        .filter(entry -> entry.spec().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a layer has no " + name));
  }
}
