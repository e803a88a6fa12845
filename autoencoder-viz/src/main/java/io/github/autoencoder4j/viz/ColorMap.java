package io.github.autoencoder4j.viz;

/**
 * How a number becomes a colour. Between its control points a map is interpolated linearly in sRGB.
 *
 * <pre>{@code
 * Heatmap.of(covariance).colors(ColorMap.DIVERGING).draw(); // grey at zero
 * }</pre>
 */
public enum ColorMap {

  /**
   * Dark violet over green to yellow: even steps in value look like even steps in lightness, also
   * in grey print and for colour-blind readers. For quantities that only have more and less.
   *
   * <p>Control points: the eleven-colour viridis of van der Walt and Smith (matplotlib, 2015; CC0).
   */
  VIRIDIS(
      0x440154, 0x482576, 0x414487, 0x35608d, 0x2a788e, 0x21908c, 0x22a884, 0x43bf71, 0x7ad151,
      0xbbdf27, 0xfde725),

  /**
   * Blue over light grey to red. For quantities with a sign: grey is zero when the range is
   * symmetric.
   *
   * <p>Control points: every fourth of the 33 of the cool-warm map in Moreland, "Diverging Color
   * Maps for Scientific Visualization", 2009.
   */
  DIVERGING(
      0x3b4cc0, 0x6282ea, 0x8db0fe, 0xb8d0f9, 0xdddddd, 0xf5c4ad, 0xf49a7b, 0xde604d, 0xb40426),

  /** Black to white, as grey images are shown. */
  GREY(0x000000, 0xffffff);

  // Never handed out, so the array is as good as immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final int[] points;

  ColorMap(int... points) {
    this.points = points;
  }

  /**
   * The colour at a place of the map.
   *
   * @param position 0 for the start, 1 for the end; values outside show as the nearer end
   * @return {@code 0xRRGGBB}
   * @throws IllegalArgumentException if the position is NaN
   */
  public int rgb(double position) {
    if (Double.isNaN(position)) {
      throw new IllegalArgumentException(
          "a colour map position must be a number in [0, 1], not NaN");
    }
    double place = Math.max(0, Math.min(1, position)) * (points.length - 1);
    int index = (int) Math.min(place, points.length - 2);
    double share = place - index;
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = points[index] >> shift & 0xff;
      int to = points[index + 1] >> shift & 0xff;
      rgb |= (int) Math.round(from + share * (to - from)) << shift;
    }
    return rgb;
  }
}
