package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Objects;

/**
 * Turns blocks of {@code block x block} pixels into channels (space to depth), or channels into
 * blocks of pixels. Pixel {@code (y, x)} of the block and channel {@code c} become channel {@code
 * (c * block + y) * block + x}. It learns nothing and loses nothing.
 *
 * @param name the name of the layer, unique within its network
 * @param input the shape that goes in
 * @param block the side of a block in pixels; at least 2
 * @param toDepth true for blocks to channels, false for channels to blocks
 */
public record RearrangementPlan(String name, ImageShape input, int block, boolean toDepth)
    implements LayerPlan {

  /**
   * Checks that the blocks cover the input.
   *
   * @param name the name of the layer, unique within its network
   * @param input the shape that goes in
   * @param block the side of a block in pixels; at least 2
   * @param toDepth true for blocks to channels, false for channels to blocks
   * @throws IllegalArgumentException if {@code block} is below 2, or does not divide the sides or,
   *     squared, the channels
   */
  public RearrangementPlan {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(input, "input");
    boolean fits =
        block >= 2
            && (toDepth
                ? input.height() % block == 0 && input.width() % block == 0
                : input.channels() % (block * block) == 0);
    if (!fits) {
      throw new IllegalArgumentException(
          "%s cannot be cut into blocks of %s x %s".formatted(input, block, block));
    }
  }

  @Override
  public ImageShape output() {
    int area = block * block;
    return toDepth
        ? new ImageShape(input.height() / block, input.width() / block, input.channels() * area)
        : new ImageShape(input.height() * block, input.width() * block, input.channels() / area);
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
    return (toDepth ? "space to depth " : "depth to space ") + block + "x" + block;
  }
}
