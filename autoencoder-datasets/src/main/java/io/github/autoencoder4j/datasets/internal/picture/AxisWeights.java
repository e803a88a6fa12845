package io.github.autoencoder4j.datasets.internal.picture;

/**
 * How one axis of a picture is brought to another length: each new value is a weighted mean of old
 * ones. Shrinking averages over exactly the area that a new pixel covers, so that nothing is lost
 * and nothing aliases; enlarging interpolates linearly between the two nearest old pixels.
 */
final class AxisWeights {

  private final int[] starts;
  private final float[][] weights;

  private AxisWeights(int[] starts, float[][] weights) {
    this.starts = starts;
    this.weights = weights;
  }

  static AxisWeights of(int from, int to) {
    int[] starts = new int[to];
    float[][] weights = new float[to][];
    double scale = (double) from / to;
    for (int i = 0; i < to; i++) {
      if (scale > 1) {
        cover(i * scale, (i + 1) * scale, from, i, starts, weights);
      } else {
        interpolate((i + 0.5) * scale - 0.5, from, i, starts, weights);
      }
    }
    return new AxisWeights(starts, weights);
  }

  private static void cover(
      double low, double high, int from, int i, int[] starts, float[][] weights) {
    int first = (int) low;
    int end = Math.min(from, (int) Math.ceil(high));
    starts[i] = first;
    weights[i] = new float[end - first];
    for (int j = first; j < end; j++) {
      double overlap = Math.min(high, j + 1) - Math.max(low, j);
      weights[i][j - first] = (float) (overlap / (high - low));
    }
  }

  private static void interpolate(double centre, int from, int i, int[] starts, float[][] weights) {
    double inside = Math.max(0, Math.min(from - 1, centre));
    int first = Math.min((int) inside, Math.max(0, from - 2));
    float right = (float) (inside - first);
    starts[i] = first;
    weights[i] = from == 1 ? new float[] {1} : new float[] {1 - right, right};
  }

  /** The number of new values. */
  int length() {
    return starts.length;
  }

  /** The first old value that counts for new value {@code i}. */
  int start(int i) {
    return starts[i];
  }

  /** The first new value that old value {@code from} may count for; those after it follow. */
  int firstUse(int from) {
    int low = 0;
    int high = starts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] + weights[middle].length <= from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The weights of the old values from {@link #start} on; they sum to 1. */
  float[] weights(int i) {
    return weights[i];
  }
}
