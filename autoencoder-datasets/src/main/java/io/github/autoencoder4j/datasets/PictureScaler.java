package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Scales a decoded picture and brings it to bytes. Scaling works on the stored components at their
 * full depth, and colours are converted afterwards, for the few pixels that are left.
 */
final class PictureScaler {

  private PictureScaler() {}

  /**
   * Scales to a shape, fully: proportions are the caller's business.
   *
   * @return {@code shape.size()} bytes, plane by plane
   */
  static byte[] scale(BufferedImage image, Orientation orientation, ImageShape shape) {
    BufferedImage picture =
        image.getColorModel() instanceof IndexColorModel ? direct(image) : image;
    int width = orientation.swapsSides() ? shape.height() : shape.width();
    int height = orientation.swapsSides() ? shape.width() : shape.height();
    float[][] stored = resample(picture, width, height);
    int plane = shape.height() * shape.width();
    byte[] pixels = new byte[shape.size()];
    float[] rgb = new float[3];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        toRgb(picture.getColorModel(), stored[orientation.storedIndex(x, y, width, height)], rgb);
        int i = y * shape.width() + x;
        if (shape.channels() == 1) {
          // Rec. 601 luma, as JPEG itself defines grey.
          pixels[i] = toByte(0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2]);
        } else {
          for (int c = 0; c < 3; c++) {
            pixels[c * plane + i] = toByte(rgb[c]);
          }
        }
      }
    }
    return pixels;
  }

  /** Colours in place of palette entries, whose numbers have no mean. */
  private static BufferedImage direct(BufferedImage palette) {
    int width = palette.getWidth();
    int height = palette.getHeight();
    BufferedImage direct = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      direct.setRGB(0, y, width, 1, palette.getRGB(0, y, width, 1, row, 0, width), 0, width);
    }
    return direct;
  }

  /** Resamples rows, then columns; colours weighted by their alpha, all components in [0, 1]. */
  private static float[][] resample(BufferedImage image, int width, int height) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    Resampling across = Resampling.of(image.getWidth(), width);
    Resampling down = Resampling.of(image.getHeight(), height);
    float[][] rows = new float[image.getHeight()][];
    float[] samples = new float[image.getWidth() * bands];
    float[] units = units(image.getColorModel(), bands);
    for (int y = 0; y < rows.length; y++) {
      raster.getPixels(0, y, image.getWidth(), 1, samples);
      normalise(samples, units, image.getColorModel());
      rows[y] = new float[width * bands];
      for (int x = 0; x < width; x++) {
        float[] weights = across.weights(x);
        for (int j = 0, from = across.start(x) * bands; j < weights.length; j++) {
          for (int b = 0; b < bands; b++, from++) {
            rows[y][x * bands + b] += weights[j] * samples[from];
          }
        }
      }
    }
    float[][] pixels = new float[width * height][bands];
    for (int y = 0; y < height; y++) {
      float[] weights = down.weights(y);
      for (int j = 0; j < weights.length; j++) {
        float[] row = rows[down.start(y) + j];
        for (int x = 0, from = 0; x < width; x++) {
          float[] pixel = pixels[y * width + x];
          for (int b = 0; b < bands; b++, from++) {
            pixel[b] += weights[j] * row[from];
          }
        }
      }
    }
    return pixels;
  }

  private static float[] units(ColorModel model, int bands) {
    float[] units = new float[bands];
    for (int b = 0; b < bands; b++) {
      units[b] = 1f / ((1 << model.getComponentSize(b)) - 1);
    }
    return units;
  }

  private static void normalise(float[] samples, float[] units, ColorModel model) {
    int bands = units.length;
    boolean weigh = model.hasAlpha() && !model.isAlphaPremultiplied();
    for (int i = 0; i < samples.length; i += bands) {
      for (int b = 0; b < bands; b++) {
        samples[i + b] *= units[b];
      }
      for (int b = 0; weigh && b < bands - 1; b++) {
        samples[i + b] *= samples[i + bands - 1];
      }
    }
  }

  /** Lays a pixel over white and converts it to sRGB. */
  private static void toRgb(ColorModel model, float[] components, float[] rgb) {
    int colours = model.getNumColorComponents();
    float background = model.hasAlpha() ? 1 - components[colours] : 0;
    ColorSpace space = model.getColorSpace();
    if (space.getType() == ColorSpace.TYPE_GRAY) {
      // Java takes grey for linear light and would brighten it; files mean it as it stands.
      rgb[0] = rgb[1] = rgb[2] = components[0] + background;
    } else if (space.isCS_sRGB()) {
      for (int c = 0; c < 3; c++) {
        rgb[c] = components[c] + background;
      }
    } else {
      float[] opaque = new float[colours];
      for (int c = 0; c < colours; c++) {
        opaque[c] = Math.min(1, components[c] + background);
      }
      System.arraycopy(space.toRGB(opaque), 0, rgb, 0, 3);
    }
  }

  private static byte toByte(float value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value * 255)));
  }
}
