package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A fully connected layer: {@code f(x W + b)}.
 *
 * @param name the name of the layer, unique within its network
 * @param input the shape that goes in; used as a flat vector
 * @param output the shape that comes out
 * @param activation {@code f}
 * @param dropout the probability with which an output is set to zero in training, in [0, 1)
 */
public record DenseLayerPlan(
    String name, ImageShape input, ImageShape output, Activation activation, double dropout)
    implements LayerPlan {

  /**
   * Checks that nothing is missing.
   *
   * @param name the name of the layer, unique within its network
   * @param input the shape that goes in; used as a flat vector
   * @param output the shape that comes out
   * @param activation {@code f}
   * @param dropout the probability with which an output is set to zero in training, in [0, 1)
   */
  public DenseLayerPlan {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(activation, "activation");
  }

  @Override
  public List<ParameterSpec> learned() {
    int in = input.size();
    int out = output.size();
    return Stream.concat(
            Stream.of(
                ParameterSpec.weight(
                    "weight", List.of(out, in), activation.stddev(in, out), in, out),
                ParameterSpec.bias("bias", out, in)),
            activation.learned(out).stream())
        .toList();
  }

  @Override
  public long multiplications() {
    return (long) input.size() * output.size();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.dense(this);
  }

  @Override
  public boolean isFlat() {
    return true;
  }

  @Override
  public String kind() {
    return "dense";
  }
}
