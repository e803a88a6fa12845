package io.github.autoencoder4j.datasets.internal.picture;

/**
 * How a stored picture must be turned to stand upright, as cameras note it in Exif. Named after
 * where the first stored row and column belong (Exif 2.3, tag 0x0112), in the order of its numbers.
 */
enum Orientation {
  NORMAL(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  MIRRORED_UPSIDE_DOWN(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_LEFT(true, true, false);

  private final boolean swapsSides;
  private final boolean fromRight;
  private final boolean fromBottom;

  Orientation(boolean swapsSides, boolean fromRight, boolean fromBottom) {
    this.swapsSides = swapsSides;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** The orientation that Exif numbers from 1; upright if it says anything else. */
  static Orientation ofExif(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : NORMAL;
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
