package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.internal.model.ContainerReader;
import io.github.autoencoder4j.internal.model.ContainerWriter;
import java.io.IOException;

/** What a checkpoint says of its model, which makes it a model file too. */
public interface ModelPart {

  /**
   * Puts the model into a file to be written.
   *
   * @param engine its network, which must not be trained before the file is written
   * @return to be written, with more in it
   */
  ContainerWriter write(Engine engine);

  /**
   * Reads the weights of the model, if it is this one.
   *
   * @param file what {@link #write} wrote
   * @return all weights and biases
   * @throws IOException if the file cannot be read
   * @throws io.github.autoencoder4j.exception.UnreadableModelException if it is damaged
   * @throws IllegalArgumentException if the file holds another model, or has other settings
   */
  float[] read(ContainerReader file) throws IOException;
}
