package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.anomaly.AnomalyBaselines;
import io.github.autoencoder4j.anomaly.AnomalyScorer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Anomalies in tables: the AUROC of simple scorers and of one recipe with autoencoders on each set
 * of a folder, such as those of ADBench (Han et al., NeurIPS 2022).
 */
@Command(
    name = "lab tables",
    mixinStandardHelpOptions = true,
    description = "Judges scorers of anomalies on tables: AUROC in %, and the mean over all sets.")
public final class TableProof implements Callable<Integer> {

  private static final List<String> SCORERS =
      List.of(
          "norm", "PCA residual", "Mahalanobis", "5-NN", "ours", "residual alone", "code alone");

  private static final int BASELINES = 4;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--sets",
      required = true,
      paramLabel = "DIR",
      description =
          "A folder of NAME.csv.gz: a header, then numbers; the last column is 0 for normal rows.")
  private Path sets = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How often ours is trained, with seeds 1 to N (default: ${DEFAULT-VALUE}).")
  private int seeds = 1;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Where to write the table, too.")
  private @Nullable Path markdown;

  private TableProof() {}

  /**
   * Runs a command line to its end.
   *
   * @param args the options, see {@code --help}
   * @return 0 if all went well, 1 if a set cannot be read, 2 if the command line is wrong
   */
  public static int execute(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new TableProof());
  }

  /** The AUROC of every scorer on one set. */
  private static final class Line {

    final String name;
    final int rows;
    final int columns;
    final double[] baselines;
    final double[][] ours;

    Line(String name, int rows, int columns, double[] baselines, double[][] ours) {
      this.name = name;
      this.rows = rows;
      this.columns = columns;
      this.baselines = baselines;
      this.ours = ours;
    }

    /** One value a scorer; of ours the mean over seeds. */
    double[] values() {
      double[] values = Arrays.copyOf(baselines, SCORERS.size());
      for (double[] seed : ours) {
        for (int i = 0; i < seed.length; i++) {
          values[BASELINES + i] += seed[i] / ours.length;
        }
      }
      return values;
    }
  }

  @Override
  public Integer call() throws IOException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (seeds < 1) {
      throw new ParameterException(
          command.commandLine(), "--seeds must be at least 1, but was " + seeds);
    }
    List<Path> files = files(command);
    PrintWriter out = command.commandLine().getOut();
    long start = System.nanoTime();
    List<String> text = new ArrayList<>();
    text.add("| set | rows | columns | " + String.join(" | ", SCORERS) + " |");
    text.add("|---|---|---|" + String.join("", Collections.nCopies(SCORERS.size(), "---|")));
    text.forEach(out::println);
    List<Line> lines = new ArrayList<>();
    for (Path file : files) {
      Line line = judge(LabeledTable.read(file));
      lines.add(line);
      text.add(row(line.name, line.rows + " | " + line.columns, line.values()));
      out.println(text.get(text.size() - 1));
      out.flush();
    }
    double[] means = new double[SCORERS.size()];
    Arrays.setAll(means, i -> mean(lines, line -> line.values()[i]));
    text.add(row("**mean**", " | ", means));
    out.println(text.get(text.size() - 1));
    String seconds = String.format(Locale.ROOT, "%.0f s", (System.nanoTime() - start) / 1e9);
    String spread =
        "Ours by seed: %s; %s."
            .formatted(
                IntStream.range(0, seeds)
                    .mapToObj(
                        seed ->
                            String.format(
                                Locale.ROOT, "%.2f", mean(lines, line -> line.ours[seed][0])))
                    .collect(Collectors.joining(", ")),
                seconds);
    out.println();
    out.println(spread);
    out.flush();
    if (markdown != null) {
      text.add("");
      text.add(spread);
      Files.write(markdown, text);
    }
    return 0;
  }

  private List<Path> files(CommandSpec command) throws IOException {
    if (!Files.isDirectory(sets)) {
      throw new ParameterException(
          command.commandLine(), "--sets must be a folder, but there is none at " + sets);
    }
    try (Stream<Path> all = Files.list(sets)) {
      List<Path> files = all.filter(file -> file.toString().endsWith(".csv.gz")).sorted().toList();
      if (files.isEmpty()) {
        throw new ParameterException(
            command.commandLine(), "there is no file NAME.csv.gz in " + sets);
      }
      return files;
    }
  }

  private Line judge(LabeledTable table) {
    List<AnomalyScorer> scorers =
        List.of(
            AnomalyBaselines.squaredNorm(table.normal()),
            AnomalyBaselines.pcaResidual(table.normal(), 0.9),
            AnomalyBaselines.mahalanobis(table.normal()),
            AnomalyBaselines.nearestNeighbor(table.normal(), 5));
    double[][] ours = new double[seeds][];
    for (int seed = 0; seed < seeds; seed++) {
      TableRecipe.Scores scores = TableRecipe.fit(table.normal(), seed + 1).scores(table.test());
      ours[seed] =
          Stream.of(scores.sum, scores.residual, scores.code).mapToDouble(table::auroc).toArray();
    }
    return new Line(
        table.name(),
        table.normal().length + table.test().length,
        table.normal()[0].length,
        scorers.stream().mapToDouble(scorer -> table.auroc(scorer.scores(table.test()))).toArray(),
        ours);
  }

  private static double mean(List<Line> lines, ToDoubleFunction<Line> value) {
    return lines.stream().mapToDouble(value).average().orElseThrow();
  }

  private static String row(String name, String size, double[] values) {
    return "| "
        + name
        + " | "
        + size
        + Arrays.stream(values)
            .mapToObj(value -> String.format(Locale.ROOT, " | %.2f", value))
            .collect(Collectors.joining())
        + " |";
  }
}
