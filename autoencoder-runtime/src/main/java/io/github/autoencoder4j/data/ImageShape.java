package io.github.autoencoder4j.data;

import java.io.Serializable;

/**
 * The shape of one sample: an image of {@code channels} planes of {@code height} rows and {@code
 * width} columns. A plain vector of {@code d} values is an image of one row, {@code 1 x d x 1}, and
 * a signal of {@code t} steps is {@code 1 x t x channels}.
 *
 * <p>Samples are stored plane by plane, row by row: the value of channel {@code c}, row {@code y},
 * column {@code x} lies at {@code (c * height + y) * width + x}. This is the layout of an array
 * {@code [n, channels, height, width]}.
 *
 * <pre>{@code
 * ImageShape photo = new ImageShape(64, 64, 3); // 12,288 values
 * ImageShape digit = ImageShape.grey(28, 28);
 * ImageShape row = ImageShape.vector(30); // a row of a table: 1x30x1
 * ImageShape signal = new ImageShape(1, 64, 8); // 64 steps of 8 channels
 * }</pre>
 *
 * @param height rows; at least 1
 * @param width columns; at least 1
 * @param channels planes, 1 for grey and 3 for RGB; at least 1
 */
public record ImageShape(int height, int width, int channels) implements Serializable {

  /**
   * Checks the sides.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @param channels planes; at least 1
   * @throws IllegalArgumentException if a side is below 1 or the sample would hold more than {@link
   *     Integer#MAX_VALUE} values
   */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "height, width and channels must each be at least 1, but were "
              + height
              + " x "
              + width
              + " x "
              + channels);
    }
    // The product of three ints can wrap round a long, so it is bounded after each factor.
    long plane = (long) height * width;
    if (plane > Integer.MAX_VALUE || plane * channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a sample may hold at most "
              + Integer.MAX_VALUE
              + " values, but "
              + height
              + " x "
              + width
              + " x "
              + channels
              + " is more");
    }
  }

  /**
   * The shape of a grey image.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @return {@code height x width x 1}
   */
  public static ImageShape grey(int height, int width) {
    return new ImageShape(height, width, 1);
  }

  /**
   * The shape of a plain vector, such as a row of a table.
   *
   * @param length how many values; at least 1
   * @return {@code 1 x length x 1}
   */
  public static ImageShape vector(int length) {
    return new ImageShape(1, length, 1);
  }

  /**
   * Gives the shape of several numbers for each value: first one number for all values, in their
   * order, then the next.
   *
   * @param numbers how many for each value; at least 1
   * @return the same height and width, and so many times as many channels
   * @throws ArithmeticException if they are more than can be counted
   */
  public ImageShape times(int numbers) {
    return new ImageShape(height, width, Math.multiplyExact(channels, numbers));
  }

  /**
   * How many values one sample holds.
   *
   * @return {@code height * width * channels}
   */
  public int size() {
    return height * width * channels;
  }

  /**
   * Whether it is the shape of a plain vector.
   *
   * @return true for one row of one channel
   */
  public boolean isVector() {
    return height == 1 && channels == 1;
  }

  /**
   * Whether samples of another shape can be taken for samples of this one: they have the same
   * shape, or as many values and either shape is that of a vector.
   *
   * @param other the shape of the samples at hand
   * @return true if they can
   */
  public boolean accepts(ImageShape other) {
    return equals(other) || (size() == other.size() && (isVector() || other.isVector()));
  }

  /**
   * The shape as people write it.
   *
   * @return for example {@code "28x28x1"}
   */
  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
