package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.ConvBuilder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.optimizer.Optimizer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an autoencoder is built of. */
final class NetworkOptions {

  /** Larger pictures have convolutions, unless somebody says what their code is. */
  private static final int LARGEST_DENSE = 32 * 32;

  /** Each side of a picture is as many times that of its code, by default. */
  private static final int REDUCTION = 8;

  @Option(
      names = "--size",
      paramLabel = "HxW[xC]",
      converter = Sides.Converter.class,
      description = "What pictures are scaled to, with 1 channel or 3 (default: 64x64x3).")
  private @Nullable Sides size;

  @Option(
      names = "--code",
      paramLabel = "N|HxWxC",
      converter = Sides.Converter.class,
      description = {
        "The shape of a code: one number for dense layers, three for convolutions.",
        "By default 32 for small pictures, an eighth of each side and 16 channels for larger ones,",
        "and half of the columns of a table."
      })
  private @Nullable Sides code;

  @Option(
      names = "--hidden",
      split = ",",
      paramLabel = "UNITS",
      description = "Units of the hidden dense layers, such as 512,256.")
  private List<Integer> hidden = List.of();

  @Option(names = "--variational", description = "Codes are distributions: a VAE.")
  private boolean variational;

  @Option(
      names = "--by-class",
      description = {
        "Tells the network the class of each sample, so that a code need not hold it:",
        "the label of IDX files, the folder that a picture lies in."
      })
  private boolean byClass;

  @Option(
      names = "--corruption",
      paramLabel = "DEVIATION",
      description = "Denoises: adds Gaussian noise to what the network sees in training.")
  private double corruption;

  @Option(
      names = "--latent-noise",
      paramLabel = "VARIANCE",
      description = "Normalises the power of codes and adds noise to them in training.")
  private double latentNoise;

  @Option(names = "--l2", paramLabel = "FACTOR", description = "The penalty of large weights.")
  private double l2;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Of Adam (default: ${DEFAULT-VALUE}).")
  private double learningRate = 1e-3;

  @Option(
      names = "--seed",
      description = "Chooses weights, order and noise (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  long seed() {
    return seed;
  }

  /** What pictures are scaled to; null for whatever suits them. */
  @Nullable ImageShape size() {
    if (size == null) {
      return null;
    }
    if (size.count() == 1) {
      throw new IllegalArgumentException(
          "--size needs a height and a width, such as 64x64 or 28x28x1, but was " + size.side(0));
    }
    return new ImageShape(size.side(0), size.side(1), size.count() == 3 ? size.side(2) : 3);
  }

  /** Builds an autoencoder for data. */
  Autoencoder build(Data data) {
    AutoencoderBuilder<?> builder = layers(data);
    builder.optimizer(Optimizer.adam(learningRate)).l2(l2).seed(seed);
    if (corruption != 0) {
      builder.corruption(Corruption.gaussian(corruption));
    }
    if (variational) {
      builder.variational();
    }
    if (latentNoise != 0) {
      builder.powerNormalize().latentNoise(latentNoise);
    }
    if (byClass) {
      builder.conditionedOn(data.classes());
    }
    return builder.build();
  }

  private AutoencoderBuilder<?> layers(Data data) {
    ImageShape shape = data.samples().shape();
    boolean isDense =
        code == null ? shape.isVector() || shape.size() <= LARGEST_DENSE : code.count() == 1;
    return isDense ? dense(data, shape) : convolutions(shape);
  }

  private DenseBuilder dense(Data data, ImageShape shape) {
    DenseBuilder builder = Autoencoder.dense();
    data.schema().ifPresentOrElse(builder::columns, () -> builder.input(shape));
    int numbers =
        code != null ? code.side(0) : shape.isVector() ? Math.max(1, shape.size() / 2) : 32;
    if (hidden.isEmpty()) {
      return builder
          .hidden(shape.isVector() ? new int[] {128, 64} : new int[] {512, 256})
          .bottleneck(numbers);
    }
    return builder
        .hidden(hidden.stream().mapToInt(Integer::intValue).toArray())
        .bottleneck(numbers);
  }

  private ConvBuilder convolutions(ImageShape shape) {
    if (shape.isVector()) {
      throw new IllegalArgumentException(
          "rows of a table have no places to convolve; --code must be one number, such as "
              + Math.max(1, shape.size() / 2));
    }
    if (code != null && code.count() == 2) {
      throw new IllegalArgumentException(
          "--code %sx%s lacks its channels; write %sx%sx16, or one number for dense layers"
              .formatted(code.side(0), code.side(1), code.side(0), code.side(1)));
    }
    if (!hidden.isEmpty()) {
      throw new IllegalArgumentException(
          "--hidden is for dense layers, but these are convolutions; leave it out, or give --code as one number");
    }
    ConvBuilder builder = Autoencoder.conv().input(shape);
    return code != null
        ? builder.latent(code.side(0), code.side(1), code.side(2))
        : builder.latent(
            Math.max(1, shape.height() / REDUCTION), Math.max(1, shape.width() / REDUCTION), 16);
  }
}
