package io.github.autoencoder4j.internal.plain;

import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.data.ImageShape;

/** Blocks of pixels to channels, or channels to blocks of pixels. */
final class PlainRearrangement implements PlainLayer {

  private final int blockHeight;
  private final int block;
  private final boolean toDepth;
  private final ImageShape wide;

  PlainRearrangement(RearrangementPlan plan) {
    this.blockHeight = plan.blockHeight();
    this.block = plan.block();
    this.toDepth = plan.toDepth();
    this.wide = toDepth ? plan.input() : plan.output();
  }

  @Override
  public void apply(float[][] in, float[][] out, int samples, Room room) {
    int area = blockHeight * block;
    for (int channel = 0; channel < wide.channels(); channel++) {
      for (int place = 0; place < area; place++) {
        int deep = channel * area + place;
        if (toDepth) {
          move(in[channel], out[deep], samples, place);
        } else {
          move(out[channel], in[deep], samples, place);
        }
      }
    }
  }

  /** Moves what lies at one place of every block. Samples lie one below the other. */
  private void move(float[] pixels, float[] channel, int samples, int place) {
    int width = wide.width();
    int columns = width / block;
    int rows = samples * wide.height() / blockHeight;
    for (int y = 0; y < rows; y++) {
      int at = (y * blockHeight + place / block) * width + place % block;
      for (int x = 0; x < columns; x++) {
        if (toDepth) {
          channel[y * columns + x] = pixels[at + x * block];
        } else {
          pixels[at + x * block] = channel[y * columns + x];
        }
      }
    }
  }
}
