package io.github.autoencoder4j.internal.compute;

import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;

/** A network with its numbers, and what computes with them. */
public interface RunnableNetwork {

  /**
   * Gives what makes this network.
   *
   * @return the choices as they were given
   */
  Spec spec();

  /**
   * Gives its steps, and where its numbers lie.
   *
   * @return the network as a table
   */
  Network table();

  /**
   * Gives its numbers, and how far they have been trained.
   *
   * @return the live numbers, not a copy
   */
  NetworkNumbers store();

  /**
   * Gives what encodes and decodes.
   *
   * @return for any number of threads while nobody changes the numbers
   */
  ForwardPass forward();

  /**
   * Says what computes.
   *
   * @return for the provenance of a model
   */
  Backend backend();
}
