package io.github.autoencoder4j.data;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * Views of a data set whose images are mirrored left to right, for training on photos: a mirrored
 * dog is a dog. Not for digits or letters.
 *
 * <pre>{@code
 * ImageSource twice = HorizontalFlip.both(train); // 2 n samples
 * ImageSource thisEpoch = HorizontalFlip.random(train, seed, epoch); // n samples
 * }</pre>
 */
public final class HorizontalFlip {

  private HorizontalFlip() {}

  /**
   * Every sample as it is, then every sample mirrored.
   *
   * @param source {@code n} samples
   * @return a view of {@code 2 n} samples; sample {@code n + i} is sample {@code i} mirrored
   * @throws IllegalArgumentException if samples are vectors, or there are more than {@code
   *     Integer.MAX_VALUE / 2}
   */
  public static ImageSource both(ImageSource source) {
    return new Flipped(source, doubled(source), i -> i >= source.size() ? 1 : 0);
  }

  /**
   * Every sample as it is, then every sample mirrored, with labels.
   *
   * @param source {@code n} samples
   * @return a view of {@code 2 n} samples; sample {@code n + i} is sample {@code i} mirrored
   * @throws IllegalArgumentException if samples are vectors, or there are more than {@code
   *     Integer.MAX_VALUE / 2}
   */
  public static LabeledImageSource both(LabeledImageSource source) {
    return labeled(new Flipped(source, doubled(source), i -> i >= source.size() ? 1 : 0), source);
  }

  /**
   * Each sample mirrored or not, by a coin that is thrown anew for each epoch.
   *
   * @param source {@code n} samples
   * @param seed the seed of the run
   * @param epoch which epoch; the same seed, epoch and index give the same side
   * @return a view of {@code n} samples in the same order
   * @throws IllegalArgumentException if samples are vectors
   */
  public static ImageSource random(ImageSource source, long seed, int epoch) {
    return new Flipped(source, source.size(), coin(seed, epoch));
  }

  /**
   * Each sample mirrored or not, by a coin that is thrown anew for each epoch, with labels.
   *
   * @param source {@code n} samples
   * @param seed the seed of the run
   * @param epoch which epoch; the same seed, epoch and index give the same side
   * @return a view of {@code n} samples in the same order
   * @throws IllegalArgumentException if samples are vectors
   */
  public static LabeledImageSource random(LabeledImageSource source, long seed, int epoch) {
    return labeled(new Flipped(source, source.size(), coin(seed, epoch)), source);
  }

  private static LabeledImageSource labeled(Flipped view, LabeledImageSource source) {
    return LabeledView.of(view, source, view::sourceIndex);
  }

  private static int doubled(ImageSource source) {
    if (source.size() > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "%s samples cannot be doubled: a source holds at most %s"
              .formatted(source.size(), Integer.MAX_VALUE));
    }
    return 2 * source.size();
  }

  private static IntUnaryOperator coin(long seed, int epoch) {
    return index -> RandomStream.of(seed, "flip " + epoch, index).nextInt(2);
  }

  /** Reads sample {@code index % n}, mirrored where {@code side} is 1. */
  private static final class Flipped implements ImageSource {

    private final ImageSource source;
    private final int size;
    private final IntUnaryOperator side;

    Flipped(ImageSource source, int size, IntUnaryOperator side) {
      if (source.shape().isVector()) {
        throw new IllegalArgumentException(
            ("samples are rows of %s values, which have no left and right; say which image a row is,"
                    + " with ImageSource.of(new ImageShape(height, width, channels), rows)")
                .formatted(source.shape().size()));
      }
      this.source = source;
      this.size = size;
      this.side = side;
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
      source.read(sourceIndex(index), destination, offset);
      if (side.applyAsInt(index) == 1) {
        int width = shape().width();
        int end = offset + shape().size();
        for (int row = offset; row < end; row += width) {
          mirror(destination, row, row + width - 1);
        }
      }
    }

    private static void mirror(float[] values, int first, int last) {
      for (int left = first, right = last; left < right; left++, right--) {
        float value = values[left];
        values[left] = values[right];
        values[right] = value;
      }
    }
  }
}
