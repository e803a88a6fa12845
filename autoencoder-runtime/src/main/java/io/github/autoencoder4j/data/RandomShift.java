package io.github.autoencoder4j.data;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Objects;

/**
 * Views of a data set whose images are shifted at random, for training on few photos: a dog a
 * little to the left is a dog, and every block of pixels shows something new. What a shift leaves
 * empty is filled with the mirror image of what lies beside it. For training data only.
 *
 * <pre>{@code
 * ImageSource more = RandomShift.views(train, 10, 7, seed); // 10 n samples
 * autoencoder.fit(HorizontalFlip.both(more), training); // 20 n
 * }</pre>
 */
public final class RandomShift {

  private RandomShift() {}

  /**
   * Every sample as it is, then shifted as often as wanted.
   *
   * @param source {@code n} samples
   * @param views how many views of each sample; at least 1, which is the sample as it is
   * @param most by how many pixels at most, up or down and left or right; at least 0 and below
   *     height and width
   * @param seed chooses the shifts
   * @return a view of {@code views * n} samples; sample {@code v * n + i} is sample {@code i},
   *     shifted if {@code v > 0}, always by the same
   * @throws IllegalArgumentException if samples are vectors, a parameter is out of its range, or
   *     there are more than {@code Integer.MAX_VALUE / views} samples
   */
  public static ImageSource views(ImageSource source, int views, int most, long seed) {
    return new Shifted(source, views, most, seed);
  }

  /**
   * Every sample as it is, then shifted as often as wanted, with labels.
   *
   * @param source {@code n} samples
   * @param views how many views of each sample; at least 1, which is the sample as it is
   * @param most by how many pixels at most, up or down and left or right; at least 0 and below
   *     height and width
   * @param seed chooses the shifts
   * @return a view of {@code views * n} samples; sample {@code v * n + i} is sample {@code i},
   *     shifted if {@code v > 0}, always by the same
   * @throws IllegalArgumentException if samples are vectors, a parameter is out of its range, or
   *     there are more than {@code Integer.MAX_VALUE / views} samples
   */
  public static LabeledImageSource views(
      LabeledImageSource source, int views, int most, long seed) {
    Shifted shifted = new Shifted(source, views, most, seed);
    return LabeledView.of(shifted, source, shifted::sourceIndex);
  }

  private static final class Shifted implements ImageSource {

    private final ImageSource source;
    private final int size;
    private final int most;
    private final long seed;

    Shifted(ImageSource source, int views, int most, long seed) {
      ImageShape shape = source.shape();
      if (shape.isVector()) {
        throw new IllegalArgumentException(
            ("samples are rows of %s values, which cannot be shifted; say which image a row is, with"
                    + " ImageSource.of(new ImageShape(height, width, channels), rows)")
                .formatted(shape.size()));
      }
      if (views < 1 || views > Integer.MAX_VALUE / Math.max(1, source.size())) {
        throw new IllegalArgumentException(
            "views of %s samples must lie in 1 to %s, but were %s"
                .formatted(source.size(), Integer.MAX_VALUE / Math.max(1, source.size()), views));
      }
      int bound = Math.min(shape.height(), shape.width());
      if (most < 0 || most >= bound) {
        throw new IllegalArgumentException(
            "shifts of images %s must lie in 0 to %s pixels, but were up to %s"
                .formatted(shape, bound - 1, most));
      }
      this.source = source;
      this.size = source.size() * views;
      this.most = most;
      this.seed = seed;
    }

    int sourceIndex(int index) {
      return Objects.checkIndex(index, size) % source.size();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public ImageShape shape() {
      return source.shape();
    }

    @Override
    public void read(int index, float[] destination, int offset) {
      int original = sourceIndex(index);
      if (index == original) {
        source.read(index, destination, offset);
        return;
      }
      float[] values = source.get(original);
      RandomStream random = RandomStream.of(seed, "shift", index);
      int down = random.nextInt(2 * most + 1) - most;
      int right = random.nextInt(2 * most + 1) - most;
      int height = shape().height();
      int width = shape().width();
      for (int i = 0; i < values.length; i++) {
        int plane = i - i % (height * width);
        int row = mirrored(i % (height * width) / width - down, height);
        int column = mirrored(i % width - right, width);
        destination[offset + i] = values[plane + row * width + column];
      }
    }

    /** The pixel itself, or the one as far inside the border as this one is outside. */
    private static int mirrored(int position, int length) {
      if (position < 0) {
        return -1 - position;
      }
      return position < length ? position : 2 * length - 1 - position;
    }
  }
}
