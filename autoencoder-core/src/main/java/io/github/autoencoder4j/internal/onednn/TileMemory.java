package io.github.autoencoder4j.internal.onednn;

/**
 * Arrays in which one thread transforms tiles, some at a time. They grow as they are asked for, so
 * that a program has them once, however many convolutions it has.
 */
final class TileMemory {

  private float[][] in = {};
  private float[][] between = {};
  private float[][] out = {};
  private float[] line = {};

  /** One array a point, for what is to be transformed next, so many values each. */
  float[][] in(int values) {
    if (in.length == 0 || in[0].length < values) {
      in = new float[Tiles.POINTS][values];
      between = new float[Tiles.POINTS][values];
      out = new float[Tiles.POINTS][values];
    }
    return in;
  }

  /** Transforms the first so many values of what is there. */
  float[][] apply(Combination combination, int values) {
    combination.apply(in, between, out, values);
    return out;
  }

  /** For the pixels of a line. */
  float[] line(int values) {
    if (line.length < values) {
      line = new float[values];
    }
    return line;
  }
}
