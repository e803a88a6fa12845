package io.github.autoencoder4j.viz;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Curves over a common axis, such as the losses of a training run.
 *
 * <pre>{@code
 * Picture losses =
 *     Curves.over("epoch")
 *         .series("training", trainingLoss) // double[], one value an epoch
 *         .series("validation", validationLoss)
 *         .yLabel("binary cross-entropy (nats per pixel)")
 *         .reference("mean image", 0.2625)
 *         .draw();
 * }</pre>
 *
 * <p>Arrays are copied when added. Not safe for use by several threads; the picture is.
 */
public final class Curves extends Figure<Curves> {

  // Beyond this the dots on the curve run into each other.
  private static final int MAX_DOTTED = 40;
  private static final double DOT = 5;

  private record Point(double x, double y) {}

  private record Series(String name, List<Point> points) {}

  private final String xLabel;
  private final List<Series> series = new ArrayList<>();
  private ReferenceLines references = new ReferenceLines();
  private String yLabel = "";
  private boolean log;
  private int width = 620;
  private int height = 360;

  private Curves(String xLabel) {
    this.xLabel = xLabel;
  }

  /**
   * Starts a chart.
   *
   * @param xLabel what the curves run over, with its unit, for example {@code "epoch"}
   * @return an empty chart
   */
  public static Curves over(String xLabel) {
    return new Curves(xLabel);
  }

  /**
   * Adds a curve over 1, 2, 3 and so on.
   *
   * @param name its name in the legend; not blank
   * @param y its values; at least one, all finite
   * @return this
   * @throws IllegalArgumentException if the name is blank, there is no value, or a value is not
   *     finite
   */
  public Curves series(String name, double... y) {
    return series(name, IntStream.rangeClosed(1, y.length).asDoubleStream().toArray(), y);
  }

  /**
   * Adds a curve.
   *
   * @param name its name in the legend; not blank
   * @param x where its points lie, in the order in which they are joined; all finite
   * @param y their values; as many as {@code x}, at least one, all finite
   * @return this
   * @throws IllegalArgumentException if the name is blank, there is no value, the lengths differ,
   *     or a value is not finite
   */
  public Curves series(String name, double[] x, double[] y) {
    Require.text("the name of a curve", name);
    if (x.length != y.length || y.length == 0) {
      throw new IllegalArgumentException(
          "curve '%s' has %s x and %s y values; it needs as many of one as of the other, at least 1"
              .formatted(name, x.length, y.length));
    }
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      points.add(
          new Point(
              Require.finite("x[" + i + "] of curve '" + name + "'", x[i]),
              Require.finite("y[" + i + "] of curve '" + name + "'", y[i])));
    }
    series.add(new Series(name, points));
    return this;
  }

  /**
   * Adds a dashed horizontal line, named with its value at the right. The axis is widened to show
   * it.
   *
   * @param name what the line means, for example {@code "mean image"}
   * @param value where it lies; finite
   * @return this
   * @throws IllegalArgumentException if the name is blank or the value is not finite
   */
  public Curves reference(String name, double value) {
    references = references.with(name, value);
    return this;
  }

  /**
   * Names the y axis. Nothing by default.
   *
   * @param label the quantity with its unit
   * @return this
   */
  public Curves yLabel(String label) {
    yLabel = label;
    return this;
  }

  /**
   * Makes the y axis logarithmic, so that equal factors have equal heights. Linear by default.
   *
   * @return this
   */
  public Curves logScale() {
    log = true;
    return this;
  }

  /**
   * Sets the size of the area between the axes. 620 x 360 by default.
   *
   * @param width in pixels at scale 1; 80 to 10,000
   * @param height in pixels at scale 1; 80 to 10,000
   * @return this
   * @throws IllegalArgumentException if a side lies outside 80 to 10,000
   */
  public Curves size(int width, int height) {
    this.width = Require.inRange("width", width, 80, 10_000);
    this.height = Require.inRange("height", height, 80, 10_000);
    return this;
  }

  /**
   * Draws the chart.
   *
   * @return the picture
   * @throws IllegalStateException if there is no curve, or the axis is logarithmic and a value is
   *     not above zero
   */
  public Picture draw() {
    if (series.isEmpty()) {
      throw new IllegalStateException("a chart needs at least one curve; call series");
    }
    List<Series> curves = List.copyOf(series);
    ReferenceLines lines = references;
    List<Color> colors = Palette.of(curves.size());
    Plot plot = new Plot(xAxis(curves), yAxis(curves, lines), width, height);
    Block chart =
        plot.block(
            (g, area) -> {
              lines.paint(g, area);
              for (int i = 0; i < curves.size(); i++) {
                paintCurve(g, area, curves.get(i), colors.get(i));
              }
            });
    List<String> names = curves.stream().map(Series::name).toList();
    return sheet(
        Block.column(
            Theme.GAP,
            List.of(
                Legend.across(names, colors, width),
                Block.row(Theme.GAP, List.of(chart, lines.names(plot))))));
  }

  private Axis xAxis(List<Series> curves) {
    double[] all = points(curves).mapToDouble(Point::x).toArray();
    double min = Arrays.stream(all).min().orElseThrow();
    double max = Arrays.stream(all).max().orElseThrow();
    boolean whole = Arrays.stream(all).allMatch(x -> x == Math.rint(x));
    double padding = 0.02 * (max - min);
    return Axis.linear(xLabel, min - padding, max + padding, whole);
  }

  private Axis yAxis(List<Series> curves, ReferenceLines lines) {
    double[] all =
        DoubleStream.concat(points(curves).mapToDouble(Point::y), lines.values()).toArray();
    double min = Arrays.stream(all).min().orElseThrow();
    double max = Arrays.stream(all).max().orElseThrow();
    if (!log) {
      double padding = 0.05 * (max - min);
      return Axis.linear(yLabel, min - padding, max + padding, false);
    }
    if (min <= 0) {
      throw new IllegalStateException(
          "a logarithmic axis needs values above zero, but one is "
              + min
              + "; leave it out or drop logScale()");
    }
    double factor = Math.pow(max / min, 0.05);
    return Axis.logarithmic(yLabel, min / factor, max * factor);
  }

  private static Stream<Point> points(List<Series> curves) {
    return curves.stream().flatMap(curve -> curve.points.stream());
  }

  private static void paintCurve(Graphics2D g, Plot area, Series curve, Color color) {
    g.setColor(color);
    g.setStroke(Theme.CURVE);
    Path2D path = new Path2D.Double();
    for (Point point : curve.points) {
      double x = area.left(point.x);
      double y = area.top(point.y);
      if (path.getCurrentPoint() == null) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
      if (curve.points.size() <= MAX_DOTTED) {
        g.fill(new Ellipse2D.Double(x - DOT / 2, y - DOT / 2, DOT, DOT));
      }
    }
    g.draw(path);
  }

  @Override
  Curves self() {
    return this;
  }
}
