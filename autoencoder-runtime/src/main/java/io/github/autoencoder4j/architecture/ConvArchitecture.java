package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Convolutions that shrink an image, level by level, to a latent image, and the same in mirror
 * order back. A level divides both sides by its stride and is followed by residual blocks.
 *
 * <p>An input of height 1 and width above 1 is a sequence, such as a signal: kernels are one row
 * high, and levels divide the width alone ({@link Axes}).
 *
 * <p>With as many widths as levels, a last convolution of stride 1 turns the last width into the
 * channels of the code. With one width less, the last level itself does.
 *
 * <p>With residual blocks all non-linearity is in them, so that a linear path leads from the image
 * to the code and back.
 *
 * @param input the shape of one sample
 * @param latent the shape of one code
 * @param strides by how much each level divides the sides, or the width of a sequence, from the
 *     input to the code; copied
 * @param widths the channels after each level; copied
 * @param kernel the side of all kernels in pixels, or their width over a sequence; {@link
 *     #FITTING_KERNEL} for strided levels that each have one of their own
 * @param activation the non-linearity of the hidden layers
 * @param residualBlocks how many follow each level but one that yields the code; at least 0
 * @param resampling how levels change sides
 */
public record ConvArchitecture(
    ImageShape input,
    ImageShape latent,
    List<Integer> strides,
    List<Integer> widths,
    int kernel,
    Activation activation,
    int residualBlocks,
    Resampling resampling)
    implements Architecture {

  /**
   * In place of a kernel, lets each level of {@link Resampling#STRIDED} have one that fits its
   * stride {@code s}: {@code 2 s} if that is even, else {@code 3 s}. A multiple of the stride
   * leaves no checkerboard, and the sides change by exactly the stride.
   */
  public static final int FITTING_KERNEL = 0;

  /**
   * Checks that the levels lead from the input to the code.
   *
   * @param input the shape of one sample
   * @param latent the shape of one code
   * @param strides by how much each level divides the sides, or the width of a sequence, from the
   *     input to the code; copied
   * @param widths the channels after each level; copied
   * @param kernel the side of all kernels in pixels, or their width over a sequence; {@link
   *     #FITTING_KERNEL} for strided levels that each have one of their own
   * @param activation the non-linearity of the hidden layers
   * @param residualBlocks how many follow each level but one that yields the code; at least 0
   * @param resampling how levels change sides
   * @throws IllegalArgumentException if there are no strides or they do not lead from one shape to
   *     the other, the widths are neither as many as the strides nor one less, a width is below 1,
   *     the kernel does not fit, or {@code residualBlocks} is negative
   */
  public ConvArchitecture {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(latent, "latent");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(resampling, "resampling");
    strides = List.copyOf(strides);
    widths = List.copyOf(widths);
    if (strides.isEmpty()) {
      throw new IllegalArgumentException(
          "there must be at least one level, but there are no strides; [1] keeps the sides");
    }
    int factor = Strides.factor(input, latent);
    strides.forEach(ConvArchitecture::requireStride);
    if (strides.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b) != factor) {
      throw new IllegalArgumentException(
          "the strides %s do not lead from %s to %s; their product must be %s"
              .formatted(strides, input, latent, factor));
    }
    if (widths.size() != strides.size() && widths.size() != strides.size() - 1) {
      throw new IllegalArgumentException(
          ("there are %s widths %s for the levels with strides %s; give %s, or %s to let the last"
                  + " level yield the code itself")
              .formatted(
                  widths.size(), widths, strides, strides.size(), Math.max(0, strides.size() - 1)));
    }
    widths.forEach(ConvArchitecture::requireWidth);
    requireResidualBlocks(residualBlocks);
    requireKernel(kernel, strides, resampling);
  }

  /**
   * Refuses a kernel that some level cannot have.
   *
   * @throws IllegalArgumentException with what can be chosen instead
   */
  private static void requireKernel(int kernel, List<Integer> strides, Resampling resampling) {
    if (resampling == Resampling.SUBPIXEL) {
      if (kernel < 1 || kernel % 2 == 0) {
        throw new IllegalArgumentException(
            ("a kernel of %s does not fit: with Resampling.SUBPIXEL it must be odd, or sides would"
                    + " change; 3 and 5 are usual")
                .formatted(kernel));
      }
    } else if (kernel != FITTING_KERNEL
        && !strides.stream().allMatch(stride -> ConvLayerPlan.fits(kernel, stride))) {
      throw new IllegalArgumentException(
          ("a kernel of %s does not fit the strides %s: with Resampling.STRIDED it must be at least"
                  + " each of them, and even or odd as they are, or sides would not change by"
                  + " exactly the stride; leave kernel(...) out, and each level has one that"
                  + " fits%s")
              .formatted(kernel, strides, kernelForAll(strides)));
    }
  }

  /** Advice that may be followed, if all strides are even or all odd. */
  private static String kernelForAll(List<Integer> strides) {
    int kernel =
        strides.stream().mapToInt(ConvLayerPlan::fittingKernel).max().orElse(FITTING_KERNEL);
    boolean forAll = strides.stream().allMatch(stride -> ConvLayerPlan.fits(kernel, stride));
    return forAll ? ", or choose " + kernel : "";
  }

  /**
   * Checks the stride of a level.
   *
   * @param stride by how much it divides the sides
   * @throws IllegalArgumentException if {@code stride} is below 1
   */
  public static void requireStride(int stride) {
    if (stride < 1) {
      throw new IllegalArgumentException("a stride must be at least 1, but was " + stride);
    }
  }

  /**
   * Checks the width of a level.
   *
   * @param width its channels
   * @throws IllegalArgumentException if {@code width} is below 1
   */
  public static void requireWidth(int width) {
    if (width < 1) {
      throw new IllegalArgumentException(
          "a layer must have at least 1 channel, but was given " + width + "; 64 is usual");
    }
  }

  /**
   * Checks a number of residual blocks.
   *
   * @param blocks how many follow each level
   * @throws IllegalArgumentException if {@code blocks} is negative
   */
  public static void requireResidualBlocks(int blocks) {
    if (blocks < 0) {
      throw new IllegalArgumentException(
          "there must be at least 0 residual blocks, but were given " + blocks);
    }
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.conv(this);
  }

  @Override
  public ImageShape widened(ImageShape shape, int numbers) {
    return new ImageShape(shape.height(), shape.width(), Math.addExact(shape.channels(), numbers));
  }

  @Override
  public List<LayerPlan> encoder(ImageShape start, ImageShape end) {
    List<LayerPlan> layers = new ArrayList<>();
    ImageShape in = start;
    for (int i = 0; i < strides.size(); i++) {
      boolean last = i == widths.size();
      String name = last ? "bottleneck" : "encoder-" + (i + 1);
      in = down(layers, name, in, strides.get(i), last ? end.channels() : widths.get(i));
      if (!last) {
        addResidualBlocks(layers, name, in, activation);
      }
    }
    if (widths.size() == strides.size()) {
      layers.add(
          new ConvLayerPlan(
              "bottleneck", in, end, axes(), sameKernel(), 1, false, Activation.IDENTITY));
    }
    return List.copyOf(layers);
  }

  private ImageShape down(
      List<LayerPlan> layers, String name, ImageShape in, int stride, int channels) {
    Activation function =
        name.equals("bottleneck") ? Activation.IDENTITY : levelActivation(activation);
    boolean strided = resampling == Resampling.STRIDED;
    ImageShape from = in;
    if (!strided && stride > 1) {
      RearrangementPlan toDepth =
          new RearrangementPlan(name + "-to-depth", in, axes(), stride, true);
      layers.add(toDepth);
      from = toDepth.output();
    }
    ImageShape out = axes().shrunk(in, stride, channels);
    layers.add(
        strided
            ? new ConvLayerPlan(
                name, from, out, axes(), stridedKernel(stride), stride, false, function)
            : new ConvLayerPlan(name, from, out, axes(), kernel, 1, false, function));
    return out;
  }

  @Override
  public List<LayerPlan> decoder(ImageShape start, ImageShape end) {
    List<LayerPlan> layers = new ArrayList<>();
    ImageShape in = start;
    int number = 1;
    if (widths.size() == strides.size()) {
      ImageShape out = new ImageShape(in.height(), in.width(), widths.get(widths.size() - 1));
      String name = "decoder-" + number++;
      Activation function = levelActivation(activation.mirrored());
      layers.add(new ConvLayerPlan(name, in, out, axes(), sameKernel(), 1, false, function));
      addResidualBlocks(layers, name, out, activation.mirrored());
      in = out;
    }
    for (int i = strides.size() - 1; i >= 0; i--) {
      boolean last = i == 0;
      String name = last ? "logits" : "decoder-" + number++;
      in = up(layers, name, in, strides.get(i), last ? end.channels() : widths.get(i - 1));
      if (!last) {
        addResidualBlocks(layers, name, in, activation.mirrored());
      }
    }
    return List.copyOf(layers);
  }

  private ImageShape up(
      List<LayerPlan> layers, String name, ImageShape in, int stride, int channels) {
    Activation function =
        name.equals("logits") ? Activation.IDENTITY : levelActivation(activation.mirrored());
    ImageShape out = axes().enlarged(in, stride, channels);
    if (resampling == Resampling.STRIDED) {
      layers.add(
          new ConvLayerPlan(name, in, out, axes(), stridedKernel(stride), stride, true, function));
      return out;
    }
    ImageShape deep = new ImageShape(in.height(), in.width(), channels * axes().area(stride));
    layers.add(new ConvLayerPlan(name, in, deep, axes(), kernel, 1, false, function));
    if (stride > 1) {
      layers.add(new RearrangementPlan(name + "-to-space", deep, axes(), stride, false));
    }
    return out;
  }

  private void addResidualBlocks(
      List<LayerPlan> layers, String level, ImageShape shape, Activation function) {
    for (int i = 1; i <= residualBlocks; i++) {
      layers.add(
          new ResidualBlockPlan(level + "-residual-" + i, shape, axes(), sameKernel(), function));
    }
  }

  /** Residual blocks bring their own; what lies between them stays linear. */
  private Activation levelActivation(Activation function) {
    return residualBlocks > 0 ? Activation.IDENTITY : function;
  }

  /**
   * Says along which axes the layers reach.
   *
   * @return {@link Axes#of} the input
   */
  public Axes axes() {
    return Axes.of(input);
  }

  private int stridedKernel(int stride) {
    return kernel == FITTING_KERNEL ? ConvLayerPlan.fittingKernel(stride) : kernel;
  }

  /** The kernel of layers with stride 1, which must be odd. */
  private int sameKernel() {
    return kernel % 2 == 1 ? kernel : 3;
  }

  /** By how many values of its input a value of a layer sees more than one. */
  private static final LayerPlan.Cases<Integer> REACH =
      new LayerPlan.Cases<>() {

        @Override
        public Integer dense(DenseLayerPlan plan) {
          return plan.input().size() - 1;
        }

        @Override
        public Integer convolution(ConvLayerPlan plan) {
          return plan.kernel() - 1;
        }

        @Override
        public Integer residual(ResidualBlockPlan plan) {
          return 2 * (plan.kernel() - 1);
        }

        @Override
        public Integer rearrangement(RearrangementPlan plan) {
          return plan.block() - 1;
        }
      };

  /**
   * The side of the square of input pixels that one value of the code can depend on, or, of a
   * sequence, how many of its places.
   *
   * @return in pixels along the width; it may be larger than the image
   */
  public int receptiveField() {
    int field = 1;
    int jump = 1;
    for (LayerPlan layer : encoder()) {
      field += layer.match(REACH) * jump;
      jump *= layer.input().width() / layer.output().width();
    }
    return field;
  }
}
