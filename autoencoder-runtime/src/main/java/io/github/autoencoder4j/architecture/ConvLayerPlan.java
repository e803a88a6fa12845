package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A convolution, {@code f(W * x + b)}, or its transpose. Along each of its axes the padding is
 * {@code (kernel - stride) / 2} on both sides, so that the sides shrink, or grow, by exactly the
 * stride.
 *
 * @param name the name of the layer, unique within its network
 * @param input the shape that goes in
 * @param output the shape that comes out
 * @param axes along which axes it reaches: along both the kernel is square, along the width alone
 *     one row high
 * @param kernel the width of the kernel in pixels; at least {@code stride}, and even or odd as it
 *     is
 * @param stride by how much the width and, along both axes, the height shrink or, if transposed,
 *     grow; at least 1
 * @param transposed whether it is a transposed convolution, which enlarges
 * @param activation {@code f}
 */
public record ConvLayerPlan(
    String name,
    ImageShape input,
    ImageShape output,
    Axes axes,
    int kernel,
    int stride,
    boolean transposed,
    Activation activation)
    implements LayerPlan {

  /** Kernels beyond three times this have more parameters than fit into an array. */
  private static final int MAX_STRIDE = 1 << 14;

  /**
   * Checks that kernel, stride and shapes fit each other.
   *
   * @param name the name of the layer, unique within its network
   * @param input the shape that goes in
   * @param output the shape that comes out
   * @param axes along which axes it reaches: along both the kernel is square, along the width alone
   *     one row high
   * @param kernel the width of the kernel in pixels; at least {@code stride}, and even or odd as it
   *     is
   * @param stride by how much the width and, along both axes, the height shrink or, if transposed,
   *     grow; at least 1
   * @param transposed whether it is a transposed convolution, which enlarges
   * @param activation {@code f}
   * @throws IllegalArgumentException if the kernel does not fit the stride, or the sides of one
   *     shape are not those of the other times the stride
   */
  public ConvLayerPlan {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(axes, "axes");
    Objects.requireNonNull(activation, "activation");
    requireKernel(kernel, stride);
    ImageShape large = transposed ? output : input;
    ImageShape small = transposed ? input : output;
    if (large.height() != small.height() * axes.height(stride)
        || large.width() != small.width() * stride) {
      throw new IllegalArgumentException(
          "a layer of stride %s cannot turn %s into %s"
              .formatted(strideText(axes, stride), input, output));
    }
  }

  /**
   * Checks that a kernel can change sides by exactly a stride.
   *
   * @param kernel the side of the kernel in pixels
   * @param stride by how much sides change
   * @throws IllegalArgumentException if {@code kernel} is below {@code stride}, or one is even and
   *     the other odd
   */
  static void requireKernel(int kernel, int stride) {
    if (stride < 1 || !fits(kernel, stride)) {
      throw new IllegalArgumentException(
          ("a kernel of %s does not fit a stride of %s: it must be at least the stride, and even or"
                  + " odd as it is, or sides would not change by exactly the stride; %s fits")
              .formatted(kernel, stride, fittingKernel(Math.max(1, stride))));
    }
  }

  /** Whether a kernel can change sides by exactly a stride. */
  static boolean fits(int kernel, int stride) {
    return kernel >= stride && (kernel - stride) % 2 == 0;
  }

  /** The smallest kernel that fits, is a multiple of the stride and sees its neighbours too. */
  static int fittingKernel(int stride) {
    if (stride > MAX_STRIDE) {
      throw new IllegalArgumentException(
          "a stride of %s is too large: at most %s is possible; take it in several levels"
              .formatted(stride, MAX_STRIDE));
    }
    return (stride % 2 == 0 ? 2 : 3) * stride;
  }

  /** A stride as messages and tables have it. */
  private static String strideText(Axes axes, int stride) {
    return axes == Axes.BOTH ? Integer.toString(stride) : axes.describe(stride);
  }

  /**
   * Gives the height of the kernel.
   *
   * @return in pixels: {@link #kernel()} along both axes, 1 along the width alone
   */
  public int kernelHeight() {
    return axes.height(kernel);
  }

  /**
   * Gives by how much the height changes.
   *
   * @return {@link #stride()} along both axes, 1 along the width alone
   */
  public int strideHeight() {
    return axes.height(stride);
  }

  /**
   * How many zeros there are on the left and on the right.
   *
   * @return {@code (kernel - stride) / 2}
   */
  public int padding() {
    return (kernel - stride) / 2;
  }

  /**
   * How many zeros there are above and below.
   *
   * @return {@link #padding()} along both axes, 0 along the width alone
   */
  public int paddingHeight() {
    return (kernelHeight() - strideHeight()) / 2;
  }

  @Override
  public List<ParameterSpec> learned() {
    int in = input.channels();
    int out = output.channels();
    double area = (double) kernelHeight() * kernel;
    double phases = (double) strideHeight() * stride;
    // What one output sees and one input reaches: strides leave out all but one position in s x s.
    double fanIn = area * in / (transposed ? phases : 1);
    double fanOut = area * out / (transposed ? 1 : phases);
    List<Integer> shape =
        transposed
            ? List.of(in, out, kernelHeight(), kernel)
            : List.of(out, in, kernelHeight(), kernel);
    // Biases first, as Deeplearning4j's convolutions have them.
    return Stream.concat(
            Stream.of(
                ParameterSpec.bias("bias", out, fanIn),
                ParameterSpec.weight(
                    "weight", shape, activation.stddev(fanIn, fanOut), fanIn, fanOut)),
            activation.learned(out).stream())
        .toList();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.convolution(this);
  }

  @Override
  public String kind() {
    String name = (transposed ? "transposed conv " : "conv ") + axes.describe(kernel);
    return stride == 1 ? name : name + " stride " + strideText(axes, stride);
  }
}
