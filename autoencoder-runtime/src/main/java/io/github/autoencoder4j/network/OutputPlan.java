package io.github.autoencoder4j.network;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.output.Output;
import java.util.List;

/**
 * The output at its place in a network, behind the decoder.
 *
 * @param reading how the numbers of the decoder are read
 * @param output the shape of a sample
 */
public record OutputPlan(Output reading, ImageShape output) implements Node {

  @Override
  public String name() {
    return "output";
  }

  @Override
  public ImageShape input() {
    return reading.fedBy(output);
  }

  @Override
  public List<ParameterSpec> learned() {
    return reading.learned();
  }

  @Override
  public String kind() {
    return reading.describe();
  }
}
