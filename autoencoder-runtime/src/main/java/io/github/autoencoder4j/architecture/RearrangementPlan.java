package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Objects;

/**
 * Turns blocks of pixels into channels (space to depth), or channels into blocks of pixels. Pixel
 * {@code (y, x)} of a block of {@code height x width} and channel {@code c} become channel {@code
 * (c * height + y) * width + x}. It learns nothing and loses nothing.
 *
 * @param name the name of the layer, unique within its network
 * @param input the shape that goes in
 * @param axes along which axes blocks reach: along both they are square, along the width alone one
 *     row high
 * @param block the width of a block in pixels; at least 2
 * @param toDepth true for blocks to channels, false for channels to blocks
 */
public record RearrangementPlan(
    String name, ImageShape input, Axes axes, int block, boolean toDepth) implements LayerPlan {

  /**
   * Checks that the blocks cover the input.
   *
   * @param name the name of the layer, unique within its network
   * @param input the shape that goes in
   * @param axes along which axes blocks reach: along both they are square, along the width alone
   *     one row high
   * @param block the width of a block in pixels; at least 2
   * @param toDepth true for blocks to channels, false for channels to blocks
   * @throws IllegalArgumentException if {@code block} is below 2, or the block does not divide the
   *     sides or, by its area, the channels
   */
  public RearrangementPlan {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(axes, "axes");
    boolean fits =
        block >= 2
            && (toDepth
                ? input.height() % axes.height(block) == 0 && input.width() % block == 0
                : input.channels() % axes.area(block) == 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s cannot be cut into blocks of %s x %s".formatted(input, axes.height(block), block));
    }
  }

  @Override
  public ImageShape output() {
    int area = axes.area(block);
    return toDepth
        ? axes.shrunk(input, block, input.channels() * area)
        : axes.enlarged(input, block, input.channels() / area);
  }

  /**
   * Gives the height of a block.
   *
   * @return in pixels: {@link #block()} along both axes, 1 along the width alone
   */
  public int blockHeight() {
    return axes.height(block);
  }

  @Override
  public Activation activation() {
    return Activation.IDENTITY;
  }

  @Override
  public List<ParameterSpec> learned() {
    return List.of();
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.rearrangement(this);
  }

  @Override
  public String kind() {
    return (toDepth ? "space to depth " : "depth to space ") + axes.describe(block);
  }
}
