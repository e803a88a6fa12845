package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels of convolutional latents as small coloured images, alone or beside the images they
 * come from.
 *
 * <pre>{@code
 * Picture nine =
 *     LatentChannels.of(new ImageShape(8, 8, 16), latents) // float[9][8 * 8 * 16]
 *         .images(new ImageShape(64, 64, 3), originals, reconstructions)
 *         .captions("24.1 dB", "22.7 dB", ...)
 *         .perRow(3)
 *         .draw();
 * }</pre>
 *
 * <p>Latents are stored plane by plane, {@code [channels, height, width]}, as {@link ImageShape}
 * says. Arrays are copied. Not safe for use by several threads; the picture is.
 */
public final class LatentChannels extends Figure<LatentChannels> {

  // An image and its block of channels are at least this high.
  private static final int COMFORTABLE_SIDE = 128;
  private static final int CHANNEL_GAP = 2;
  private static final int IMAGE_GAP = 6;

  private final ImageShape shape;
  private final float[][] latents;
  private List<BufferedImage> originals = List.of();
  private List<BufferedImage> reconstructions = List.of();
  private List<String> captions = List.of();
  private ColorMap colors = ColorMap.DIVERGING;
  private boolean rangePerChannel;
  private int magnification;
  private int perRow = 1;

  private LatentChannels(ImageShape shape, float[][] latents) {
    this.shape = shape;
    this.latents = latents;
    int side = Math.max(shape.height(), shape.width()) * channelColumns();
    magnification = Math.max(1, Math.round((float) COMFORTABLE_SIDE / side));
  }

  /**
   * Starts a picture of latents.
   *
   * @param shape the shape of a latent
   * @param latents {@code float[n][shape.size()]}, at least one, all finite
   * @return a picture of the channels alone, one latent a row
   * @throws IllegalArgumentException if there is no latent, a latent has the wrong length, or a
   *     value is not finite
   */
  public static LatentChannels of(ImageShape shape, float[][] latents) {
    if (latents.length == 0) {
      throw new IllegalArgumentException("there must be at least one latent, but got none");
    }
    float[][] copy = new float[latents.length][];
    for (int i = 0; i < latents.length; i++) {
      if (latents[i].length != shape.size()) {
        throw new IllegalArgumentException(
            "latent %s has %s values, but shape %s needs %s"
                .formatted(i, latents[i].length, shape, shape.size()));
      }
      copy[i] = latents[i].clone();
      for (float value : copy[i]) {
        Require.finite("a value of latent " + i, value);
      }
    }
    return new LatentChannels(shape, copy);
  }

  /**
   * Puts the original and the reconstruction to the left of each latent, as high as its channels.
   *
   * @param shape the shape of the images, with 1 channel (grey) or 3 (RGB)
   * @param originals {@code float[n][shape.size()]}, as many as latents
   * @param reconstructions {@code float[n][shape.size()]}, as many as latents
   * @return this
   * @throws IllegalArgumentException if the images are not as many as the latents, are not grey or
   *     RGB, have the wrong length or are not finite
   */
  public LatentChannels images(ImageShape shape, float[][] originals, float[][] reconstructions) {
    requireOneEach("originals", originals.length);
    requireOneEach("reconstructions", reconstructions.length);
    this.originals = Tiles.of(Tiles.drawable(shape), originals);
    this.reconstructions = Tiles.of(shape, reconstructions);
    return this;
  }

  /**
   * Sets what stands below each latent. Nothing by default.
   *
   * @param captions one a latent
   * @return this
   * @throws IllegalArgumentException if the captions are not as many as the latents
   */
  public LatentChannels captions(String... captions) {
    requireOneEach("captions", captions.length);
    this.captions = List.of(captions);
    return this;
  }

  /**
   * Chooses the colours. {@link ColorMap#DIVERGING} by default, with grey at zero.
   *
   * @param map the colours
   * @return this
   */
  public LatentChannels colors(ColorMap map) {
    colors = map;
    return this;
  }

  /**
   * Gives each channel of each latent the full range of colours. By default all channels of all
   * latents share one range, shown by a colour bar, so that strong and weak channels can be told.
   *
   * @return this
   */
  public LatentChannels rangePerChannel() {
    rangePerChannel = true;
    return this;
  }

  /**
   * Sets how large each value is shown. By default such that a latent is about 128 pixels high.
   *
   * @param factor the side of the square that shows one value; 1 to 256
   * @return this
   * @throws IllegalArgumentException if the factor lies outside 1 to 256
   */
  public LatentChannels magnify(int factor) {
    magnification = Require.inRange("magnification", factor, 1, 256);
    return this;
  }

  /**
   * Sets how many latents stand side by side. 1 by default.
   *
   * @param latents a row; at least 1
   * @return this
   * @throws IllegalArgumentException if the number is below 1
   */
  public LatentChannels perRow(int latents) {
    perRow = Require.inRange("latents a row", latents, 1, Integer.MAX_VALUE);
    return this;
  }

  /**
   * Draws the latents.
   *
   * @return the picture
   * @throws IllegalArgumentException if the picture would hold more than 100 million pixels
   */
  public Picture draw() {
    ColorScale shared = covering(0, latents.length, 0, shape.size());
    List<Block> rows = new ArrayList<>();
    for (int from = 0; from < latents.length; from += perRow) {
      List<Block> row = new ArrayList<>();
      for (int i = from; i < Math.min(latents.length, (long) from + perRow); i++) {
        row.add(entry(i, shared, from == 0));
      }
      rows.add(Block.row(2 * Theme.MARGIN, row));
    }
    Block body = Block.columnFromLeft(Theme.MARGIN, rows);
    if (rangePerChannel) {
      return sheet(body);
    }
    int barHeight = Math.min(body.height(), 2 * COMFORTABLE_SIDE);
    // The text of the uppermost tick is level with the top of the channels.
    int top = Lettering.height(TextStyle.TICK) / 2;
    return sheet(shared.beside(body, top, "latent value", barHeight));
  }

  private Block entry(int index, ColorScale shared, boolean named) {
    Block channels = channels(index, shared);
    Block row = channels;
    if (!originals.isEmpty()) {
      Block original = Tiles.fitted(originals.get(index), channels.height());
      Block reconstruction = Tiles.fitted(reconstructions.get(index), channels.height());
      row =
          Block.row(
              IMAGE_GAP,
              named
                  ? List.of(
                      under("original", original),
                      under("reconstruction", reconstruction),
                      under("latent", channels))
                  : List.of(original, reconstruction, channels));
    }
    return captions.isEmpty()
        ? row
        : Block.column(3, List.of(row, Lettering.block(captions.get(index), TextStyle.CAPTION)));
  }

  /** A name above a block, which keeps its width so that rows with and without names align. */
  private static Block under(String name, Block block) {
    Block text = Lettering.block(name, TextStyle.TICK);
    int height = text.height() + 3;
    return new Block(
        block.width(),
        height + block.height(),
        g -> {
          text.paint(g, (block.width() - text.width()) / 2, 0);
          block.paint(g, 0, height);
        });
  }

  /** The channels of one latent, in reading order in a block as square as can be. */
  private Block channels(int index, ColorScale shared) {
    int columns = channelColumns();
    int plane = shape.height() * shape.width();
    List<Block> rows = new ArrayList<>();
    List<Block> row = new ArrayList<>();
    for (int c = 0; c < shape.channels(); c++) {
      ColorScale scale =
          rangePerChannel ? covering(index, index + 1, c * plane, (c + 1) * plane) : shared;
      double[][] values = new double[shape.height()][shape.width()];
      for (int i = 0; i < plane; i++) {
        values[i / shape.width()][i % shape.width()] = latents[index][c * plane + i];
      }
      row.add(Tiles.block(scale.image(values), magnification));
      if (row.size() == columns || c == shape.channels() - 1) {
        rows.add(Block.row(CHANNEL_GAP, List.copyOf(row)));
        row.clear();
      }
    }
    return Block.columnFromLeft(CHANNEL_GAP, rows);
  }

  private int channelColumns() {
    return (int) Math.ceil(Math.sqrt(shape.channels()));
  }

  private ColorScale covering(int fromLatent, int toLatent, int fromValue, int toValue) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = fromLatent; i < toLatent; i++) {
      for (int j = fromValue; j < toValue; j++) {
        min = Math.min(min, latents[i][j]);
        max = Math.max(max, latents[i][j]);
      }
    }
    return ColorScale.covering(colors, min, max);
  }

  private void requireOneEach(String what, int count) {
    if (count != latents.length) {
      throw new IllegalArgumentException(
          "%s %s for %s latents; give one for each".formatted(count, what, latents.length));
    }
  }

  @Override
  LatentChannels self() {
    return this;
  }
}
