package io.github.autoencoder4j.datasets.internal.picture;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.util.Arrays;

/**
 * Scales a picture while it is decoded, and brings it to bytes. Only weighted sums are kept, one a
 * new pixel and component, so that memory depends on the size wanted and not on that of the
 * picture, and the pixels may come in any order.
 *
 * <p>Means are taken of the stored components at their full depth, and colours are converted
 * afterwards, for the few pixels that are left.
 */
final class PictureScaler {

  private final Framing framing;
  private final ColorSpace space;
  private final boolean alpha;
  private final int bands;
  private final AxisWeights across;
  private final AxisWeights down;

  /** The new pixels as stored, before turning. */
  private final double[] sums;

  private final float[] row;
  private final double[] means;

  /**
   * Starts without pixels.
   *
   * @param space of the components
   * @param alpha whether the components of each pixel are followed by its opacity; pixels that are
   *     never added are transparent then
   */
  PictureScaler(Framing framing, ColorSpace space, boolean alpha) {
    this.framing = framing;
    this.space = space;
    this.alpha = alpha;
    this.bands = space.getNumComponents() + (alpha ? 1 : 0);
    this.across = AxisWeights.of(framing.part().width, framing.width());
    this.down = AxisWeights.of(framing.part().height, framing.height());
    this.sums = new double[framing.width() * framing.height() * bands];
    this.row = new float[framing.part().width * bands];
    this.means = new double[framing.width() * bands];
  }

  /** The number of components of a pixel, opacity included. */
  int bands() {
    return bands;
  }

  /** Whether pixels of a stored row count. */
  boolean wants(int y) {
    return y >= framing.part().y && y < framing.part().y + framing.part().height;
  }

  /**
   * Adds pixels of one row, each of them once. What lies outside the part wanted is ignored.
   *
   * @param y the stored row
   * @param x the stored column of the first pixel
   * @param step from one column to the next
   * @param components in [0, 1], pixel by pixel; not weighted by opacity
   */
  void add(int y, int x, int step, float[] components) {
    Rectangle part = framing.part();
    if (!wants(y)) {
      return;
    }
    Arrays.fill(row, 0);
    for (int i = 0, column = x - part.x; i < components.length; i += bands, column += step) {
      if (column >= 0 && column < part.width) {
        float weight = alpha ? components[i + bands - 1] : 1;
        for (int b = 0; b < bands; b++) {
          row[column * bands + b] = components[i + b] * (alpha && b == bands - 1 ? 1 : weight);
        }
      }
    }
    resample(y - part.y);
  }

  private void resample(int from) {
    for (int x = 0; x < framing.width(); x++) {
      float[] weights = across.weights(x);
      for (int b = 0; b < bands; b++) {
        double mean = 0;
        for (int j = 0, at = across.start(x) * bands + b; j < weights.length; j++, at += bands) {
          mean += weights[j] * row[at];
        }
        means[x * bands + b] = mean;
      }
    }
    for (int y = down.firstUse(from); y < framing.height() && down.start(y) <= from; y++) {
      float[] weights = down.weights(y);
      if (from - down.start(y) < weights.length) {
        float weight = weights[from - down.start(y)];
        for (int i = 0, at = y * means.length; i < means.length; i++, at++) {
          sums[at] += weight * means[i];
        }
      }
    }
  }

  /**
   * The upright picture, laid over white.
   *
   * @return one byte a value, plane by plane
   */
  byte[] pixels() {
    int width = framing.shape().width();
    int height = framing.shape().height();
    byte[] pixels = new byte[framing.shape().size()];
    float[] rgb = new float[3];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        toRgb(framing.orientation().storedIndex(x, y, framing.width(), framing.height()), rgb);
        int i = y * width + x;
        if (framing.shape().channels() == 1) {
          // Rec. 601 luma, as JPEG itself defines grey.
          pixels[i] = toByte(0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2]);
        } else {
          for (int c = 0; c < 3; c++) {
            pixels[c * width * height + i] = toByte(rgb[c]);
          }
        }
      }
    }
    return pixels;
  }

  /** Lays a pixel over white and converts it to sRGB. */
  private void toRgb(int pixel, float[] rgb) {
    int colours = space.getNumComponents();
    float[] opaque = new float[colours];
    for (int c = 0; c < colours; c++) {
      double background = alpha ? 1 - sums[pixel * bands + colours] : 0;
      opaque[c] = (float) Math.max(0, Math.min(1, sums[pixel * bands + c] + background));
    }
    if (space.getType() == ColorSpace.TYPE_GRAY) {
      // Java takes grey for linear light and would brighten it; files mean it as it stands.
      Arrays.fill(rgb, opaque[0]);
    } else {
      System.arraycopy(space.isCS_sRGB() ? opaque : space.toRGB(opaque), 0, rgb, 0, 3);
    }
  }

  private static byte toByte(float value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value * 255)));
  }
}
