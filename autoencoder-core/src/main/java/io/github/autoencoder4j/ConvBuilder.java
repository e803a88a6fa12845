package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.architecture.Strides;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a convolutional autoencoder from the shape of its code: strides, and widths if not given,
 * are worked out. The decoder mirrors the encoder.
 *
 * <pre>{@code
 * Autoencoder dogs = Autoencoder.conv().input(64, 64, 3).latent(8, 8, 16).build();
 * dogs.fit(
 *     HorizontalFlip.both(photos),
 *     Training.epochs(10).batchSize(16).warmup(200).cosineDecay().clipGradientNorm(0.05));
 * }</pre>
 *
 * <p>Samples of height 1 are sequences, such as signals: kernels, strides and blocks lie along the
 * width alone.
 *
 * <pre>{@code
 * Autoencoder signals = Autoencoder.conv().input(1, 64, 8).latent(1, 8, 4).build();
 * }</pre>
 *
 * <p>By default the network is linear but for its residual blocks, and starts as a cosine transform
 * of blocks, as JPEG has it, so that few epochs on few thousand photos suffice. Small batches, a
 * warm-up and a bound on the gradient suit it: gradients of a mean over pixels are of length 0.01
 * to 0.05, and steps that follow longer ones can push all pixels to black or white for good.
 */
public final class ConvBuilder extends AutoencoderBuilder<ConvBuilder> {

  private static final int FIRST_WIDTH = 48;
  private static final int GREATEST_WIDTH = 96;

  private @Nullable ImageShape latent;
  private @Nullable List<Integer> widths;
  private @Nullable List<Integer> strides;
  private int kernel;
  private Activation activation = Activation.LEAKY_RELU;
  private int residualBlocks = 1;
  private Resampling resampling = Resampling.SUBPIXEL;

  ConvBuilder() {
    super(Output.sigmoidSquares(), Optimizer.adam(1e-3));
  }

  @Override
  ConvBuilder self() {
    return this;
  }

  @Override
  Function<ImageShape, Architecture> layers() {
    // Copies, since the builder may go on.
    ImageShape code = latent;
    List<Integer> levels = strides;
    List<Integer> channels = widths;
    int chosen = kernel;
    Activation function = activation;
    int blocks = residualBlocks;
    Resampling sampling = resampling;
    boolean told = knowsInput();
    return input -> {
      if (!told) {
        requirePlaces(input);
      }
      ImageShape target = code == null ? defaultLatent(input) : code;
      List<Integer> steps = levels == null ? Strides.between(input, target, sampling) : levels;
      return new ConvArchitecture(
          input,
          target,
          steps,
          channels == null ? defaultWidths(steps.size()) : channels,
          chosen > 0 ? chosen : defaultKernel(steps, sampling),
          function,
          blocks,
          sampling);
    };
  }

  /** Rows of data may be images that lie flat, which a sequence would be the wrong network for. */
  private static void requirePlaces(ImageShape input) {
    if (input.isVector() && input.width() > 1) {
      throw new IllegalArgumentException(
          ("a convolutional autoencoder needs images or signals, but samples are rows of %s values"
                  + " that may be either; say which image a row is with input(height, width,"
                  + " channels), or that it is a signal with input(1, %s)")
              .formatted(input.width(), input.width()));
    }
  }

  /**
   * At an eighth of the sides if they can be halved so often, a twelfth of the values of an image,
   * and an eighth of those of a sequence, which is as many channels as it has itself.
   */
  private static ImageShape defaultLatent(ImageShape input) {
    Axes axes = Axes.of(input);
    int factor = 1;
    while (factor < 8
        && input.height() % axes.height(2 * factor) == 0
        && input.width() % (2 * factor) == 0) {
      factor *= 2;
    }
    float share = axes == Axes.BOTH ? 12f : 8f;
    int channels = Math.max(1, Math.round(axes.area(factor) * input.channels() / share));
    return new ImageShape(input.height() / axes.height(factor), input.width() / factor, channels);
  }

  private static int defaultKernel(List<Integer> strides, Resampling resampling) {
    if (resampling == Resampling.SUBPIXEL) {
      return 3;
    }
    // Where it fits, 4 is what it has always been.
    return strides.stream().allMatch(stride -> stride == 2 || stride == 4)
        ? 4
        : ConvArchitecture.FITTING_KERNEL;
  }

  private static List<Integer> defaultWidths(int levels) {
    List<Integer> channels = new ArrayList<>();
    for (int i = 0; i < levels; i++) {
      channels.add(Math.min(GREATEST_WIDTH, FIRST_WIDTH << Math.min(i, 8)));
    }
    return channels;
  }

  /**
   * The shape of the code, an image itself. Both sides of the input must be the same multiple of
   * its sides; the strides of the levels follow from them. The code of a sequence is a sequence:
   * its height is 1, and the width of the input a multiple of its width.
   *
   * <p>Left out, the sides are halved up to three times, and the code has a twelfth of the values
   * of an image, or an eighth of those of a sequence.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @param channels planes; at least 1
   * @return this builder
   * @throws IllegalArgumentException if a side is below 1; shapes that do not fit the input are
   *     refused by {@link #build()}, or by training if the input is not known before
   */
  public ConvBuilder latent(int height, int width, int channels) {
    this.latent = new ImageShape(height, width, channels);
    return this;
  }

  /**
   * The channels of the hidden layers, from the input to the code. With as many as there are levels
   * a last convolution yields the code; with one less the last level does.
   *
   * @param channels each at least 1; 48, then 96 for every further level by default
   * @return this builder
   * @throws IllegalArgumentException if a width is below 1
   */
  public ConvBuilder widths(int... channels) {
    IntStream.of(channels).forEach(ConvArchitecture::requireWidth);
    this.widths = IntStream.of(channels).boxed().toList();
    return this;
  }

  /**
   * By how much each level divides the sides, or the width of a sequence, from the input to the
   * code. Left out, they are worked out from the shapes by {@link Strides}.
   *
   * @param factors each at least 1
   * @return this builder
   * @throws IllegalArgumentException if a stride is below 1
   */
  public ConvBuilder strides(int... factors) {
    IntStream.of(factors).forEach(ConvArchitecture::requireStride);
    this.strides = IntStream.of(factors).boxed().toList();
    return this;
  }

  /**
   * The side of the kernels, which are square, or one row high over a sequence.
   *
   * @param side in pixels of the feature maps; by default 3. With {@link Resampling#STRIDED} it is
   *     4 by default if that fits all strides, else each level has one of its own, twice its stride
   *     or, if that is odd, three times
   * @return this builder
   * @throws IllegalArgumentException if {@code side} is below 1; one that does not fit a stride is
   *     refused by {@link #build()}, or by training if the input is not known before
   */
  public ConvBuilder kernel(int side) {
    if (side < 1) {
      throw new IllegalArgumentException("a kernel must be at least 1 wide, but was " + side);
    }
    this.kernel = side;
    return this;
  }

  /**
   * The non-linearity of the hidden layers: inside the residual blocks, or, without blocks, after
   * each level. The code has none, so it is unbounded. Of {@link Activation#GDN} the decoder has
   * the inverse.
   *
   * @param activation {@link Activation#LEAKY_RELU} by default
   * @return this builder
   */
  public ConvBuilder activation(Activation activation) {
    this.activation = Objects.requireNonNull(activation, "activation");
    return this;
  }

  /**
   * How many residual blocks follow each level.
   *
   * @param count at least 0; 1 by default
   * @return this builder
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public ConvBuilder residualBlocks(int count) {
    ConvArchitecture.requireResidualBlocks(count);
    this.residualBlocks = count;
    return this;
  }

  /**
   * How levels change the size of feature maps.
   *
   * @param resampling {@link Resampling#SUBPIXEL} by default
   * @return this builder
   */
  public ConvBuilder resampling(Resampling resampling) {
    this.resampling = Objects.requireNonNull(resampling, "resampling");
    return this;
  }
}
