package io.github.autoencoder4j.internal.onednn;

/**
 * Arrays in which one thread transforms tiles, some at a time. They grow as they are asked for, so
 * that a program has them once, however many convolutions it has.
 */
final class TileMemory {

  /** As many arrays as the largest tiles have points. */
  private static final int MOST = Filter.SAME.points();

  private float[][] in = {};
  private float[][] between = {};
  private float[][] out = {};
  private final float[][] carried = new float[MOST][0];
  private float[] shifted = {};
  private float[] repeated = {};
  private float[] line = {};

  /** One array a point, for what is to be transformed next, so many values each. */
  float[][] in(int values) {
    if (in.length == 0 || in[0].length < values) {
      in = new float[MOST][values];
      between = new float[MOST][values];
      out = new float[MOST][values];
    }
    return in;
  }

  /** Transforms the first so many values of what is there. */
  float[][] apply(Combination combination, int values) {
    combination.apply(in, between, out, values);
    return out;
  }

  /** What one row of tiles leaves behind for the next, for each of some points. */
  float[] carried(int number, int values) {
    if (carried[number].length < values) {
      carried[number] = new float[values];
    }
    return carried[number];
  }

  /** For a copy. */
  float[] shifted(int values) {
    if (shifted.length < values) {
      shifted = new float[values];
    }
    return shifted;
  }

  /** Some values, again and again. */
  float[] repeated(float[] values, int length) {
    if (repeated.length < length) {
      repeated = new float[length];
    }
    for (int i = 0; i < length; i += values.length) {
      System.arraycopy(values, 0, repeated, i, values.length);
    }
    return repeated;
  }

  /** For the pixels of a line. */
  float[] line(int values) {
    if (line.length < values) {
      line = new float[values];
    }
    return line;
  }
}
