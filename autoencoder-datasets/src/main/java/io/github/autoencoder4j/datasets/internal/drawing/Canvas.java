package io.github.autoencoder4j.datasets.internal.drawing;

/**
 * A small picture to paint on: 64x64 RGB, with shaded egg-shaped bodies and noise for textures.
 *
 * <p>Paints with additions, multiplications, divisions and square roots only, which every Java
 * platform rounds alike, so the same calls give the same bytes everywhere. Coordinates run from (0,
 * 0) at the top left to (1, 1) at the bottom right; colours are RGB in [0, 1].
 */
final class Canvas {

  static final int SIDE = 64;

  private static final int PLANE = SIDE * SIDE;

  /** The brightness that a change of contrast leaves alone. */
  private static final float MIDDLE = 0.4f;

  // Layers of noise.
  private static final int OUTLINE = 0;
  private static final int PATCHES = 1;
  private static final int COARSE = 2;
  private static final int FINE = 3;
  private static final int SENSOR = 4;

  /** Random numbers to read noise from; a look-up is several times faster than a hash. */
  private static final float[] LATTICE = new float[1 << 14];

  private static final int LATTICE_WIDTH = 1 << 7;

  static {
    for (int i = 0; i < LATTICE.length; i++) {
      LATTICE[i] = (mix(i * 0x27D4EB2F) >>> 8) * 0x1p-24f;
    }
  }

  private final float[] rgb = new float[3 * PLANE];
  private final int seed;
  private final int[] layers = new int[5];
  private int shape;

  // The direction towards the light, of length one; the third part is towards the viewer.
  private final float lightX;
  private final float lightY;
  private final float lightZ;

  /**
   * An empty picture.
   *
   * @param seed of all noise on it
   * @param lightX where light comes from, -1 left to 1 right
   * @param lightY where light comes from, -1 above to 1 below
   */
  Canvas(int seed, float lightX, float lightY) {
    this.seed = seed;
    float length = (float) Math.sqrt(lightX * lightX + lightY * lightY + 0.5f);
    this.lightX = lightX / length;
    this.lightY = lightY / length;
    this.lightZ = (float) Math.sqrt(0.5f) / length;
  }

  /**
   * How a surface looks.
   *
   * @param colour most of it
   * @param second the colour of patches
   * @param patches how much of it is patches, in [0, 1]
   * @param texture how much the brightness varies from place to place, in [0, 1]
   * @param grain how fine the texture is, in waves across the picture
   * @param stretch how much longer than wide the waves are
   * @param fray how frayed the outline is, in [0, 0.5]
   */
  record Surface(
      Colour colour,
      Colour second,
      float patches,
      float texture,
      float grain,
      float stretch,
      float fray) {

    /** A surface of one colour. */
    static Surface plain(Colour colour, float texture, float grain) {
      return new Surface(colour, colour, 0, texture, grain, 1, 0);
    }
  }

  /** A colour, each part in [0, 1]. */
  record Colour(float red, float green, float blue) {

    static Colour rgb(int rgb) {
      return new Colour((rgb >> 16 & 0xFF) / 255f, (rgb >> 8 & 0xFF) / 255f, (rgb & 0xFF) / 255f);
    }

    Colour mix(Colour other, float share) {
      return new Colour(
          red + share * (other.red - red),
          green + share * (other.green - green),
          blue + share * (other.blue - blue));
    }

    Colour times(float factor) {
      return new Colour(red * factor, green * factor, blue * factor);
    }
  }

  /** Fills the picture from a horizon upwards with one surface and downwards with another. */
  void fill(Surface above, Surface below, float horizon, float softness) {
    nextShape();
    for (int row = 0; row < SIDE; row++) {
      float y = (row + 0.5f) / SIDE;
      for (int column = 0; column < SIDE; column++) {
        float x = (column + 0.5f) / SIDE;
        float edge = horizon + 0.06f * (noise(x * 5, 0.5f, OUTLINE) - 0.5f);
        float under = smooth((y - edge) / softness + 0.5f);
        if (under < 1) {
          paint(row, column, above, x, y, 1, 1.15f - 0.3f * y);
        }
        if (under > 0) {
          paint(row, column, below, x, y, under, 0.8f + 0.3f * y);
        }
      }
    }
  }

  /**
   * Paints a shaded body, an ellipse that may be narrower at its lower end.
   *
   * @param x centre
   * @param y centre
   * @param across half the width
   * @param along half the height
   * @param cos of the angle by which it is turned clockwise
   * @param sin of that angle
   * @param taper how much narrower the lower end is, in [0, 1)
   */
  void egg(
      float x,
      float y,
      float across,
      float along,
      float cos,
      float sin,
      float taper,
      Surface surface) {
    nextShape();
    float reach = Math.max(across, along) * (1 + surface.fray) + 1f / SIDE;
    int top = Math.max(0, (int) ((y - reach) * SIDE));
    int bottom = Math.min(SIDE - 1, (int) ((y + reach) * SIDE));
    int left = Math.max(0, (int) ((x - reach) * SIDE));
    int right = Math.min(SIDE - 1, (int) ((x + reach) * SIDE));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        float dx = (column + 0.5f) / SIDE - x;
        float dy = (row + 0.5f) / SIDE - y;
        float u = dx * cos + dy * sin;
        float v = dy * cos - dx * sin;
        float down = v / along;
        float width = across * (1 - taper * Math.min(1, Math.max(0, (down + 1) / 2)));
        float sideways = u / width;
        float radius = (float) Math.sqrt(sideways * sideways + down * down);
        if (surface.fray > 0 && radius > 0.6f && radius < 1.6f) {
          radius += surface.fray * (noise(u * 40, v * 40, OUTLINE) - 0.5f);
        }
        float cover = (1 - radius) * Math.min(width, along) * SIDE + 0.5f;
        if (cover > 0) {
          float depth = (float) Math.sqrt(Math.max(0, 1 - radius * radius));
          float nx = sideways * cos - down * sin;
          float ny = sideways * sin + down * cos;
          float light = nx * lightX + ny * lightY + depth * lightZ;
          paint(row, column, surface, u, v, Math.min(1, cover), 0.62f + 0.5f * light);
        }
      }
    }
  }

  /** Darkens softly, as below a body that stands there. */
  void shadow(float x, float y, float across, float along, float strength) {
    int top = Math.max(0, (int) ((y - along) * SIDE));
    int bottom = Math.min(SIDE - 1, (int) ((y + along) * SIDE));
    int left = Math.max(0, (int) ((x - across) * SIDE));
    int right = Math.min(SIDE - 1, (int) ((x + across) * SIDE));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        float dx = ((column + 0.5f) / SIDE - x) / across;
        float dy = ((row + 0.5f) / SIDE - y) / along;
        float dark = 1 - strength * smooth(1 - (dx * dx + dy * dy));
        for (int c = 0; c < 3; c++) {
          rgb[c * PLANE + row * SIDE + column] *= dark;
        }
      }
    }
  }

  /** Lays one surface over a pixel. */
  private void paint(
      int row, int column, Surface surface, float u, float v, float cover, float light) {
    float second =
        surface.patches == 0
            ? 0
            : smooth((noise(u * 7, v * 7, PATCHES) - (1 - surface.patches)) * 6 + 0.5f);
    float grain = surface.grain;
    float wave =
        0.6f * noise(u * grain, v * grain / surface.stretch, COARSE)
            + 0.4f * noise(u * grain * 2.3f, v * grain * 2.3f / surface.stretch, FINE);
    float bright = light * (1 + surface.texture * (2 * wave - 1));
    Colour a = surface.colour;
    Colour b = surface.second;
    int i = row * SIDE + column;
    rgb[i] += cover * ((a.red + second * (b.red - a.red)) * bright - rgb[i]);
    i += PLANE;
    rgb[i] += cover * ((a.green + second * (b.green - a.green)) * bright - rgb[i]);
    i += PLANE;
    rgb[i] += cover * ((a.blue + second * (b.blue - a.blue)) * bright - rgb[i]);
  }

  /**
   * The finished picture, as a camera gives it.
   *
   * @param contrast how far colours are driven apart
   * @param exposure factor on all colours
   * @param warmth factor on red, and its inverse on blue
   * @param sensorNoise half the range of the noise of single pixels
   * @return {@code 3 * SIDE * SIDE} bytes, plane by plane
   */
  byte[] develop(float contrast, float exposure, float warmth, float sensorNoise) {
    byte[] pixels = new byte[rgb.length];
    for (int c = 0; c < 3; c++) {
      float gain = c == 0 ? exposure * warmth : c == 1 ? exposure : exposure / warmth;
      for (int i = 0; i < PLANE; i++) {
        float grain = sensorNoise * (2 * lattice(layers[SENSOR] + c * PLANE + i) - 1);
        float value = MIDDLE + contrast * (rgb[c * PLANE + i] * gain - MIDDLE) + grain;
        pixels[c * PLANE + i] = (byte) Math.max(0, Math.min(255, Math.round(value * 255)));
      }
    }
    return pixels;
  }

  /** Value noise: random numbers on a lattice of distance one, smoothly interpolated. */
  private float noise(float x, float y, int layer) {
    int column = x < 0 ? (int) x - 1 : (int) x;
    int row = y < 0 ? (int) y - 1 : (int) y;
    float right = x - column;
    float down = y - row;
    right = right * right * (3 - 2 * right);
    down = down * down * (3 - 2 * down);
    int corner = layers[layer] + column + row * LATTICE_WIDTH;
    float upper = lattice(corner);
    upper += right * (lattice(corner + 1) - upper);
    float lower = lattice(corner + LATTICE_WIDTH);
    lower += right * (lattice(corner + LATTICE_WIDTH + 1) - lower);
    return upper + down * (lower - upper);
  }

  private static float lattice(int position) {
    return LATTICE[position & (LATTICE.length - 1)];
  }

  /** Every shape gets noise of its own, in a few layers. */
  private void nextShape() {
    shape++;
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = mix(seed + shape * 0x3504F333 + layer * 0x2545F491);
    }
  }

  private static int mix(int bits) {
    int h = (bits ^ (bits >>> 15)) * 0x2C1B3C6D;
    h = (h ^ (h >>> 12)) * 0x297A2D39;
    return h ^ (h >>> 15);
  }

  private static float smooth(float value) {
    float inside = Math.max(0, Math.min(1, value));
    return inside * inside * (3 - 2 * inside);
  }
}
