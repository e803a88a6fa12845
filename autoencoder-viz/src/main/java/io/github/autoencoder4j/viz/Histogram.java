package io.github.autoencoder4j.viz;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How values are distributed: densities in bins of equal width, with normal curves to compare.
 *
 * <pre>{@code
 * Picture latent =
 *     Histogram.over("latent value")
 *         .series("training codes", values) // float[]
 *         .normal("Gaussian fit", mean, std)
 *         .draw();
 * }</pre>
 *
 * <p>The area of each histogram is 1, whatever the number of its values, so that several compare.
 * Arrays are copied. Not safe for use by several threads; the picture is.
 */
public final class Histogram extends Figure<Histogram> {

  /** Not a record, since records of arrays do not compare as one expects. */
  private static final class Sample {
    private final String name;
    private final float[] values;

    Sample(String name, float[] values) {
      this.name = name;
      this.values = values.clone();
    }

    String name() {
      return name;
    }
  }

  private record Normal(String name, double mean, double std) {
    double density(double value) {
      double z = (value - mean) / std;
      return Math.exp(-z * z / 2) / (std * Math.sqrt(2 * Math.PI));
    }
  }

  private record Bins(double low, double width, List<Double> densities) {}

  private final String label;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Normal> normals = new ArrayList<>();
  private int bins = 60;
  private int width = 520;
  private int height = 300;

  private Histogram(String label) {
    this.label = label;
  }

  /**
   * Starts a histogram.
   *
   * @param label what the values are, with their unit
   * @return an empty histogram of 60 bins
   */
  public static Histogram over(String label) {
    return new Histogram(label);
  }

  /**
   * Adds the distribution of some values.
   *
   * @param name its name in the legend; not blank
   * @param values at least one, all finite
   * @return this
   * @throws IllegalArgumentException if the name is blank, there is no value, or a value is not
   *     finite
   */
  public Histogram series(String name, float... values) {
    Require.text("the name of a distribution", name);
    if (values.length == 0) {
      throw new IllegalArgumentException(
          "distribution '" + name + "' needs at least one value, but got none");
    }
    for (int i = 0; i < values.length; i++) {
      Require.finite("value " + i + " of distribution '" + name + "'", values[i]);
    }
    samples.add(new Sample(name, values));
    return this;
  }

  /**
   * Adds the density of a normal distribution as a curve.
   *
   * @param name its name in the legend; not blank
   * @param mean its mean; finite
   * @param std its standard deviation; finite and above 0
   * @return this
   * @throws IllegalArgumentException if the name is blank, a number is not finite, or {@code std}
   *     is not above 0
   */
  public Histogram normal(String name, double mean, double std) {
    Require.text("the name of a normal curve", name);
    Require.finite("the mean of '" + name + "'", mean);
    if (Require.finite("the standard deviation of '" + name + "'", std) <= 0) {
      throw new IllegalArgumentException(
          "the standard deviation of '" + name + "' must be above 0, but was " + std);
    }
    normals.add(new Normal(name, mean, std));
    return this;
  }

  /**
   * Sets the number of bins. 60 by default.
   *
   * @param count from the smallest to the largest value of all distributions; 1 to 10,000
   * @return this
   * @throws IllegalArgumentException if it lies outside 1 to 10,000
   */
  public Histogram bins(int count) {
    bins = Require.inRange("bins", count, 1, 10_000);
    return this;
  }

  /**
   * Sets the size of the area between the axes. 520 x 300 by default.
   *
   * @param width in pixels at scale 1; 80 to 10,000
   * @param height in pixels at scale 1; 80 to 10,000
   * @return this
   * @throws IllegalArgumentException if a side lies outside 80 to 10,000
   */
  public Histogram size(int width, int height) {
    this.width = Require.inRange("width", width, 80, 10_000);
    this.height = Require.inRange("height", height, 80, 10_000);
    return this;
  }

  /**
   * Draws the histogram.
   *
   * @return the picture
   * @throws IllegalStateException if there is no distribution of values
   */
  public Picture draw() {
    if (samples.isEmpty()) {
      throw new IllegalStateException("a histogram needs at least one distribution; call series");
    }
    Axis x = xAxis();
    List<Bins> counted = samples.stream().map(sample -> count(sample.values, x)).toList();
    List<Normal> curves = List.copyOf(normals);
    double highest =
        counted.stream().flatMap(b -> b.densities.stream()).max(Double::compare).orElseThrow();
    for (Normal curve : curves) {
      highest = Math.max(highest, curve.density(curve.mean));
    }
    List<String> names =
        Stream.concat(samples.stream().map(Sample::name), curves.stream().map(Normal::name))
            .toList();
    List<Color> colors = Palette.of(names.size());
    Plot plot = new Plot(x, Axis.linear("density", 0, 1.05 * highest, false), width, height);
    Block chart =
        plot.block(
            (g, area) -> {
              for (int i = 0; i < counted.size(); i++) {
                paintBins(g, area, counted.get(i), colors.get(i));
              }
              for (int i = 0; i < curves.size(); i++) {
                paintNormal(g, area, curves.get(i), colors.get(counted.size() + i));
              }
            });
    return sheet(Block.column(Theme.GAP, List.of(Legend.across(names, colors, width), chart)));
  }

  private Axis xAxis() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Sample sample : samples) {
      for (float value : sample.values) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return Axis.linear(label, min, max, false);
  }

  private Bins count(float[] values, Axis x) {
    double binWidth = (x.max() - x.min()) / bins;
    int[] counts = new int[bins];
    for (float value : values) {
      // The largest value belongs to the last bin, not to one beyond it.
      counts[Math.min(bins - 1, (int) (x.position(value) * bins))]++;
    }
    return new Bins(
        x.min(),
        binWidth,
        Arrays.stream(counts).mapToObj(n -> n / (values.length * binWidth)).toList());
  }

  private static void paintBins(Graphics2D g, Plot area, Bins bins, Color color) {
    Path2D outline = new Path2D.Double();
    outline.moveTo(area.left(bins.low), area.top(0));
    for (int i = 0; i < bins.densities.size(); i++) {
      double y = area.top(bins.densities.get(i));
      outline.lineTo(area.left(bins.low + i * bins.width), y);
      outline.lineTo(area.left(bins.low + (i + 1) * bins.width), y);
    }
    outline.lineTo(area.width(), area.top(0));
    g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 90));
    g.fill(outline);
    g.setColor(color);
    g.setStroke(Theme.HAIRLINE);
    g.draw(outline);
  }

  private static void paintNormal(Graphics2D g, Plot area, Normal normal, Color color) {
    Path2D path = new Path2D.Double();
    for (int pixel = 0; pixel <= area.width(); pixel++) {
      double value = area.x().min() + (area.x().max() - area.x().min()) * pixel / area.width();
      double y = area.top(normal.density(value));
      if (pixel == 0) {
        path.moveTo(pixel, y);
      } else {
        path.lineTo(pixel, y);
      }
    }
    g.setColor(color);
    g.setStroke(Theme.CURVE);
    g.draw(path);
  }

  @Override
  Histogram self() {
    return this;
  }
}
