package io.github.autoencoder4j.data;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.arithmetic.Murmur3;
import io.github.autoencoder4j.internal.samples.ParallelReading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A data set in two parts, one to train on and one to test with.
 *
 * <p>The side of a sample follows from its own values alone: a hash of its pixels, as bytes, falls
 * below the wanted share or not. Samples with any value that is no multiple of 1 / 255, such as the
 * rows of a table, are told apart by their exact values. So a sample never changes sides when
 * others are added, removed, renamed or reordered, and copies of one picture are never on both
 * sides.
 *
 * <pre>{@code
 * Split<LabeledImageSource> dogs = Split.byContent(Dogs.from(folder), 0.10);
 * autoencoder.fit(dogs.train(), training);
 * autoencoder.evaluate(dogs.test());
 * }</pre>
 *
 * @param train the samples to train on, in the order of the whole
 * @param test the samples to test with, in the order of the whole
 * @param <S> the kind of source
 */
public record Split<S extends ImageSource>(S train, S test) {

  /**
   * Splits by the content of each sample.
   *
   * @param source the whole data set; every sample is read once
   * @param testShare the share of samples to test with, in (0, 1); met on average, not exactly
   * @return views of {@code source}
   * @throws IllegalArgumentException if {@code testShare} is not in (0, 1)
   * @throws UnusableDataException if one side would be empty
   */
  public static Split<ImageSource> byContent(ImageSource source, double testShare) {
    boolean[] test = testSide(source, testShare);
    return new Split<>(
        source.select(where(i -> !test[i], test.length)),
        source.select(where(i -> test[i], test.length)));
  }

  /**
   * Splits by the content of each sample and keeps the labels, which have no say in it.
   *
   * @param source the whole data set; every sample is read once
   * @param testShare the share of samples to test with, in (0, 1); met on average, not exactly
   * @return views of {@code source}
   * @throws IllegalArgumentException if {@code testShare} is not in (0, 1)
   * @throws UnusableDataException if one side would be empty
   */
  public static Split<LabeledImageSource> byContent(LabeledImageSource source, double testShare) {
    boolean[] test = testSide(source, testShare);
    return new Split<>(
        source.select(where(i -> !test[i], test.length)),
        source.select(where(i -> test[i], test.length)));
  }

  private static boolean[] testSide(ImageSource source, double testShare) {
    // Written so that NaN fails too.
    if (!(testShare > 0 && testShare < 1)) {
      throw new IllegalArgumentException("testShare must lie in (0, 1), but was " + testShare);
    }
    boolean[] test = new boolean[size(source)];
    ParallelReading.forEach(test.length, i -> test[i] = position(sample(source, i)) < testShare);
    int tests = where(i -> test[i], test.length).length;
    if (tests == 0 || tests == test.length) {
      throw new UnusableDataException(
          ("a test share of %s leaves one side of %s samples empty (%s to test with); use more"
                  + " samples or another share")
              .formatted(testShare, test.length, tests));
    }
    return test;
  }

  private static int size(ImageSource source) {
    try {
      return source.size();
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("the number of samples", e);
    }
  }

  private static float[] sample(ImageSource source, int index) {
    try {
      return source.get(index);
    } catch (Throwable e) {
      throw UnusableDataException.ofReading("sample " + index, e);
    }
  }

  /** Where a sample lies in [0, 1), as good as random but fixed. */
  private static double position(float[] sample) {
    boolean bytes = isOfBytes(sample);
    ByteBuffer content =
        ByteBuffer.allocate(Math.multiplyExact(sample.length, bytes ? 1 : Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : sample) {
      if (bytes) {
        content.put((byte) Math.round(value * 255));
      } else {
        // Both zeros are one value.
        content.putInt(Float.floatToIntBits(value + 0f));
      }
    }
    // Fixed for ever, or published splits would change.
    return (Murmur3.hash(content.flip()) >>> 11) * 0x1p-53;
  }

  /** Whether values are bytes divided by 255, however that was rounded. */
  private static boolean isOfBytes(float[] sample) {
    for (float value : sample) {
      float exact = Math.round(value * 255) / 255f;
      if (!(Math.abs(value - exact) <= 2 * Math.ulp(exact))) {
        return false;
      }
    }
    return true;
  }

  private static int[] where(IntPredicate side, int size) {
    return IntStream.range(0, size).filter(side).toArray();
  }
}
