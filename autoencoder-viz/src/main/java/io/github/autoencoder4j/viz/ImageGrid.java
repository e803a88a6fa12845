package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Images in rows and columns, each pixel enlarged to a crisp square.
 *
 * <pre>{@code
 * Picture triplets =
 *     ImageGrid.of(ImageShape.grey(28, 28))
 *         .title("Denoising, factor 0.4")
 *         .row("original", clean)
 *         .row("noisy", noisy, "11.0 dB", "10.9 dB", "11.1 dB") // one caption an image
 *         .row("denoised", denoised, "20.3 dB", "21.7 dB", "20.9 dB")
 *         .draw();
 * Picture samples = ImageGrid.of(shape).tiles(10, generated).draw(); // as many rows as it takes
 * }</pre>
 *
 * <p>Samples are {@code float[n][shape.size()]}, plane by plane as {@link ImageShape} says. Values
 * below 0 show as 0 and values above 1 as 1, as in the definition of PSNR. They are copied when
 * added. Not safe for use by several threads; the picture is.
 */
public final class ImageGrid extends Figure<ImageGrid> {

  private static final int DEFAULT_GAP = 4;
  private static final int CAPTION_GAP = 3;

  private record Row(String label, List<BufferedImage> images, List<String> captions) {}

  private final ImageShape shape;
  private final List<Row> rows = new ArrayList<>();
  private List<String> headers = List.of();
  private int magnification;
  private int gap = DEFAULT_GAP;

  private ImageGrid(ImageShape shape) {
    this.shape = shape;
    this.magnification = Tiles.comfortableMagnification(shape);
  }

  /**
   * Starts a grid.
   *
   * @param shape the shape of every image, with 1 channel (grey) or 3 (RGB)
   * @return an empty grid
   * @throws IllegalArgumentException if the shape has another number of channels
   */
  public static ImageGrid of(ImageShape shape) {
    return new ImageGrid(Tiles.drawable(shape));
  }

  /**
   * Adds a row of images.
   *
   * @param label what stands to the left of the row; empty for nothing
   * @param samples the images from left to right, {@code float[n][shape.size()]}; at least one
   * @param captions what stands below each image, one an image, or none at all
   * @return this
   * @throws IllegalArgumentException if there is no sample, a sample has the wrong length or holds
   *     a value that is not finite, or the captions are not as many as the samples
   */
  public ImageGrid row(String label, float[][] samples, String... captions) {
    return add(label, Tiles.of(shape, samples), captions);
  }

  /**
   * Adds a row of images.
   *
   * @param label what stands to the left of the row; empty for nothing
   * @param images the images from left to right; at least one, of the shape of this grid
   * @param captions what stands below each image, one an image, or none at all
   * @return this
   * @throws IllegalArgumentException if there is no image, the shape is another one, or the
   *     captions are not as many as the images
   */
  public ImageGrid row(String label, ImageSource images, String... captions) {
    return add(label, Tiles.of(shape, images), captions);
  }

  /**
   * Adds images in as many rows as they take, without row labels; the last row may be shorter.
   *
   * @param columns images a row; at least 1
   * @param samples the images in reading order, {@code float[n][shape.size()]}; at least one
   * @param captions what stands below each image, one an image, or none at all
   * @return this
   * @throws IllegalArgumentException if {@code columns} is below 1, there is no sample, a sample
   *     has the wrong length or holds a value that is not finite, or the captions are not as many
   *     as the samples
   */
  public ImageGrid tiles(int columns, float[][] samples, String... captions) {
    Require.inRange("columns", columns, 1, Integer.MAX_VALUE);
    if (captions.length > 0) {
      requireOneEach(samples.length, captions);
    }
    for (int from = 0; from < Math.max(1, samples.length); from += columns) {
      int to = (int) Math.min(samples.length, (long) from + columns);
      row(
          "",
          Arrays.copyOfRange(samples, from, to),
          captions.length == 0 ? captions : Arrays.copyOfRange(captions, from, to));
    }
    return this;
  }

  /**
   * Sets what stands above the columns. Nothing by default.
   *
   * @param headers one for each column, from the left; they may not be more than the columns
   * @return this
   */
  public ImageGrid columnHeaders(String... headers) {
    this.headers = List.of(headers);
    return this;
  }

  /**
   * Sets how large each pixel is shown. By default the smallest number that makes the longer side
   * of an image at least 80 pixels.
   *
   * @param factor the side of the square that shows one pixel; 1 to 256
   * @return this
   * @throws IllegalArgumentException if the factor lies outside 1 to 256
   */
  public ImageGrid magnify(int factor) {
    magnification = Require.inRange("magnification", factor, 1, 256);
    return this;
  }

  /**
   * Sets the distance between images. 4 by default.
   *
   * @param pixels of the picture, not of the images; 0 to 256
   * @return this
   * @throws IllegalArgumentException if it lies outside 0 to 256
   */
  public ImageGrid gap(int pixels) {
    gap = Require.inRange("gap", pixels, 0, 256);
    return this;
  }

  /**
   * Draws the grid.
   *
   * @return the picture
   * @throws IllegalStateException if there is no row, or more column headers than columns
   * @throws IllegalArgumentException if the picture would hold more than 100 million pixels
   */
  public Picture draw() {
    if (rows.isEmpty()) {
      throw new IllegalStateException("an image grid needs at least one row; call row or tiles");
    }
    int columns = rows.stream().mapToInt(row -> row.images.size()).max().orElseThrow();
    if (headers.size() > columns) {
      throw new IllegalStateException(
          "there are %s column headers, but only %s columns".formatted(headers.size(), columns));
    }
    return sheet(body(columns, List.copyOf(rows), headers));
  }

  private Block body(int columns, List<Row> rows, List<String> headers) {
    int factor = magnification;
    int space = gap;
    int tileHeight = Tiles.side(shape.height(), factor);
    int tileWidth = Tiles.side(shape.width(), factor);
    int pitch = columnWidth(rows, headers) + space;
    List<String> labels = rows.stream().map(Row::label).toList();
    int labelWidth = Lettering.widest(labels, TextStyle.LABEL);
    int left = labelWidth == 0 ? 0 : labelWidth + 2 * Theme.GAP;
    int top = headers.isEmpty() ? 0 : Lettering.height(TextStyle.LABEL) + CAPTION_GAP;
    int captionHeight = CAPTION_GAP + Lettering.height(TextStyle.CAPTION) + CAPTION_GAP;
    long height = (long) top - space;
    for (Row row : rows) {
      height += tileHeight + (row.captions.isEmpty() ? 0 : captionHeight) + space;
    }
    int middle = (pitch - space) / 2;
    return Block.of(
        left + (long) columns * pitch - space,
        height,
        g -> {
          for (int i = 0; i < headers.size(); i++) {
            Lettering.drawCentred(g, headers.get(i), TextStyle.LABEL, left + i * pitch + middle, 0);
          }
          int y = top;
          for (Row row : rows) {
            Lettering.draw(
                g,
                row.label,
                TextStyle.LABEL,
                labelWidth - Lettering.width(row.label, TextStyle.LABEL),
                y + (tileHeight - Lettering.height(TextStyle.LABEL)) / 2.0);
            for (int i = 0; i < row.images.size(); i++) {
              int x = left + i * pitch;
              Tiles.block(row.images.get(i), factor).paint(g, x + middle - tileWidth / 2, y);
              if (!row.captions.isEmpty()) {
                Lettering.drawCentred(
                    g,
                    row.captions.get(i),
                    TextStyle.CAPTION,
                    x + middle,
                    y + tileHeight + CAPTION_GAP);
              }
            }
            y += tileHeight + (row.captions.isEmpty() ? 0 : captionHeight) + space;
          }
        });
  }

  /** Wide enough for the images and for every caption and header, so that none overlap. */
  private int columnWidth(List<Row> rows, List<String> headers) {
    int width =
        Math.max(
            Tiles.side(shape.width(), magnification), Lettering.widest(headers, TextStyle.LABEL));
    for (Row row : rows) {
      width = Math.max(width, Lettering.widest(row.captions, TextStyle.CAPTION));
    }
    return width;
  }

  private ImageGrid add(String label, List<BufferedImage> images, String[] captions) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException(
          "a row needs at least one image, but got none"
              + (label.isEmpty() ? "" : " for " + label));
    }
    if (captions.length > 0) {
      requireOneEach(images.size(), captions);
    }
    rows.add(new Row(label, images, List.of(captions)));
    return this;
  }

  private static void requireOneEach(int images, String[] captions) {
    if (captions.length != images) {
      throw new IllegalArgumentException(
          "%s captions for %s images; give one for each image, or none"
              .formatted(captions.length, images));
    }
  }

  @Override
  ImageGrid self() {
    return this;
  }
}
