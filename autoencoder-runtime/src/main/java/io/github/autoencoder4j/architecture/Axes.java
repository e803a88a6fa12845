package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;

/**
 * Along which axes the kernels, strides and blocks of a convolutional network reach. It is decided
 * once, by the shape of a sample, and every layer is told: a code of one value does not say what it
 * was made of.
 *
 * <pre>{@code
 * Axes photo = Axes.of(new ImageShape(64, 64, 3)); // BOTH: kernels of 3x3
 * Axes signal = Axes.of(new ImageShape(1, 64, 8)); // WIDTH: kernels of 1x3
 * }</pre>
 */
public enum Axes {
  /** Height and width, of images: kernels and blocks are square. */
  BOTH,
  /** The width alone, of sequences such as signals: kernels and blocks are one row high. */
  WIDTH;

  /**
   * Tells sequences from images.
   *
   * @param input the shape of one sample
   * @return {@link #WIDTH} for a height of 1 and a width above 1, else {@link #BOTH}
   */
  public static Axes of(ImageShape input) {
    return input.height() == 1 && input.width() > 1 ? WIDTH : BOTH;
  }

  /**
   * Gives the height of what has a width: of a kernel, a stride or a block.
   *
   * @param width along the width; at least 1
   * @return {@code width} of images, 1 of sequences
   */
  public int height(int width) {
    return this == BOTH ? width : 1;
  }

  /**
   * Counts the values of a channel that a kernel or a block covers.
   *
   * @param width its width; at least 1
   * @return {@code height(width) * width}
   */
  public int area(int width) {
    return height(width) * width;
  }

  /** How a kernel or a block is written. */
  String describe(int width) {
    return height(width) + "x" + width;
  }

  /** The shape of what is left where each axis is divided. */
  ImageShape shrunk(ImageShape shape, int factor, int channels) {
    return new ImageShape(shape.height() / height(factor), shape.width() / factor, channels);
  }

  /** The shape of what comes out where each axis is multiplied. */
  ImageShape enlarged(ImageShape shape, int factor, int channels) {
    return new ImageShape(shape.height() * height(factor), shape.width() * factor, channels);
  }
}
