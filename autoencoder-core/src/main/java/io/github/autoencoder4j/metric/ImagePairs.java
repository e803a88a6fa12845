package io.github.autoencoder4j.metric;

/** The checks that every comparison of originals with reconstructions makes. */
final class ImagePairs {

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
          "originals and reconstructions must hold equally many values, at least one, but hold %d and %d"
              .formatted(originals.length, reconstructions.length));
    }
  }

  static void requireSameCount(float[][] originals, float[][] reconstructions) {
    if (originals.length != reconstructions.length) {
      throw new IllegalArgumentException(
          "there must be one reconstruction an original, but there are %d originals and %d reconstructions"
              .formatted(originals.length, reconstructions.length));
    }
  }

  /** Checks a flat batch and returns how many images it holds. */
  static int count(float[] originals, float[] reconstructions, int imageSize) {
    requireSameLength(originals, reconstructions);
    if (originals.length % imageSize != 0) {
      throw new IllegalArgumentException(
          "a batch must hold whole images of %d values, but holds %d values"
              .formatted(imageSize, originals.length));
    }
    return originals.length / imageSize;
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
