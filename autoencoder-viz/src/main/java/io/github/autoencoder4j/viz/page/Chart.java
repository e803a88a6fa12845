package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.training.EpochEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A chart in a page: values under the pointer are read out, a click in the legend hides a series,
 * dragging zooms in and a double click out again.
 *
 * <pre>{@code
 * Chart.lines("SNR in dB", "PSNR in dB").series("autoencoder", snr, psnr).series("linear", snr, line);
 * Chart.bars("model", "recall", "plain", "noisy").series("", recall, standardErrors);
 * Chart.histogram("value of a code", codes);
 * }</pre>
 *
 * <p>Numbers that are not finite are left out, and the chart says how many. Not safe for use by
 * several threads.
 */
public final class Chart {

  private static final int MAX_POINTS = 4_000;

  private final String kind;
  private final String xLabel;
  private final String yLabel;
  private final List<String> names;
  private final Map<String, Map<Double, double[]>> series = new LinkedHashMap<>();
  private long leftOut;

  private Chart(String kind, String xLabel, String yLabel, List<String> names) {
    this.kind = kind;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.names = names;
  }

  /**
   * Starts a chart of lines.
   *
   * @param xLabel what they run over, with its unit
   * @param yLabel what they show, with its unit
   * @return a chart without lines
   */
  public static Chart lines(String xLabel, String yLabel) {
    return new Chart("lines", xLabel, yLabel, List.of());
  }

  /**
   * Starts a chart of bars side by side.
   *
   * @param xLabel what is compared
   * @param yLabel what the bars show, with its unit
   * @param names one a bar
   * @return a chart without bars
   */
  public static Chart bars(String xLabel, String yLabel, String... names) {
    return new Chart("bars", xLabel, yLabel, List.of(names));
  }

  /**
   * Counts values in bins of one width: as many as the square root of their number, 10 to 60.
   *
   * @param xLabel what the values are, with their unit
   * @param values any number of them
   * @return a chart of their counts
   */
  public static Chart histogram(String xLabel, double... values) {
    Chart chart = new Chart("histogram", xLabel, "", List.of());
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    chart.leftOut = (long) values.length - finite.length;
    if (finite.length == 0) {
      return chart;
    }
    double min = Arrays.stream(finite).min().orElseThrow();
    double max = Arrays.stream(finite).max().orElseThrow();
    int bins = Math.max(10, Math.min(60, (int) Math.sqrt(finite.length)));
    double width = max > min ? (max - min) / bins : 1;
    double[] counts = new double[bins];
    for (double value : finite) {
      counts[Math.min(bins - 1, (int) ((value - min) / width))]++;
    }
    Map<Double, double[]> points = chart.series.computeIfAbsent("", name -> new LinkedHashMap<>());
    for (int i = 0; i < bins; i++) {
      points.put(min + (i + 0.5) * width, new double[] {counts[i]});
    }
    return chart;
  }

  /** The loss of training and validation by epoch, and each term of the objective. */
  static Chart of(List<EpochEnd> epochs) {
    Chart chart = lines("epoch", "loss");
    Set<String> terms = new LinkedHashSet<>();
    epochs.forEach(epoch -> terms.addAll(epoch.trainingTerms().keySet()));
    chart.epochs(
        "training", epochs.stream().map(e -> OptionalDouble.of(e.trainingLoss())).toList());
    chart.epochs("validation", epochs.stream().map(EpochEnd::validationLoss).toList());
    for (String term : terms) {
      chart.epochs(
          term + ", training", epochs.stream().map(e -> find(e.trainingTerms(), term)).toList());
      chart.epochs(
          term + ", validation",
          epochs.stream().map(e -> find(e.validationTerms(), term)).toList());
    }
    return chart;
  }

  private static OptionalDouble find(Map<String, Double> terms, String name) {
    Double value = terms.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private void epochs(String name, List<OptionalDouble> values) {
    double[] x =
        IntStream.range(0, values.size())
            .filter(i -> values.get(i).isPresent())
            .mapToDouble(i -> i + 1)
            .toArray();
    if (x.length > 0) {
      series(name, x, Arrays.stream(x).map(e -> values.get((int) e - 1).orElseThrow()).toArray());
    }
  }

  /**
   * Adds a line.
   *
   * @param name for the legend
   * @param x where its points lie
   * @param y their values
   * @return this
   * @throws IllegalArgumentException if the lengths differ
   */
  public Chart series(String name, double[] x, double[] y) {
    return add(name, x, y, null);
  }

  /**
   * Adds a bar for each name, or a line over 1, 2, 3 and so on.
   *
   * @param name for the legend
   * @param y their values
   * @return this
   * @throws IllegalArgumentException if there are not as many as names of bars
   */
  public Chart series(String name, double... y) {
    return add(name, positions(y.length), y, null);
  }

  /**
   * Adds a bar for each name, with its error.
   *
   * @param name for the legend
   * @param y their values
   * @param errors how far each may be off to both sides, such as its standard error
   * @return this
   * @throws IllegalArgumentException if the lengths differ
   */
  public Chart barsWithErrors(String name, double[] y, double[] errors) {
    return add(name, positions(y.length), y, errors);
  }

  private static double[] positions(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }

  private Chart add(String name, double[] x, double[] y, double @Nullable [] errors) {
    int wanted = kind.equals("bars") ? names.size() : x.length;
    if (y.length != wanted || x.length != wanted || (errors != null && errors.length != wanted)) {
      throw new IllegalArgumentException(
          "series '%s' has %s values, but the chart needs %s of it"
              .formatted(name, y.length, wanted));
    }
    if (series.containsKey(name)) {
      throw new IllegalArgumentException(
          "the chart has a series '" + name + "' already; give each a name of its own");
    }
    Map<Double, double[]> points = new LinkedHashMap<>();
    // More points than a screen has pixels are no more to be seen.
    int step = Math.max(1, (x.length + MAX_POINTS - 1) / MAX_POINTS);
    for (int i = 0; i < x.length; i += step) {
      double error = errors == null ? 0 : errors[i];
      if (DoubleStream.of(x[i], y[i], error).allMatch(Double::isFinite)) {
        points.put(x[i], errors == null ? new double[] {y[i]} : new double[] {y[i], error});
      } else {
        leftOut++;
      }
    }
    series.put(name, points);
    return this;
  }

  /** What the page's script draws it from: columns over all places, with gaps. */
  Map<String, Object> describe() {
    Set<Double> places = new TreeSet<>();
    series.values().forEach(points -> places.addAll(points.keySet()));
    List<Object> columns = new ArrayList<>();
    series.forEach(
        (name, points) ->
            columns.add(
                Map.of(
                    "name",
                    name,
                    "y",
                    column(places, points, 0),
                    "error",
                    column(places, points, 1))));
    return Map.of(
        "kind", kind, "xLabel", xLabel, "yLabel", yLabel, "names", names, "x", places, "series",
        columns);
  }

  private static List<@Nullable Double> column(
      Set<Double> places, Map<Double, double[]> points, int index) {
    List<@Nullable Double> column = new ArrayList<>();
    for (double place : places) {
      double[] values = points.get(place);
      column.add(values == null || values.length <= index ? null : values[index]);
    }
    return column;
  }

  /** Whether there is nothing to draw. */
  boolean isEmpty() {
    return series.values().stream().allMatch(Map::isEmpty);
  }

  /** How many numbers were not finite. */
  long leftOut() {
    return leftOut;
  }
}
