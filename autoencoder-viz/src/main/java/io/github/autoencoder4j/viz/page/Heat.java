package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.viz.ColorMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The cells of a heat map: their words, and colours on which these can be read. */
final class Heat {

  private Heat() {}

  static List<List<Map<String, String>>> cells(double[][] values) {
    double[] all =
        Arrays.stream(values).flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    double min = Arrays.stream(all).min().orElse(0);
    double max = Arrays.stream(all).max().orElse(0);
    List<List<Map<String, String>>> rows = new ArrayList<>();
    for (double[] row : values) {
      List<Map<String, String>> cells = new ArrayList<>();
      for (double value : row) {
        cells.add(cell(value, min, max));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static Map<String, String> cell(double value, double min, double max) {
    if (!Double.isFinite(value)) {
      return Map.of("text", String.valueOf(value), "style", "");
    }
    int rgb = ColorMap.VIRIDIS.rgb(max > min ? (value - min) / (max - min) : 0.5);
    double light = 0.299 * (rgb >> 16) + 0.587 * ((rgb >> 8) & 0xff) + 0.114 * (rgb & 0xff);
    return Map.of(
        "text", String.format(Locale.ROOT, "%.4g", value),
        "style",
            String.format(
                Locale.ROOT, "background:#%06x;color:%s", rgb, light > 115 ? "#000" : "#fff"));
  }
}
