package io.github.autoencoder4j.metric;

import java.util.Objects;

/** The checks that every comparison of originals with reconstructions makes. */
final class ImagePairs {

  /** What a division by 255 may be off. */
  private static final float ROUNDING = 1e-6f;

  /** Farther out than any baseline's, and nearer than any picture of 0 to 255 but a black one. */
  private static final float FAR = 10;

  private ImagePairs() {}

  static int requirePositiveSize(int imageSize) {
    if (imageSize < 1) {
      throw new IllegalArgumentException("imageSize must be at least 1, but was " + imageSize);
    }
    return imageSize;
  }

  static void requireAny(long count) {
    if (count == 0) {
      throw new IllegalStateException("there is no figure yet: add at least one image");
    }
  }

  static void requireSameLength(float[] originals, float[] reconstructions) {
    if (originals.length != reconstructions.length || originals.length == 0) {
      throw new IllegalArgumentException(
          "originals and reconstructions must hold equally many values, at least one, but hold %s and %s"
              .formatted(originals.length, reconstructions.length));
    }
  }

  static void requireSameCount(float[][] originals, float[][] reconstructions) {
    if (originals.length != reconstructions.length) {
      throw new IllegalArgumentException(
          "there must be one reconstruction an original, but there are %s originals and %s reconstructions"
              .formatted(originals.length, reconstructions.length));
    }
    for (int i = 0; i < originals.length; i++) {
      int index = i;
      Objects.requireNonNull(originals[i], () -> "original " + index + " is null");
      Objects.requireNonNull(reconstructions[i], () -> "reconstruction " + index + " is null");
    }
  }

  /** Checks a flat batch and returns how many images it holds. */
  static int count(float[] originals, float[] reconstructions, int imageSize) {
    requireSameLength(originals, reconstructions);
    if (originals.length % imageSize != 0) {
      throw new IllegalArgumentException(
          "a batch must hold whole images of %s values, but holds %s values"
              .formatted(imageSize, originals.length));
    }
    return originals.length / imageSize;
  }

  /**
   * Refuses images of another range, whose figures would be nonsense: clamped, they would look
   * alike. Reconstructions may leave the range, as those of linear baselines do, but not by far.
   */
  static void requireUnitRange(float[] originals, float[] reconstructions) {
    for (int i = 0; i < originals.length; i++) {
      if (!(originals[i] >= -ROUNDING && originals[i] <= 1 + ROUNDING)) {
        throw outOfRange("an original", "in [0, 1]", originals[i], i);
      }
      if (!(Math.abs(reconstructions[i]) <= FAR)) {
        throw outOfRange("a reconstruction", "near [0, 1]", reconstructions[i], i);
      }
    }
  }

  private static IllegalArgumentException outOfRange(
      String what, String where, float value, int position) {
    requireFinite(value);
    return new IllegalArgumentException(
        "%s holds %s at position %s, but values must lie %s; divide those of 0 to 255 by 255"
            .formatted(what, value, position, where));
  }

  /** A NaN here is the usual first sign of a model that diverged, so it gets said. */
  static double requireFinite(double error) {
    if (!Double.isFinite(error)) {
      throw new IllegalArgumentException(
          "an image or its reconstruction holds values that are not finite (NaN or infinite);"
              + " did the training diverge?");
    }
    return error;
  }
}
