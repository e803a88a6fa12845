package io.github.autoencoder4j.viz;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A finished picture on white ground. It never opens a window and is drawn anew, in exactly the
 * same way, each time it is asked for, so it can be had at any whole-number scale without blur.
 *
 * <pre>{@code
 * Picture grid = ImageGrid.of(shape).row("original", originals).draw();
 * grid.save(Path.of("out/grid.png"));
 * grid.scaled(2).save(Path.of("out/grid@2x.png")); // twice the pixels, for dense screens and print
 * }</pre>
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class Picture {

  // 100 million pixels take 400 MB as an image; beyond that a viewer gives up before Java does.
  private static final long MAX_PIXELS = 100_000_000;

  private final Block block;
  private final int scale;

  Picture(Block block) {
    this(block, 1);
  }

  private Picture(Block block, int scale) {
    requireDrawable((long) block.width() * scale, (long) block.height() * scale, scale);
    this.block = block;
    this.scale = scale;
  }

  private static void requireDrawable(long width, long height, int scale) {
    if (Math.multiplyExact(width, height) > MAX_PIXELS) {
      throw new IllegalArgumentException(
          ("the picture would be %s x %s pixels at scale %s, but may hold at most %s million;"
                  + " show fewer images, or lower the magnification, size or scale")
              .formatted(width, height, scale, MAX_PIXELS / 1_000_000));
    }
  }

  /**
   * The width of the image.
   *
   * @return pixels, at least 1
   */
  public int width() {
    return block.width() * scale;
  }

  /**
   * The height of the image.
   *
   * @return pixels, at least 1
   */
  public int height() {
    return block.height() * scale;
  }

  /**
   * The same picture with more pixels: text and lines get sharper, not larger in relation.
   *
   * @param factor pixels per logical pixel, 1 to 8, instead of this picture's; 2 suits dense
   *     screens, 3 suits print
   * @return a picture {@code factor} times as wide and as high as at scale 1
   * @throws IllegalArgumentException if the factor lies outside 1 to 8 or the picture would hold
   *     more than 100 million pixels
   */
  public Picture scaled(int factor) {
    return new Picture(block, Require.inRange("scale", factor, 1, 8));
  }

  /**
   * Two pictures as one, side by side, their tops in line.
   *
   * @param right the picture to stand on the right; drawn at this picture's scale
   * @return a new picture
   * @throws IllegalArgumentException if it would hold more than 100 million pixels
   */
  public Picture beside(Picture right) {
    return new Picture(Block.row(0, List.of(block, right.block)), scale);
  }

  /**
   * Two pictures as one, this one above the other, both centred.
   *
   * @param below the picture to stand below; drawn at this picture's scale
   * @return a new picture
   * @throws IllegalArgumentException if it would hold more than 100 million pixels
   */
  public Picture above(Picture below) {
    return new Picture(Block.column(0, List.of(block, below.block)), scale);
  }

  /**
   * Draws the picture.
   *
   * @return a new opaque RGB image that the caller may change
   */
  public BufferedImage toImage() {
    return toImage(width(), height());
  }

  private BufferedImage toImage(int width, int height) {
    requireDrawable(width, height, scale);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Theme.PAPER);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.scale(scale, scale);
      Theme.prepare(g);
      block.paint(g, 0, 0);
    } finally {
      g.dispose();
    }
    return image;
  }

  /**
   * Draws the picture as a PNG file in memory.
   *
   * @return the bytes of the file; the same picture gives the same bytes
   */
  public byte[] toPng() {
    return toPng(width(), height());
  }

  /** Draws it at the top left of a white ground at least as large as itself. */
  byte[] toPng(int width, int height) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    // Memory, not ImageIO's default disk cache: a full or missing temporary folder does no harm.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(toImage(width, height));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode the picture as PNG", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Writes the picture as a PNG file. The file appears whole or not at all: a reader never sees
   * half of it, and if writing fails an older file of that name is left as it was. Missing parent
   * folders are created.
   *
   * @param png where to write; the name must end in {@code .png}
   * @throws IllegalArgumentException if the name does not end in {@code .png}
   * @throws UncheckedIOException if the folder cannot be created or the file cannot be written; the
   *     message names the path
   */
  public void save(Path png) {
    PictureFile.write(PictureFile.require(png, "pictures", ".png"), toPng());
  }
}
