package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.metric.RankingQuality;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A table to judge scorers by, as the code published with "On Diffusion Modeling for Anomaly
 * Detection" (Livernoche et al., ICLR 2024) cuts it: the first half of the normal rows in file
 * order to fit to, the other half and all anomalies to judge.
 */
final class LabeledTable {

  private final String name;
  private final float[][] normal;
  private final float[][] test;
  private final boolean[] odd;

  private LabeledTable(String name, float[][] normal, float[][] test, boolean[] odd) {
    this.name = name;
    this.normal = normal;
    this.test = test;
    this.odd = odd;
  }

  /** Reads a gzipped file of numbers with a header, whose last column is 0 for normal rows. */
  static LabeledTable read(Path file) throws IOException {
    List<float[]> normal = new ArrayList<>();
    List<float[]> anomalies = new ArrayList<>();
    int line = 1;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      int columns = String.valueOf(lines.readLine()).split(",", -1).length - 1;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        line++;
        String[] fields = text.split(",", -1);
        if (fields.length != columns + 1) {
          throw new IOException(
              "%s, line %s: %s fields, but the header has %s"
                  .formatted(file, line, fields.length, columns + 1));
        }
        float[] row = new float[columns];
        for (int j = 0; j < columns; j++) {
          row[j] = Float.parseFloat(fields[j]);
        }
        (Double.parseDouble(fields[columns]) == 0 ? normal : anomalies).add(row);
      }
    } catch (NumberFormatException e) {
      throw new IOException("%s, line %s: %s".formatted(file, line, e.getMessage()), e);
    }
    int half = normal.size() / 2;
    List<float[]> test = new ArrayList<>(normal.subList(half, normal.size()));
    boolean[] odd = new boolean[test.size() + anomalies.size()];
    Arrays.fill(odd, test.size(), odd.length, true);
    test.addAll(anomalies);
    return new LabeledTable(
        file.getFileName().toString().replaceFirst("\\.csv\\.gz$", ""),
        normal.subList(0, half).toArray(float[][]::new),
        test.toArray(float[][]::new),
        odd);
  }

  String name() {
    return name;
  }

  /** The rows to fit to. */
  float[][] normal() {
    return normal;
  }

  /** The rows to judge. */
  float[][] test() {
    return test;
  }

  /** How well scores rank the anomalies before the normal rows: AUROC in %. */
  double auroc(double[] scores) {
    return 100 * RankingQuality.of(scores, odd).auroc();
  }
}
