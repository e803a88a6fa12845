package io.github.autoencoder4j.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Bars in groups, with error bars: a few figures of a few models side by side.
 *
 * <pre>{@code
 * Picture l2 =
 *     Bars.of("filled share", "recognised share") // the groups, from the left
 *         .series("without L2", means, stds) // double[], one value a group
 *         .series("with L2", l2Means, l2Stds)
 *         .subtitle("mean ± standard deviation over 3 seeds")
 *         .draw();
 * }</pre>
 *
 * <p>Bars start at zero, so that their lengths compare. Arrays are copied. Not safe for use by
 * several threads; the picture is.
 */
public final class Bars extends Figure<Bars> {

  private static final double GROUP_SHARE = 0.72;
  private static final int CAP = 8;
  private static final int MIN_WIDTH = 240;

  private record Bar(double value, double error) {}

  private record Series(String name, List<Bar> bars) {}

  private final List<String> groups;
  private final List<Series> series = new ArrayList<>();
  private ReferenceLines references = new ReferenceLines();
  private String yLabel = "";
  private int height = 320;

  private Bars(List<String> groups) {
    this.groups = groups;
  }

  /**
   * Starts a bar chart.
   *
   * @param groups what the groups of bars stand for, from the left; at least one
   * @return an empty chart
   * @throws IllegalArgumentException if there is no group or a name is blank
   */
  public static Bars of(String... groups) {
    if (groups.length == 0) {
      throw new IllegalArgumentException("a bar chart needs at least one group, but got none");
    }
    for (String group : groups) {
      Require.text("the name of a group", group);
    }
    return new Bars(List.of(groups));
  }

  /**
   * Adds one bar to each group, without error bars.
   *
   * @param name its name in the legend; not blank
   * @param values one a group; all finite
   * @return this
   * @throws IllegalArgumentException if the name is blank, the values are not as many as the
   *     groups, or one is not finite
   */
  public Bars series(String name, double... values) {
    return series(name, values, new double[values.length]);
  }

  /**
   * Adds one bar to each group, with error bars.
   *
   * @param name its name in the legend; not blank
   * @param values one a group; all finite
   * @param errors how far the error bar reaches to either side, one a group; finite, at least 0; 0
   *     draws none
   * @return this
   * @throws IllegalArgumentException if the name is blank, the values or errors are not as many as
   *     the groups, one is not finite, or an error is negative
   */
  public Bars series(String name, double[] values, double[] errors) {
    Require.text("the name of a series of bars", name);
    if (values.length != groups.size() || errors.length != groups.size()) {
      throw new IllegalArgumentException(
          "series '%s' has %s values and %s errors for %s groups; give one of each for each group"
              .formatted(name, values.length, errors.length, groups.size()));
    }
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      double value = Require.finite("value " + i + " of series '" + name + "'", values[i]);
      double error = Require.finite("error " + i + " of series '" + name + "'", errors[i]);
      if (error < 0) {
        throw new IllegalArgumentException(
            "error %s of series '%s' must be at least 0, but was %s".formatted(i, name, error));
      }
      bars.add(new Bar(value, error));
    }
    series.add(new Series(name, bars));
    return this;
  }

  /**
   * Adds a dashed horizontal line, named with its value at the right, such as a baseline.
   *
   * @param name what the line means
   * @param value where it lies; finite
   * @return this
   * @throws IllegalArgumentException if the name is blank or the value is not finite
   */
  public Bars reference(String name, double value) {
    references = references.with(name, value);
    return this;
  }

  /**
   * Names the y axis. Nothing by default.
   *
   * @param label the quantity with its unit
   * @return this
   */
  public Bars yLabel(String label) {
    yLabel = label;
    return this;
  }

  /**
   * Sets the height of the area between the axes; the width follows from the bars. 320 by default.
   *
   * @param pixels at scale 1; 80 to 10,000
   * @return this
   * @throws IllegalArgumentException if it lies outside 80 to 10,000
   */
  public Bars height(int pixels) {
    height = Require.inRange("height", pixels, 80, 10_000);
    return this;
  }

  /**
   * Draws the chart.
   *
   * @return the picture
   * @throws IllegalStateException if there is no series
   */
  public Picture draw() {
    if (series.isEmpty()) {
      throw new IllegalStateException("a bar chart needs at least one series; call series");
    }
    List<Series> shown = List.copyOf(series);
    ReferenceLines lines = references;
    List<Color> colors = Palette.of(shown.size());
    List<String> names = shown.stream().map(Series::name).toList();
    int width = Math.max(MIN_WIDTH, groups.size() * groupWidth(shown));
    Plot plot = new Plot(Axis.categories("", groups), yAxis(shown, lines), width, height);
    Block chart =
        plot.block(
            (g, area) -> {
              for (int i = 0; i < shown.size(); i++) {
                paintBars(g, area, shown.get(i).bars, colors.get(i), i, shown.size());
              }
              g.setColor(Theme.FRAME);
              g.setStroke(Theme.HAIRLINE);
              g.draw(new Line2D.Double(0, area.top(0), area.width(), area.top(0)));
              lines.paint(g, area);
              for (int i = 0; i < shown.size(); i++) {
                paintValues(g, area, shown.get(i).bars, i, shown.size());
              }
            });
    return sheet(
        Block.column(
            Theme.GAP,
            List.of(
                Legend.across(names, colors, width),
                Block.row(Theme.GAP, List.of(chart, lines.names(plot))))));
  }

  /** Wide enough for the name of each group, and for the value above each bar. */
  private int groupWidth(List<Series> shown) {
    List<String> texts = bars(shown).map(bar -> Numbers.compact(bar.value)).toList();
    int bar = Math.max(44, Lettering.widest(texts, TextStyle.CAPTION) + Theme.GAP);
    int needed = (int) Math.ceil(bar * shown.size() / GROUP_SHARE);
    return Math.max(needed, Lettering.widest(groups, TextStyle.TICK) + Theme.MARGIN);
  }

  private Axis yAxis(List<Series> shown, ReferenceLines lines) {
    double[] reached =
        DoubleStream.concat(
                DoubleStream.concat(DoubleStream.of(0), lines.values()),
                bars(shown)
                    .flatMapToDouble(b -> DoubleStream.of(b.value - b.error, b.value + b.error)))
            .sorted()
            .toArray();
    double min = reached[0];
    double max = reached[reached.length - 1];
    // Room for the value that stands at the end of the longest bar.
    double room = (max - min) * 1.6 * Lettering.height(TextStyle.CAPTION) / height;
    return Axis.linear(yLabel, min < 0 ? min - room : 0, max > 0 ? max + room : 0, false);
  }

  private static Stream<Bar> bars(List<Series> shown) {
    return shown.stream().flatMap(s -> s.bars.stream());
  }

  private static void paintBars(
      Graphics2D g, Plot area, List<Bar> bars, Color color, int index, int count) {
    double width = area.width() * GROUP_SHARE / bars.size() / count;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double middle = middle(area, i, bars.size(), index, count);
      double from = area.top(Math.max(0, bar.value));
      double to = area.top(Math.min(0, bar.value));
      g.setColor(color);
      g.fill(new Rectangle2D.Double(middle - width / 2 + 1.5, from, width - 3, to - from));
      if (bar.error > 0) {
        double low = area.top(bar.value - bar.error);
        double high = area.top(bar.value + bar.error);
        g.setColor(Theme.INK);
        g.setStroke(new BasicStroke(1.4f));
        g.draw(new Line2D.Double(middle, low, middle, high));
        g.draw(new Line2D.Double(middle - CAP / 2.0, low, middle + CAP / 2.0, low));
        g.draw(new Line2D.Double(middle - CAP / 2.0, high, middle + CAP / 2.0, high));
      }
    }
  }

  /** On a white rim, because reference lines may run behind. */
  private static void paintValues(Graphics2D g, Plot area, List<Bar> bars, int index, int count) {
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double top =
          bar.value < 0
              ? area.top(bar.value - bar.error) + 2
              : area.top(bar.value + bar.error) - Lettering.height(TextStyle.CAPTION) - 2;
      double middle = middle(area, i, bars.size(), index, count);
      Lettering.drawHaloed(g, Numbers.compact(bar.value), TextStyle.CAPTION, middle, top);
    }
  }

  private static double middle(Plot area, int group, int groups, int index, int count) {
    double share = (1 - GROUP_SHARE) / 2 + GROUP_SHARE * (index + 0.5) / count;
    return area.width() * (group + share) / groups;
  }

  @Override
  Bars self() {
    return this;
  }
}
