package io.github.autoencoder4j.viz;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A matrix as coloured cells, with a colour bar.
 *
 * <pre>{@code
 * Picture noise =
 *     Heatmap.of(psnr) // double[rows][columns], the first row on top
 *         .rows("trained with variance", "none", "0.05", "0.10", "0.15")
 *         .columns("sent with variance", "none", "0.05", "0.10", "0.15")
 *         .valueLabel("PSNR (dB)")
 *         .printValues(1)
 *         .draw();
 * Picture covariance = Heatmap.of(matrix).colors(ColorMap.DIVERGING).draw();
 * }</pre>
 *
 * <p>Values are copied. Not safe for use by several threads; the picture is.
 */
public final class Heatmap extends Figure<Heatmap> {

  // Small cells of a large matrix together fill about this side.
  private static final int COMFORTABLE_SIDE = 480;
  private static final int NAMED_CELL_HEIGHT = 52;
  private static final int CELL_PADDING = 24;

  private final double[][] values;
  private String rowLabel = "";
  private List<String> rowNames = List.of();
  private String columnLabel = "";
  private List<String> columnNames = List.of();
  private String valueLabel = "";
  private ColorMap colors = ColorMap.VIRIDIS;
  private double[] range = {};
  private int decimals = -1;

  private Heatmap(double[][] values) {
    this.values = values;
  }

  /**
   * Starts a heat map.
   *
   * @param values {@code double[rows][columns]}, the first row on top; at least one value, all rows
   *     equally long, all finite
   * @return a heat map without names or printed values, in viridis colours
   * @throws IllegalArgumentException if there is no value, the rows differ in length, or a value is
   *     not finite
   */
  public static Heatmap of(double[][] values) {
    if (values.length == 0 || values[0].length == 0) {
      throw new IllegalArgumentException("a heat map needs at least one value, but got none");
    }
    double[][] copy = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != values[0].length) {
        throw new IllegalArgumentException(
            "row %s has %s values, but row 0 has %s; all rows of a matrix are equally long"
                .formatted(i, values[i].length, values[0].length));
      }
      copy[i] = Require.finiteCopy("values[" + i + "]", values[i]);
    }
    return new Heatmap(copy);
  }

  /**
   * Names the rows.
   *
   * @param label what the rows stand for; empty for nothing
   * @param names one a row, from the top
   * @return this
   * @throws IllegalArgumentException if the names are not as many as the rows
   */
  public Heatmap rows(String label, String... names) {
    requireOneEach("row", names.length, values.length);
    rowLabel = label;
    rowNames = List.of(names);
    return this;
  }

  /**
   * Names the columns.
   *
   * @param label what the columns stand for; empty for nothing
   * @param names one a column, from the left
   * @return this
   * @throws IllegalArgumentException if the names are not as many as the columns
   */
  public Heatmap columns(String label, String... names) {
    requireOneEach("column", names.length, values[0].length);
    columnLabel = label;
    columnNames = List.of(names);
    return this;
  }

  /**
   * Names the quantity beside the colour bar. Nothing by default.
   *
   * @param label the quantity with its unit
   * @return this
   */
  public Heatmap valueLabel(String label) {
    valueLabel = label;
    return this;
  }

  /**
   * Writes each value into its cell. Not done by default.
   *
   * @param decimals digits after the point; 0 to 9
   * @return this
   * @throws IllegalArgumentException if the number lies outside 0 to 9
   */
  public Heatmap printValues(int decimals) {
    this.decimals = Require.inRange("decimals", decimals, 0, 9);
    return this;
  }

  /**
   * Chooses the colours. {@link ColorMap#VIRIDIS} by default.
   *
   * @param map the colours; unless {@link #range} says otherwise, {@link ColorMap#DIVERGING} covers
   *     a range symmetric about zero, and the others from the smallest to the largest value
   * @return this
   */
  public Heatmap colors(ColorMap map) {
    colors = map;
    return this;
  }

  /**
   * Sets the values at the ends of the colour bar, so that several heat maps compare. Values
   * outside take the colour of the nearer end.
   *
   * @param min the value at the lower end
   * @param max the value at the upper end
   * @return this
   * @throws IllegalArgumentException if {@code min} is not below {@code max} or one is not finite
   */
  public Heatmap range(double min, double max) {
    range = Require.range(min, max);
    return this;
  }

  /**
   * Draws the heat map.
   *
   * @return the picture
   * @throws IllegalArgumentException if the picture would hold more than 100 million pixels
   */
  public Picture draw() {
    int rows = values.length;
    int columns = values[0].length;
    Axis across = axis(columnLabel, columnNames, columns);
    Axis down = axis(rowLabel, rowNames, rows).reversed();
    List<List<String>> texts = texts();
    int cellWidth = cell(columns, columnNames, texts);
    int cellHeight =
        Math.max(
            cell(rows, List.of(), texts),
            rowNames.isEmpty() ? 1 : Lettering.height(TextStyle.TICK));
    Plot plot =
        new Plot(across, down, Tiles.side(columns, cellWidth), Tiles.side(rows, cellHeight));
    ColorScale scale = scale();
    BufferedImage image = scale.image(values);
    double[][] shown = values;
    Block matrix =
        plot.block(
            (g, area) -> {
              g.drawImage(image, 0, 0, area.width(), area.height(), null);
              for (int i = 0; i < texts.size(); i++) {
                for (int j = 0; j < columns; j++) {
                  paintText(
                      g,
                      texts.get(i).get(j),
                      scale.color(shown[i][j]),
                      (j + 0.5) * cellWidth,
                      (i + 0.5) * cellHeight);
                }
              }
            });
    return sheet(scale.beside(matrix, plot.originY(), valueLabel, plot.height()));
  }

  private static Axis axis(String label, List<String> names, int count) {
    return names.isEmpty()
        ? Axis.linear(label, 0, count, true).withoutGrid()
        : Axis.categories(label, names);
  }

  /** The texts of the cells, row by row; no rows if values are not printed. */
  private List<List<String>> texts() {
    if (decimals < 0) {
      return List.of();
    }
    return Arrays.stream(values)
        .map(row -> DoubleStream.of(row).mapToObj(v -> Numbers.fixed(v, decimals)).toList())
        .toList();
  }

  /** The side of a cell: as small as a large matrix asks for, as large as the texts need. */
  private static int cell(int count, List<String> names, List<List<String>> texts) {
    if (texts.isEmpty() && names.isEmpty()) {
      return Math.max(1, Math.min(NAMED_CELL_HEIGHT, Math.round((float) COMFORTABLE_SIDE / count)));
    }
    int widest = Lettering.widest(names, TextStyle.TICK);
    for (List<String> row : texts) {
      widest = Math.max(widest, Lettering.widest(row, TextStyle.LABEL));
    }
    return Math.max(NAMED_CELL_HEIGHT, widest + CELL_PADDING);
  }

  private ColorScale scale() {
    if (range.length > 0) {
      return new ColorScale(colors, range[0], range[1]);
    }
    double min = Arrays.stream(values).flatMapToDouble(DoubleStream::of).min().orElseThrow();
    double max = Arrays.stream(values).flatMapToDouble(DoubleStream::of).max().orElseThrow();
    return ColorScale.covering(colors, min, max);
  }

  private static void paintText(Graphics2D g, String text, Color ground, double x, double y) {
    // Rec. 709 luma, near enough to tell which of black and white stands out.
    double luma = 0.2126 * ground.getRed() + 0.7152 * ground.getGreen() + 0.0722 * ground.getBlue();
    Lettering.draw(
        g,
        text,
        TextStyle.LABEL,
        luma > 140 ? Theme.INK : Theme.PAPER,
        x - Lettering.width(text, TextStyle.LABEL) / 2.0,
        y - Lettering.height(TextStyle.LABEL) / 2.0);
  }

  private static void requireOneEach(String what, int names, int count) {
    if (names != count) {
      throw new IllegalArgumentException(
          "%s %s names for %s %ss; give one for each".formatted(names, what, count, what));
    }
  }

  @Override
  Heatmap self() {
    return this;
  }
}
