package io.github.autoencoder4j.architecture;

import io.github.autoencoder4j.data.ImageShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out by which strides an image shrinks to a latent image.
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
   * By how much both sides shrink from an image to its code.
   *
   * @param input the shape of one sample
   * @param latent the shape of one code
   * @return at least 1
   * @throws IllegalArgumentException if the sides do not shrink by one whole number; the message
   *     names the nearest shapes that do
   */
  static int factor(ImageShape input, ImageShape latent) {
    int factor = input.height() / latent.height();
    if (factor >= 1
        && input.height() == latent.height() * factor
        && input.width() == latent.width() * factor) {
      return factor;
    }
    throw new IllegalArgumentException(
        ("a code of %s x %s cannot be had from images of %s x %s, because both sides must shrink by"
                + " the same whole number; the nearest possible codes for these images are %s, the"
                + " nearest images for this code are %s")
            .formatted(
                latent.height(),
                latent.width(),
                input.height(),
                input.width(),
                nearestLatents(input, latent),
                nearestInputs(input, latent)));
  }

  /** The two possible codes around the one that was asked for, or the only one. */
  private static String nearestLatents(ImageShape input, ImageShape latent) {
    double wanted = Math.sqrt((double) latent.height() * latent.width());
    ImageShape below = null;
    ImageShape above = null;
    for (int factor = Math.min(input.height(), input.width()); factor >= 1; factor--) {
      if (input.height() % factor == 0 && input.width() % factor == 0) {
        ImageShape shape =
            new ImageShape(input.height() / factor, input.width() / factor, latent.channels());
        if (Math.sqrt((double) shape.height() * shape.width()) <= wanted) {
          below = shape;
        } else if (above == null) {
          above = shape;
        }
      }
    }
    return either(below, above);
  }

  private static String nearestInputs(ImageShape input, ImageShape latent) {
    double ratio =
        Math.sqrt(
            (double) input.height() * input.width() / ((double) latent.height() * latent.width()));
    // One row of several values is no image.
    int least = latent.height() == 1 && latent.width() > 1 ? 2 : 1;
    int below = (int) Math.max(least, Math.floor(ratio));
    return either(enlarged(latent, below, input), enlarged(latent, below + 1, input));
  }

  private static ImageShape enlarged(ImageShape latent, int factor, ImageShape input) {
    return new ImageShape(latent.height() * factor, latent.width() * factor, input.channels());
  }

  private static String either(@Nullable ImageShape first, @Nullable ImageShape second) {
    if (first == null) {
      return String.valueOf(second);
    }
    return second == null ? first.toString() : first + " and " + second;
  }
}
