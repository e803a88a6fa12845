package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.study.StudyResult;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a study by setting: a thin line for each seed, so that pairs can be followed, and
 * their mean with its standard deviation.
 *
 * <pre>{@code
 * Picture sizes =
 *     StudyPlot.of(result, "loss") // StudyResult<Integer>, by numbers of the code
 *         .labels("numbers in a code", "cross-entropy per pixel")
 *         .beside("PCA", pca) // double[], one value a setting
 *         .mark("knee", result.knee("loss", 0.95))
 *         .draw();
 * }</pre>
 *
 * <p>Settings stand at equal distances in the order of the study. Not safe for use by several
 * threads; the picture is.
 *
 * @param <S> what was varied
 */
public final class StudyPlot<S> extends Figure<StudyPlot<S>> {

  private static final double DOT = 9;
  private static final double SEED_DOT = 4;
  private static final int CAP = 10;
  private static final int HEIGHT = 320;
  private static final int MIN_WIDTH = 320;
  private static final int ROOM = 84;
  private static final double PADDING = 0.08;
  private static final BasicStroke THIN = new BasicStroke(1f);

  /** Values by setting, joined by a line. */
  private record Line(String name, List<Double> values) {

    static Line of(String name, double[] values) {
      return new Line(name, Arrays.stream(values).boxed().toList());
    }
  }

  private final StudyResult<S> result;
  private final String figure;

  /** By setting, and there by seed. */
  private final double[][] values;

  private final List<Line> others = new ArrayList<>();
  private String xLabel = "";
  private String yLabel;
  private String mark = "";
  private @Nullable S marked;

  private StudyPlot(StudyResult<S> result, String figure) {
    this.result = result;
    this.figure = figure;
    this.yLabel = figure;
    this.values =
        result.settings().stream()
            .map(setting -> result.values(figure, setting))
            .toArray(double[][]::new);
    for (double[] bySeed : values) {
      Require.finiteCopy("the values of \"" + figure + "\"", bySeed);
    }
  }

  /**
   * Starts a plot.
   *
   * @param <S> what was varied
   * @param result what a study measured
   * @param figure one of its figures; all its values finite
   * @return a plot with the name of the figure at its y axis
   * @throws IllegalArgumentException if the study has no such figure, or a value is not finite
   */
  public static <S> StudyPlot<S> of(StudyResult<S> result, String figure) {
    return new StudyPlot<>(result, figure);
  }

  /**
   * Names the axes. By default the y axis has the name of the figure, and the x axis none.
   *
   * @param x what is varied, with its unit
   * @param y what was measured, with its unit
   * @return this
   */
  public StudyPlot<S> labels(String x, String y) {
    xLabel = Objects.requireNonNull(x, "x");
    yLabel = Objects.requireNonNull(y, "y");
    return this;
  }

  /**
   * Adds a line of something that has no seeds, such as a baseline.
   *
   * @param name its name in the legend; not blank
   * @param values one a setting, in their order; all finite
   * @return this
   * @throws IllegalArgumentException if the name is blank, there are not as many values as settings
   *     or one is not finite
   */
  public StudyPlot<S> beside(String name, double... values) {
    Require.text("the name of a line", name);
    if (values.length != result.settings().size()) {
      throw new IllegalArgumentException(
          "line '%s' has %s values, but the study has %s settings; give one for each"
              .formatted(name, values.length, result.settings().size()));
    }
    others.add(Line.of(name, Require.finiteCopy("line '" + name + "'", values)));
    return this;
  }

  /**
   * Marks a setting by a dashed upright line, such as the knee.
   *
   * @param name what it is; not blank
   * @param setting one of the study's
   * @return this
   * @throws IllegalArgumentException if the name is blank or the study has no such setting
   */
  public StudyPlot<S> mark(String name, S setting) {
    if (!result.settings().contains(setting)) {
      throw new IllegalArgumentException(
          "the study has no setting %s to mark; there are %s"
              .formatted(setting, result.settings()));
    }
    mark = Require.text("the name of a mark", name);
    marked = setting;
    return this;
  }

  /**
   * Draws the plot.
   *
   * @return the picture
   */
  public Picture draw() {
    List<Line> lines = new ArrayList<>();
    double[] means =
        result.settings().stream().mapToDouble(setting -> result.mean(figure, setting)).toArray();
    int seeds = values[0].length;
    lines.add(Line.of(seeds == 1 ? "one seed" : "mean of " + seeds + " seeds", means));
    lines.addAll(others);
    double[] deviations =
        result.settings().stream()
            .mapToDouble(setting -> result.standardDeviation(figure, setting))
            .toArray();
    List<Color> colors = Palette.of(lines.size());
    List<String> names = result.settings().stream().map(Object::toString).toList();
    int width =
        Math.max(
            MIN_WIDTH,
            names.size() * Math.max(ROOM, Lettering.widest(names, TextStyle.TICK) + Theme.MARGIN));
    Plot plot =
        new Plot(Axis.categories(xLabel, names), yAxis(lines, means, deviations), width, HEIGHT);
    OptionalInt place =
        IntStream.range(0, names.size())
            .filter(i -> result.settings().get(i).equals(marked))
            .findFirst();
    String words = mark;
    Block chart =
        plot.block(
            (g, area) -> {
              place.ifPresent(i -> paintMark(g, area, i, words));
              if (seeds > 1) {
                paintSeeds(g, area);
              }
              for (int i = lines.size() - 1; i >= 0; i--) {
                paintLine(g, area, lines.get(i).values, colors.get(i));
              }
              if (seeds > 1) {
                paintDeviations(g, area, means, deviations, colors.get(0));
              }
            });
    List<String> legend = new ArrayList<>(lines.stream().map(Line::name).toList());
    List<Color> swatches = new ArrayList<>(colors);
    if (seeds > 1) {
      legend.add(1, "each seed");
      swatches.add(1, Theme.FRAME);
    }
    return sheet(Block.column(Theme.GAP, List.of(Legend.across(legend, swatches, width), chart)));
  }

  private Axis yAxis(List<Line> lines, double[] means, double[] deviations) {
    List<Double> all = new ArrayList<>();
    lines.forEach(line -> all.addAll(line.values));
    for (int i = 0; i < values.length; i++) {
      Arrays.stream(values[i]).forEach(all::add);
      if (values[i].length > 1) {
        all.add(means[i] - deviations[i]);
        all.add(means[i] + deviations[i]);
      }
    }
    double min = Collections.min(all);
    double max = Collections.max(all);
    double padding = PADDING * (max - min);
    return Axis.linear(yLabel, min - padding, max + padding, false);
  }

  private static double middle(Plot area, int setting) {
    return area.left(setting + 0.5);
  }

  private static void paintMark(Graphics2D g, Plot area, int setting, String words) {
    double x = middle(area, setting);
    g.setColor(Theme.MUTED);
    g.setStroke(Theme.DASHES);
    g.draw(new Line2D.Double(x, 0, x, area.height()));
    Lettering.draw(g, words, TextStyle.TICK, x + Theme.GAP / 2.0, Theme.GAP / 2.0);
  }

  private void paintSeeds(Graphics2D g, Plot area) {
    g.setColor(Theme.FRAME);
    g.setStroke(THIN);
    for (int seed = 0; seed < values[0].length; seed++) {
      int one = seed;
      paintPath(g, area, Arrays.stream(values).map(each -> each[one]).toList(), SEED_DOT);
    }
  }

  private static void paintLine(Graphics2D g, Plot area, List<Double> line, Color color) {
    g.setColor(color);
    g.setStroke(Theme.CURVE);
    paintPath(g, area, line, DOT);
  }

  private static void paintPath(Graphics2D g, Plot area, List<Double> line, double dot) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < line.size(); i++) {
      double x = middle(area, i);
      double y = area.top(line.get(i));
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
      g.fill(new Ellipse2D.Double(x - dot / 2, y - dot / 2, dot, dot));
    }
    g.draw(path);
  }

  private static void paintDeviations(
      Graphics2D g, Plot area, double[] means, double[] deviations, Color color) {
    g.setColor(color);
    g.setStroke(Theme.CURVE);
    for (int i = 0; i < means.length; i++) {
      double x = middle(area, i);
      double low = area.top(means[i] - deviations[i]);
      double high = area.top(means[i] + deviations[i]);
      g.draw(new Line2D.Double(x, low, x, high));
      g.draw(new Line2D.Double(x - CAP / 2.0, low, x + CAP / 2.0, low));
      g.draw(new Line2D.Double(x - CAP / 2.0, high, x + CAP / 2.0, high));
    }
  }

  @Override
  StudyPlot<S> self() {
    return this;
  }
}
