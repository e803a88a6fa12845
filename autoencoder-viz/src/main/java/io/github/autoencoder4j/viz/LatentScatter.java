package io.github.autoencoder4j.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Two-dimensional codes as points, coloured by class. The first code value, z1, grows to the right
 * and the second, z2, upwards, as in {@link LatentMap}.
 *
 * <pre>{@code
 * Picture codes =
 *     LatentScatter.of(autoencoder.encode(test), labels)
 *         .classNames("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
 *         .box(low, high) // the sampling box: double[2] each
 *         .draw();
 * }</pre>
 *
 * <p>Points are drawn in a shuffled, always equal order, so that no class covers another because it
 * came later. Arrays are copied. Not safe for use by several threads; the picture is.
 */
public final class LatentScatter extends Figure<LatentScatter> {

  private static final int MAX_NAMED_IN_PLACE = 26;

  private final float[] z1;
  private final float[] z2;
  private final int[] labels;
  private List<String> classNames;
  private double[][] box = {};
  private String xLabel = "z1";
  private String yLabel = "z2";
  private int side = 520;

  private LatentScatter(float[][] codes, int[] labels) {
    z1 = new float[codes.length];
    z2 = new float[codes.length];
    for (int i = 0; i < codes.length; i++) {
      z1[i] = codes[i][0];
      z2[i] = codes[i][1];
    }
    this.labels = labels.clone();
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    classNames = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /**
   * Starts a scatter plot of codes with their classes.
   *
   * @param codes {@code float[n][2]}, at least one, all finite
   * @param labels the class of each code, from 0; as many as codes
   * @return a scatter plot whose classes are named by their numbers
   * @throws IllegalArgumentException if there is no code, a code has not two values or one that is
   *     not finite, the labels are not as many as the codes, or a label lies outside 0 to 999
   */
  public static LatentScatter of(float[][] codes, int[] labels) {
    if (labels.length != codes.length) {
      throw new IllegalArgumentException(
          "%s labels for %s codes; give one for each code, or none"
              .formatted(labels.length, codes.length));
    }
    for (int label : labels) {
      Require.inRange("a label", label, 0, 999);
    }
    return new LatentScatter(checked(codes), labels);
  }

  /**
   * Starts a scatter plot of codes without classes.
   *
   * @param codes {@code float[n][2]}, at least one, all finite
   * @return a scatter plot in one colour, without a legend
   * @throws IllegalArgumentException if there is no code, or a code has not two values or one that
   *     is not finite
   */
  public static LatentScatter of(float[][] codes) {
    return new LatentScatter(checked(codes), new int[0]);
  }

  /**
   * Names the classes, in the legend and at the middle of each cloud.
   *
   * @param names one a class, in the order of the labels
   * @return this
   * @throws IllegalArgumentException if a label has no name
   */
  public LatentScatter classNames(String... names) {
    return classNames(List.of(names));
  }

  /**
   * Names the classes, in the legend and at the middle of each cloud.
   *
   * @param names one a class, in the order of the labels
   * @return this
   * @throws IllegalArgumentException if a label has no name
   */
  public LatentScatter classNames(List<String> names) {
    int classes = Arrays.stream(labels).max().orElse(-1) + 1;
    if (names.size() < classes) {
      throw new IllegalArgumentException(
          "%s class names, but the largest label is %s; give a name for each label from 0"
              .formatted(names.size(), classes - 1));
    }
    classNames = List.copyOf(names);
    return this;
  }

  /**
   * Outlines the box that codes are sampled from. None by default.
   *
   * @param low the smallest z1 and z2; {@code double[2]}
   * @param high the largest z1 and z2; {@code double[2]}
   * @return this
   * @throws IllegalArgumentException if an array has not two finite values, or low is not below
   *     high
   */
  public LatentScatter box(double[] low, double[] high) {
    box = Require.box(low, high);
    return this;
  }

  /**
   * Sets the side of the square between the axes. 520 by default.
   *
   * @param pixels at scale 1; 80 to 10,000
   * @return this
   * @throws IllegalArgumentException if it lies outside 80 to 10,000
   */
  public LatentScatter size(int pixels) {
    side = Require.inRange("size", pixels, 80, 10_000);
    return this;
  }

  /**
   * Sets what stands at the axes. "z1" and "z2" by default.
   *
   * @param across at the axis to the right
   * @param upwards at the other
   * @return this
   */
  public LatentScatter axisLabels(String across, String upwards) {
    xLabel = Objects.requireNonNull(across, "across");
    yLabel = Objects.requireNonNull(upwards, "upwards");
    return this;
  }

  /**
   * Draws the scatter plot.
   *
   * @return the picture
   */
  public Picture draw() {
    double[][] outline = box;
    List<String> names = classNames;
    List<Color> colors = Palette.of(Math.max(1, names.size()));
    Plot plot = new Plot(axis(0, xLabel, z1), axis(1, yLabel, z2), side, side);
    Block chart =
        plot.block(
            (g, area) -> {
              paintPoints(g, area, colors);
              if (outline.length > 0) {
                paintBox(g, area, outline);
              }
              if (names.size() <= MAX_NAMED_IN_PLACE) {
                ClassNames.paint(g, area, names, z1, z2, labels);
              }
            });
    Block legend = names.isEmpty() ? Block.EMPTY : Legend.down(names, colors, side);
    return sheet(Block.row(Theme.MARGIN, List.of(chart, legend)));
  }

  private Axis axis(int dimension, String label, float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    if (box.length > 0) {
      min = Math.min(min, box[0][dimension]);
      max = Math.max(max, box[1][dimension]);
    }
    double padding = 0.03 * (max - min);
    return Axis.linear(label, min - padding, max + padding, false);
  }

  private void paintPoints(Graphics2D g, Plot area, List<Color> colors) {
    // Fewer points may be larger and more solid; many must let those below shine through.
    double density = Math.min(1, Math.sqrt(1_000.0 / z1.length));
    double diameter = 3.4 + 3 * density;
    int alpha = (int) Math.round(110 + 100 * density);
    List<Color> translucent =
        colors.stream().map(c -> new Color(c.getRed(), c.getGreen(), c.getBlue(), alpha)).toList();
    for (int i : shuffled(z1.length)) {
      g.setColor(translucent.get(labels.length == 0 ? 0 : labels[i]));
      double x = area.left(z1[i]) - diameter / 2;
      double y = area.top(z2[i]) - diameter / 2;
      g.fill(new Ellipse2D.Double(x, y, diameter, diameter));
    }
  }

  private static int[] shuffled(int count) {
    int[] order = IntStream.range(0, count).toArray();
    Random random = new Random(count);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }

  private static void paintBox(Graphics2D g, Plot area, double[][] box) {
    g.setColor(Theme.INK);
    g.setStroke(new BasicStroke(1.6f));
    double left = area.left(box[0][0]);
    double top = area.top(box[1][1]);
    g.draw(
        new Rectangle2D.Double(left, top, area.left(box[1][0]) - left, area.top(box[0][1]) - top));
  }

  private static float[][] checked(float[][] codes) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("a scatter plot needs at least one code, but got none");
    }
    for (int i = 0; i < codes.length; i++) {
      if (codes[i].length != 2) {
        throw new IllegalArgumentException(
            ("code %s has %s values, but a scatter plot shows 2;"
                    + " choose two of them, or project them by LatentProjection")
                .formatted(i, codes[i].length));
      }
      Require.finite("z1 of code " + i, codes[i][0]);
      Require.finite("z2 of code " + i, codes[i][1]);
    }
    return codes;
  }

  @Override
  LatentScatter self() {
    return this;
  }
}
