package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.random.RandomStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of simple scorers on 20 sets of ADBench (Han et al., NeurIPS 2022), under the
 * protocol of the code published with "On Diffusion Modeling for Anomaly Detection" (Livernoche et
 * al., ICLR 2024): fit to the first half of the normal rows in file order, judge the other half and
 * all anomalies. The published mean of 5-NN is 79.22.
 */
class TableFiguresTest {

  private static final Path SETS = Path.of("../../shared/data/adbench");

  @Test
  void theMeansOverTwentyTablesAreThosePublished() throws IOException {
    assumeTrue(Files.isDirectory(SETS), () -> "no tables in " + SETS.toAbsolutePath());
    List<Table> tables = new ArrayList<>();
    try (Stream<Path> files = Files.list(SETS)) {
      for (Path file : files.sorted().toList()) {
        tables.add(Table.read(file));
      }
    }
    assertThat(tables).hasSize(20);
    assertThat(mean(tables, rows -> AnomalyBaselines.nearestNeighbor(rows, 5)))
        .isCloseTo(79.21, within(0.05));
    assertThat(mean(tables, AnomalyBaselines::squaredNorm)).isCloseTo(71.23, within(0.05));
    assertThat(mean(tables, AnomalyBaselines::mahalanobis)).isCloseTo(76.96, within(0.05));
    assertThat(mean(tables, rows -> AnomalyBaselines.pcaResidual(rows, 0.9)))
        .isCloseTo(71.3, within(0.05));
  }

  @Test
  void aSmallTableHasTheFiguresOfTheDefinitions(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("small.csv.gz");
    RandomStream random = RandomStream.of(1, "table");
    try (PrintStream out =
        new PrintStream(
            new GZIPOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8)) {
      out.println("a,b,c,anomaly");
      for (int i = 0; i < 121; i++) {
        boolean odd = i % 6 == 5;
        double common = random.nextGaussian();
        double a = common + 0.5 * random.nextGaussian();
        double b = 10 * ((odd ? -1 : 1) * common + 0.5 * random.nextGaussian()) + 50;
        out.println((float) a + "," + (float) b + ",3," + (odd ? 1 : 0));
      }
    }
    Table table = Table.read(file);
    assertThat(table.normal).hasDimensions(50, 3);
    assertThat(table.test).hasDimensions(71, 3);

    double[][] train = standardized(table.normal, table.normal);
    double[][] test = standardized(table.test, table.normal);
    double[] norms = Arrays.stream(test).mapToDouble(TableFiguresTest::square).toArray();
    double[] neighbors =
        Arrays.stream(test)
            .mapToDouble(
                x ->
                    Arrays.stream(train)
                        .mapToDouble(y -> square(new double[] {x[0] - y[0], x[1] - y[1], 0}))
                        .sorted()
                        .toArray()[4])
            .toArray();
    // Two standardised columns: the covariance is (1, c; c, 1).
    double c = Arrays.stream(train).mapToDouble(x -> x[0] * x[1]).average().orElseThrow();
    double[] mahalanobis =
        Arrays.stream(test)
            .mapToDouble(x -> (x[0] * x[0] - 2 * c * x[0] * x[1] + x[1] * x[1]) / (1 - c * c))
            .toArray();

    assertThat(table.auroc(AnomalyBaselines::squaredNorm)).isEqualTo(table.auroc(norms));
    assertThat(table.auroc(rows -> AnomalyBaselines.nearestNeighbor(rows, 5)))
        .isEqualTo(table.auroc(neighbors));
    assertThat(table.auroc(AnomalyBaselines::mahalanobis)).isEqualTo(table.auroc(mahalanobis));
    assertThat(table.auroc(mahalanobis)).isGreaterThan(table.auroc(norms) + 5);
  }

  private static double mean(List<Table> tables, Function<float[][], AnomalyScorer> fit) {
    return tables.stream().mapToDouble(table -> table.auroc(fit)).average().orElseThrow();
  }

  private static double square(double[] x) {
    return x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
  }

  private static double[][] standardized(float[][] rows, float[][] by) {
    double[][] standardized = new double[rows.length][by[0].length];
    for (int j = 0; j < by[0].length; j++) {
      int column = j;
      double mean = Arrays.stream(by).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(by).mapToDouble(r -> Math.pow(r[column] - mean, 2)).average().orElseThrow();
      for (int i = 0; i < rows.length; i++) {
        standardized[i][j] = (rows[i][j] - mean) / (variance > 0 ? Math.sqrt(variance) : 1);
      }
    }
    return standardized;
  }

  /** Normal rows to fit to, and others with their labels. */
  private static final class Table {

    private final float[][] normal;
    private final float[][] test;
    private final boolean[] odd;

    Table(float[][] normal, float[][] test, boolean[] odd) {
      this.normal = normal;
      this.test = test;
      this.odd = odd;
    }

    /** Of a gzipped file with a header whose last column is the label. */
    static Table read(Path file) throws IOException {
      List<float[]> normal = new ArrayList<>();
      List<float[]> odd = new ArrayList<>();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] fields = line.split(",", -1);
          float[] row = new float[fields.length - 1];
          for (int j = 0; j < row.length; j++) {
            row[j] = Float.parseFloat(fields[j]);
          }
          (Double.parseDouble(fields[row.length]) == 0 ? normal : odd).add(row);
        }
      }
      int half = normal.size() / 2;
      List<float[]> test = new ArrayList<>(normal.subList(half, normal.size()));
      boolean[] labels = new boolean[test.size() + odd.size()];
      Arrays.fill(labels, test.size(), labels.length, true);
      test.addAll(odd);
      return new Table(
          normal.subList(0, half).toArray(float[][]::new), test.toArray(float[][]::new), labels);
    }

    double auroc(Function<float[][], AnomalyScorer> fit) {
      return auroc(fit.apply(normal).scores(test));
    }

    /** In %. */
    double auroc(double[] scores) {
      return 100 * RankingQuality.of(scores, odd).auroc();
    }
  }
}
