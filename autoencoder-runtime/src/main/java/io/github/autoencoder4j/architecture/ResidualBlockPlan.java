package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Two convolutions around a shortcut, {@code x + W2 * f(W1 * x + b1) + b2}, both of stride 1 and
 * the width of their input (He et al., CVPR 2016; without normalisation as in Lim et al., CVPRW
 * 2017). At first {@code W2} is zero, so a deep stack starts as the identity (Zhang et al., "Fixup
 * initialization", ICLR 2019).
 *
 * @param name the name of the layer, unique within its network
 * @param input the shape that goes in, and comes out
 * @param axes along which axes both convolutions reach
 * @param kernel the width of both kernels in pixels; odd
 * @param activation {@code f}
 */
public record ResidualBlockPlan(
    String name, ImageShape input, Axes axes, int kernel, Activation activation)
    implements LayerPlan {

  /**
   * Checks the kernel.
   *
   * @param name the name of the layer, unique within its network
   * @param input the shape that goes in, and comes out
   * @param axes along which axes both convolutions reach
   * @param kernel the width of both kernels in pixels; odd
   * @param activation {@code f}
   * @throws IllegalArgumentException if {@code kernel} is even or below 1
   */
  public ResidualBlockPlan {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(axes, "axes");
    Objects.requireNonNull(activation, "activation");
    ConvLayerPlan.requireKernel(kernel, 1);
  }

  @Override
  public ImageShape output() {
    return input;
  }

  /**
   * Gives the height of both kernels.
   *
   * @return in pixels: {@link #kernel()} along both axes, 1 along the width alone
   */
  public int kernelHeight() {
    return axes.height(kernel);
  }

  @Override
  public List<ParameterSpec> learned() {
    int channels = input.channels();
    List<Integer> shape = List.of(channels, channels, kernelHeight(), kernel);
    double fan = (double) kernelHeight() * kernel * channels;
    return Stream.concat(
            Stream.of(
                ParameterSpec.bias("bias", channels, fan),
                ParameterSpec.weight("weight", shape, activation.stddev(fan, fan), fan, fan),
                ParameterSpec.bias("bias-2", channels, fan),
                // Zero, so that the block starts as the identity.
                ParameterSpec.weight("weight-2", shape, 0, fan, fan)),
            activation.learned(channels).stream())
        .toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.residual(this);
  }

  @Override
  public String kind() {
    return "residual block " + axes.describe(kernel);
  }
}
