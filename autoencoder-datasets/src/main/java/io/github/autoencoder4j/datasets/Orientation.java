package io.github.autoencoder4j.datasets;

/**
 * How a stored picture must be turned to stand upright, as cameras note it in Exif. Named after
 * where the first stored row and column belong (Exif 2.3, tag 0x0112).
 */
enum Orientation {
  NORMAL("Normal", false, false, false),
  MIRRORED("FlipH", false, true, false),
  UPSIDE_DOWN("Rotate180", false, true, true),
  MIRRORED_UPSIDE_DOWN("FlipV", false, false, true),
  TRANSPOSED("FlipVRotate90", true, false, false),
  TURNED_RIGHT("Rotate270", true, false, true),
  TRANSVERSED("FlipHRotate90", true, true, true),
  TURNED_LEFT("Rotate90", true, true, false);

  private final String standardName;
  private final boolean swapsSides;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(String standardName, boolean swapsSides, boolean fromRight, boolean fromBottom) {
    this.standardName = standardName;
    this.swapsSides = swapsSides;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** The orientation as ImageIO's standard metadata names it; upright if it says anything else. */
  static Orientation ofStandardName(String name) {
    for (Orientation orientation : values()) {
      if (orientation.standardName.equals(name)) {
        return orientation;
      }
    }
    return NORMAL;
  }

  /** Whether the upright picture is as wide as the stored one is high. */
  boolean swapsSides() {
    return swapsSides;
  }

  /**
   * Where a pixel of the upright picture is stored.
   *
   * @param x upright column
   * @param y upright row
   * @param width columns as stored
   * @param height rows as stored
   * @return index into the stored pixels, row by row
   */
  int storedIndex(int x, int y, int width, int height) {
    int column = swapsSides ? y : x;
    int row = swapsSides ? x : y;
    return (fromBottom ? height - 1 - row : row) * width
        + (fromRight ? width - 1 - column : column);
  }
}
