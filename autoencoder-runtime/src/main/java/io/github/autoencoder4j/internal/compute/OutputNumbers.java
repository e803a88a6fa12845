package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.output.OutputKernel;

/** The numbers that the output of a network keeps. */
public final class OutputNumbers {

  private OutputNumbers() {}

  /**
   * Gives what computes the output of a network as it is now.
   *
   * @param table the network
   * @param store its numbers
   * @return a kernel that later training does not change
   */
  public static OutputKernel kernel(Network table, NetworkNumbers store) {
    return table.output().reading().kernel(store.read(table.parameters(table.output())));
  }
}
