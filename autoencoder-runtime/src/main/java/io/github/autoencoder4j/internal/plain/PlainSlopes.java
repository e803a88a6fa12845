package io.github.autoencoder4j.internal.plain;

/** Rectifiers whose slope below zero was learned, one for each channel. */
final class PlainSlopes implements PlainActivation {

  private final float[] slopes;

  PlainSlopes(float[] slopes) {
    this.slopes = slopes;
  }

  @Override
  public void apply(float[][] rows, int length, Room room) {
    for (int i = 0; i < slopes.length; i++) {
      float slope = slopes[i];
      float[] z = rows[i];
      for (int p = 0; p < length; p++) {
        z[p] = Signs.leaky(z[p], slope);
      }
    }
  }

  @Override
  public void apply(float[] values, Room room) {
    for (int i = 0; i < slopes.length; i++) {
      values[i] = Signs.leaky(values[i], slopes[i]);
    }
  }
}
