package io.github.autoencoder4j.examples.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autoencoder4j.anomaly.AnomalyBaselines;
import io.github.autoencoder4j.random.RandomStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TableProofTest {

  private static final Path SETS = Path.of("../../shared/data/adbench");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine command = TableProof.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }

  /** Seven columns that follow from three numbers in normal rows, and one that is constant. */
  private void write(String name, int rows) throws IOException {
    RandomStream random = RandomStream.of(1, name);
    try (PrintStream table =
        new PrintStream(
            new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))),
            false,
            StandardCharsets.UTF_8)) {
      table.println("a,b,c,d,e,f,g,constant,label");
      for (int i = 0; i < rows; i++) {
        boolean odd = i % 10 == 9;
        double[] x = row(random);
        for (int j = 0; j < x.length; j++) {
          // Of an anomaly each column is that of another normal row.
          double value = odd ? row(random)[j] : x[j];
          table.print((float) ((j == 1 ? 100 : 1) * value) + ",");
        }
        table.println("7," + (odd ? 1 : 0));
      }
    }
  }

  private static double[] row(RandomStream random) {
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double c = random.nextGaussian();
    return new double[] {a, b, c, a + b, b - c, Math.sin(a) + c, a + b + c};
  }

  @Test
  void printsATableThatOursLeadsWhereColumnsDependOnEachOther() throws IOException {
    write("small.csv.gz", 900);
    Path markdown = folder.resolve("table.md");
    assertThat(run("--sets", folder.toString(), "--seeds", "2", "--markdown", markdown.toString()))
        .as(err.toString())
        .isZero();
    List<String> lines = Files.readAllLines(markdown);
    assertThat(out.toString()).contains(lines.get(0), lines.get(2), lines.get(3));
    assertThat(lines.get(2)).startsWith("| small | 900 | 8 | ");
    assertThat(lines.get(3)).startsWith("| **mean** |");
    assertThat(lines.get(5)).matches("Ours by seed: [0-9.]+, [0-9.]+; [0-9]+ s\\.");
    String[] cells = lines.get(2).split("\\s*\\|\\s*", -1);
    double norm = Double.parseDouble(cells[4]);
    double ours = Double.parseDouble(cells[8]);
    assertThat(norm).isLessThan(75);
    assertThat(ours).isGreaterThan(85);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(run("--sets", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there is none at");
    assertThat(run("--sets", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there is no file NAME.csv.gz");
    assertThat(run("--sets", folder.toString(), "--seeds", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--seeds must be at least 1, but was 0");
    try (GZIPOutputStream table =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("torn.csv.gz")))) {
      table.write("a,b,label\n1,2,0\n1,0\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(run("--sets", folder.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("line 3: 2 fields, but the header has 3");
  }

  @Test
  void onARealTableTheAutoencoderFindsWhatNeighboursDoNot() throws IOException {
    Path file = SETS.resolve("wilt.csv.gz");
    assumeTrue(Files.exists(file), () -> "no table at " + file.toAbsolutePath());
    LabeledTable table = LabeledTable.read(file);
    assertThat(
            table.auroc(AnomalyBaselines.nearestNeighbor(table.normal(), 5).scores(table.test())))
        .isCloseTo(63.66, within(0.05));
    TableRecipe.Scores scores = TableRecipe.fit(table.normal(), 1).scores(table.test());
    assertThat(table.auroc(scores.sum)).isGreaterThan(75);
  }
}
