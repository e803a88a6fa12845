package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Turns samples into images of one pixel a pixel, and images into magnified blocks. */
final class Tiles {

  // Below this many logical pixels a digit or dog is hard to make out.
  private static final int COMFORTABLE_SIDE = 80;

  private Tiles() {}

  /** Refuses what is neither grey nor RGB. */
  static ImageShape drawable(ImageShape shape) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException(
          ("an image to show must have 1 channel (grey) or 3 (RGB), but shape %s has %s;"
                  + " use LatentChannels for latents")
              .formatted(shape, shape.channels()));
    }
    return shape;
  }

  /** The smallest magnification at which an image is easy to see. */
  static int comfortableMagnification(ImageShape shape) {
    int side = Math.max(shape.height(), shape.width());
    return (COMFORTABLE_SIDE + side - 1) / side;
  }

  /**
   * The length of so many pixels in a row, held where sums of it cannot wrap round; a picture that
   * large is refused.
   */
  static int side(int pixels, int magnification) {
    return (int) Math.min(1 << 28, (long) pixels * magnification);
  }

  static List<BufferedImage> of(ImageShape shape, float[][] samples) {
    List<BufferedImage> images = new ArrayList<>(samples.length);
    for (int i = 0; i < samples.length; i++) {
      images.add(image(shape, samples[i], i));
    }
    return images;
  }

  static List<BufferedImage> of(ImageShape shape, ImageSource source) {
    if (!source.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "the images have shape %s, but this picture is for shape %s"
              .formatted(source.shape(), shape));
    }
    List<BufferedImage> images = new ArrayList<>(source.size());
    float[] sample = new float[shape.size()];
    for (int i = 0; i < source.size(); i++) {
      try {
        source.read(i, sample, 0);
      } catch (Throwable e) {
        throw UnusableDataException.ofReading("sample " + i, e);
      }
      images.add(image(shape, sample, i));
    }
    return images;
  }

  private static BufferedImage image(ImageShape shape, float[] sample, int index) {
    if (sample.length != shape.size()) {
      throw new IllegalArgumentException(
          "sample %s has %s values, but shape %s needs %s"
              .formatted(index, sample.length, shape, shape.size()));
    }
    int plane = shape.height() * shape.width();
    int second = shape.channels() == 3 ? plane : 0;
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb =
          level(sample, index, i) << 16
              | level(sample, index, i + second) << 8
              | level(sample, index, i + 2 * second);
      image.setRGB(i % shape.width(), i / shape.width(), rgb);
    }
    return image;
  }

  private static int level(float[] sample, int index, int position) {
    float value = sample[position];
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          ("sample %s holds %s at position %s, but pixels must be finite numbers;"
                  + " a diverged model gives such values")
              .formatted(index, value, position));
    }
    return Math.round(Math.max(0f, Math.min(1f, value)) * 255f);
  }

  /** An image, each pixel a square of {@code magnification} logical pixels. */
  static Block block(BufferedImage image, int magnification) {
    int width = side(image.getWidth(), magnification);
    int height = side(image.getHeight(), magnification);
    return new Block(width, height, g -> g.drawImage(image, 0, 0, width, height, null));
  }

  /**
   * An image at the largest magnification that is no higher than asked, centred in that height. One
   * row, as sequences have, is as wide as is easy to see.
   */
  static Block fitted(BufferedImage image, int height) {
    ImageShape shape = ImageShape.grey(image.getHeight(), image.getWidth());
    int most = Math.max(1, height / shape.height());
    Block block =
        block(image, shape.height() == 1 ? Math.min(most, comfortableMagnification(shape)) : most);
    int spare = Math.max(0, height - block.height());
    return new Block(block.width(), block.height() + spare, g -> block.paint(g, 0, spare / 2));
  }
}
