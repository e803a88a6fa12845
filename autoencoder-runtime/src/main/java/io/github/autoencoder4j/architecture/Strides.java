package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Works out by which strides an image shrinks to a latent image, or a sequence to a shorter one.
 *
 * <pre>{@code
 * ImageShape photo = new ImageShape(64, 64, 3);
 * ImageShape code = new ImageShape(8, 8, 16);
 * List<Integer> two = Strides.between(photo, code, Resampling.SUBPIXEL); // [4, 2]
 * List<Integer> three = Strides.between(photo, code, Resampling.STRIDED); // [2, 2, 2]
 * }</pre>
 */
public final class Strides {

  private Strides() {}

  /**
   * The strides of the levels between an image and its code, small ones last, since the first level
   * has the most pixels to do away with.
   *
   * @param input the shape of one sample
   * @param latent the shape of one code
   * @param resampling how levels change sides: with sub-pixel convolutions the first level takes
   *     four at once if that leaves a second one, with strided ones each takes a prime factor
   * @return at least one stride; {@code [1]} if the sides are the same
   * @throws IllegalArgumentException if there are none; the message names the nearest shapes that
   *     have some
   */
  public static List<Integer> between(ImageShape input, ImageShape latent, Resampling resampling) {
    int factor = factor(input, latent);
    List<Integer> strides = new ArrayList<>();
    int left = factor;
    if (resampling == Resampling.SUBPIXEL && left % 4 == 0 && left > 4) {
      strides.add(4);
      left /= 4;
    }
    List<Integer> primes = new ArrayList<>();
    for (int prime = 2; left > 1; prime++) {
      while (left % prime == 0) {
        primes.add(0, prime);
        left /= prime;
      }
    }
    strides.addAll(primes);
    return strides.isEmpty() ? List.of(1) : List.copyOf(strides);
  }

  /**
   * By how much both sides of an image, or the width of a sequence, shrink to the code.
   *
   * @param input the shape of one sample
   * @param latent the shape of one code
   * @return at least 1
   * @throws IllegalArgumentException if the sides do not shrink by one whole number; the message
   *     names the nearest shapes that do
   */
  static int factor(ImageShape input, ImageShape latent) {
    Axes axes = Axes.of(input);
    int factor = input.width() / latent.width();
    if (factor >= 1
        && input.height() == (long) latent.height() * axes.height(factor)
        && input.width() == latent.width() * factor) {
      return factor;
    }
    throw new IllegalArgumentException(
        axes == Axes.BOTH ? noImages(input, latent) : noSequences(input, latent));
  }

  private static String noImages(ImageShape input, ImageShape latent) {
    String turned =
        input.width() == 1 && input.height() > 1
            ? "; if these are signals, they lie along the width, input(1, %s, %s)"
                .formatted(input.height(), input.channels())
            : "";
    return ("a code of %s x %s cannot be had from images of %s x %s, because both sides must shrink"
            + " by the same whole number; the nearest possible codes for these images are %s, the"
            + " nearest images for this code are %s%s")
        .formatted(
            latent.height(),
            latent.width(),
            input.height(),
            input.width(),
            nearestLatents(input, latent),
            nearestInputs(input, latent),
            turned);
  }

  private static String noSequences(ImageShape input, ImageShape latent) {
    if (latent.height() > 1) {
      return ("a code of %s x %s cannot be had from sequences of 1 x %s, because a height of 1"
              + " stays 1; the nearest possible codes for these sequences are %s; if samples"
              + " are images, say which with input(height, width, channels)")
          .formatted(latent.height(), latent.width(), input.width(), nearestLatents(input, latent));
    }
    return ("a code of 1 x %s cannot be had from sequences of 1 x %s, because the width must shrink"
            + " by a whole number; the nearest possible codes for these sequences are %s, the"
            + " nearest sequences for this code are %s")
        .formatted(
            latent.width(),
            input.width(),
            nearestLatents(input, latent),
            nearestInputs(input, latent));
  }

  /** The two possible codes around the one that was asked for, or the only one. */
  private static String nearestLatents(ImageShape input, ImageShape latent) {
    Axes axes = Axes.of(input);
    double wanted = side(axes, latent);
    ImageShape below = null;
    ImageShape above = null;
    for (int factor : divisors(input.width()).descendingSet()) {
      if (input.height() % axes.height(factor) == 0) {
        ImageShape shape = axes.shrunk(input, factor, latent.channels());
        if (side(axes, shape) <= wanted) {
          below = shape;
        } else if (above == null) {
          above = shape;
        }
      }
    }
    return either(below, above);
  }

  /** In the time of a square root, since sequences may be long. */
  private static NavigableSet<Integer> divisors(int number) {
    NavigableSet<Integer> divisors = new TreeSet<>();
    for (int i = 1; i <= number / i; i++) {
      if (number % i == 0) {
        divisors.add(i);
        divisors.add(number / i);
      }
    }
    return divisors;
  }

  /** That of a square of as many pixels, or the width of a sequence. */
  private static double side(Axes axes, ImageShape shape) {
    return axes == Axes.BOTH ? Math.sqrt((double) shape.height() * shape.width()) : shape.width();
  }

  private static String nearestInputs(ImageShape input, ImageShape latent) {
    Axes axes = Axes.of(input);
    // One row of several values is no image, and one value is no sequence.
    int least = axes == Axes.of(latent) ? 1 : 2;
    double ratio =
        axes == Axes.BOTH
            ? Math.sqrt(
                (double) input.height()
                    * input.width()
                    / ((double) latent.height() * latent.width()))
            : (double) input.width() / latent.width();
    int below = (int) Math.max(least, Math.floor(ratio));
    return either(enlarged(axes, latent, below, input), enlarged(axes, latent, below + 1, input));
  }

  /** Null if it would hold more values than can be counted. */
  private static @Nullable ImageShape enlarged(
      Axes axes, ImageShape latent, int factor, ImageShape input) {
    double values =
        (double) latent.height() * latent.width() * axes.height(factor) * factor * input.channels();
    return values > Integer.MAX_VALUE ? null : axes.enlarged(latent, factor, input.channels());
  }

  private static String either(@Nullable ImageShape first, @Nullable ImageShape second) {
    if (first == null) {
      return second == null ? "none" : second.toString();
    }
    return second == null ? first.toString() : first + " and " + second;
  }
}
