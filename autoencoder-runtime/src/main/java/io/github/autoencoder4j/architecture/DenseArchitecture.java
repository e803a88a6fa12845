package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Fully connected layers that narrow to a bottleneck and widen again in mirror order: {@code input
 * - h1 - ... - hk - bottleneck - hk - ... - h1 - input}.
 *
 * @param input the shape of one sample; used as a flat vector
 * @param hidden the sizes of the hidden layers of the encoder, from the input to the bottleneck;
 *     may be empty; copied
 * @param bottleneck how many values a code has; at least 1
 * @param activation the non-linearity of the hidden layers
 * @param dropout the probability with which a hidden value is set to zero in training, in [0, 1)
 */
public record DenseArchitecture(
    ImageShape input, List<Integer> hidden, int bottleneck, Activation activation, double dropout)
    implements Architecture {

  /**
   * Checks the sizes.
   *
   * @param input the shape of one sample; used as a flat vector
   * @param hidden the sizes of the hidden layers of the encoder, from the input to the bottleneck;
   *     may be empty; copied
   * @param bottleneck how many values a code has; at least 1
   * @param activation the non-linearity of the hidden layers
   * @param dropout the probability with which a hidden value is set to zero in training, in [0, 1)
   * @throws IllegalArgumentException if a size is below 1 or {@code dropout} is not in [0, 1)
   */
  public DenseArchitecture {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(activation, "activation");
    hidden = List.copyOf(hidden);
    for (int size : hidden) {
      requireSize("a hidden layer", size);
    }
    requireSize("the bottleneck", bottleneck);
    requireDropout(dropout);
  }

  /**
   * Checks a dropout probability.
   *
   * @param probability how likely a hidden value is set to zero
   * @throws IllegalArgumentException if {@code probability} is not in [0, 1)
   */
  public static void requireDropout(double probability) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout is the share of hidden values set to zero and must lie in [0, 1), but was "
              + probability);
    }
  }

  /**
   * Checks the size of a layer.
   *
   * @param what the layer, as the message should name it
   * @param size how many values it has
   * @throws IllegalArgumentException if {@code size} is below 1
   */
  public static void requireSize(String what, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          what + " must have at least 1 value, but was given " + size);
    }
  }

  @Override
  public ImageShape latent() {
    return ImageShape.vector(bottleneck);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.dense(this);
  }

  @Override
  public ImageShape widened(ImageShape shape, int numbers) {
    return numbers == 0 ? shape : ImageShape.vector(Math.addExact(shape.size(), numbers));
  }

  @Override
  public List<LayerPlan> encoder(ImageShape start, ImageShape end) {
    List<LayerPlan> layers = new ArrayList<>();
    ImageShape in = start;
    for (int i = 0; i < hidden.size(); i++) {
      ImageShape out = ImageShape.vector(hidden.get(i));
      layers.add(new DenseLayerPlan("encoder-" + (i + 1), in, out, activation, dropout));
      in = out;
    }
    layers.add(new DenseLayerPlan("bottleneck", in, end, Activation.IDENTITY, 0));
    return List.copyOf(layers);
  }

  @Override
  public List<LayerPlan> decoder(ImageShape start, ImageShape end) {
    List<LayerPlan> layers = new ArrayList<>();
    ImageShape in = start;
    for (int i = hidden.size() - 1; i >= 0; i--) {
      ImageShape out = ImageShape.vector(hidden.get(i));
      layers.add(
          new DenseLayerPlan(
              "decoder-" + (hidden.size() - i), in, out, activation.mirrored(), dropout));
      in = out;
    }
    layers.add(new DenseLayerPlan("logits", in, end, Activation.IDENTITY, 0));
    return List.copyOf(layers);
  }
}
