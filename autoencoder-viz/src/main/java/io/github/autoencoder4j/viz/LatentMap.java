package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Function;

/**
 * What a decoder makes of each place of a two-dimensional latent: decoded images laid out over a
 * box of codes. The first code value, z1, grows to the right and the second, z2, upwards, as in
 * {@link LatentScatter}.
 *
 * <pre>{@code
 * Picture map =
 *     LatentMap.over(low, high) // the sampling box: double[2] each
 *         .cells(20, 20)
 *         .draw(ImageShape.grey(28, 28), codes -> autoencoder.decode(codes));
 * }</pre>
 *
 * <p>The box is cut into equal cells and each image is decoded from the middle of its cell, so the
 * axes hold for the edges of the box and for every image alike. Not safe for use by several
 * threads; the picture is.
 */
public final class LatentMap extends Figure<LatentMap> {

  private final double[][] box;
  private int columns = 20;
  private int rows = 20;
  private int magnification = 1;

  private LatentMap(double[][] box) {
    this.box = box;
  }

  /**
   * Starts a map.
   *
   * @param low the smallest z1 and z2; {@code double[2]}
   * @param high the largest z1 and z2; {@code double[2]}
   * @return a map of 20 x 20 images
   * @throws IllegalArgumentException if an array has not two finite values, or low is not below
   *     high
   */
  public static LatentMap over(double[] low, double[] high) {
    return new LatentMap(Require.box(low, high));
  }

  /**
   * Sets how many images there are. 20 x 20 by default.
   *
   * @param columns along z1; 1 to 1,000
   * @param rows along z2; 1 to 1,000
   * @return this
   * @throws IllegalArgumentException if a number lies outside 1 to 1,000
   */
  public LatentMap cells(int columns, int rows) {
    this.columns = Require.inRange("columns", columns, 1, 1_000);
    this.rows = Require.inRange("rows", rows, 1, 1_000);
    return this;
  }

  /**
   * Sets how large each pixel is shown. 1 by default.
   *
   * @param factor the side of the square that shows one pixel; 1 to 256
   * @return this
   * @throws IllegalArgumentException if the factor lies outside 1 to 256
   */
  public LatentMap magnify(int factor) {
    magnification = Require.inRange("magnification", factor, 1, 256);
    return this;
  }

  /**
   * The codes whose images the map shows, in reading order: from the top left, where z1 is smallest
   * and z2 largest, row by row to the bottom right.
   *
   * @return {@code float[rows * columns][2]}
   */
  public float[][] codes() {
    float[][] codes = new float[rows * columns][];
    for (int row = 0; row < rows; row++) {
      double up = 1 - (row + 0.5) / rows;
      for (int column = 0; column < columns; column++) {
        double right = (column + 0.5) / columns;
        codes[row * columns + column] =
            new float[] {
              (float) (box[0][0] + right * (box[1][0] - box[0][0])),
              (float) (box[0][1] + up * (box[1][1] - box[0][1]))
            };
      }
    }
    return codes;
  }

  /**
   * Decodes {@link #codes()}, all in one call, and draws the map.
   *
   * @param shape the shape of a decoded image, with 1 channel (grey) or 3 (RGB)
   * @param decoder turns {@code float[n][2]} codes into {@code float[n][shape.size()]} images
   * @return the picture
   * @throws IllegalArgumentException if the shape has another number of channels, or the decoded
   *     images are not as many as the codes, have the wrong length or are not finite
   */
  public Picture draw(ImageShape shape, Function<float[][], float[][]> decoder) {
    return draw(shape, decoder.apply(codes()));
  }

  /**
   * Draws the map of images that were decoded before.
   *
   * @param shape the shape of a decoded image, with 1 channel (grey) or 3 (RGB)
   * @param decoded the images of {@link #codes()}, {@code float[rows * columns][shape.size()]}
   * @return the picture
   * @throws IllegalArgumentException if the shape has another number of channels, or the images are
   *     not as many as the codes, have the wrong length or are not finite
   */
  public Picture draw(ImageShape shape, float[][] decoded) {
    if (decoded.length != rows * columns) {
      throw new IllegalArgumentException(
          "the map has %s x %s cells and needs as many images, but got %s; decode codes()"
              .formatted(rows, columns, decoded.length));
    }
    List<BufferedImage> images = Tiles.of(Tiles.drawable(shape), decoded);
    int width = Tiles.side(shape.width(), magnification);
    int height = Tiles.side(shape.height(), magnification);
    int perRow = columns;
    int factor = magnification;
    Plot plot =
        new Plot(
            Axis.linear("z1", box[0][0], box[1][0], false),
            Axis.linear("z2", box[0][1], box[1][1], false),
            Tiles.side(width, columns),
            Tiles.side(height, rows));
    return sheet(
        plot.block(
            (g, area) -> {
              for (int i = 0; i < images.size(); i++) {
                Tiles.block(images.get(i), factor)
                    .paint(g, i % perRow * width, i / perRow * height);
              }
            }));
  }

  @Override
  LatentMap self() {
    return this;
  }
}
