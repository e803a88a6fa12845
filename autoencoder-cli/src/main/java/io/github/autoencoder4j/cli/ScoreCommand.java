package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Writes how odd each sample is, with its p-value, as a row of a CSV file.",
      "Normal samples that the model was not trained on say what is odd."
    })
final class ScoreCommand implements Callable<Integer> {

  @Mixin private final ModelAndData input = new ModelAndData();
  @Mixin private final Answer answer = new Answer();

  @Option(
      names = "--normal",
      required = true,
      paramLabel = "DATA",
      description = "Normal samples that the model was not trained on, at least 40.")
  private @Nullable Path normal;

  @Option(
      names = "--alarms",
      paramLabel = "RATE",
      description =
          "The share of normal samples that may be called anomalies (default: ${DEFAULT-VALUE}).")
  private double rate = 0.01;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.csv",
      description = "Where the scores go.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "--alarms must lie between 0 and 1, such as 0.01, but was " + rate);
    }
    try (Autoencoder model = input.model()) {
      Data data = input.data(model);
      Anomalies anomalies =
          Anomalies.fit(model, Data.of(Objects.requireNonNull(normal), model).samples());
      double[] scores = anomalies.scores(data.samples());
      double[] chances = anomalies.calibration().pValues(scores);
      RowsFile.write(
          Objects.requireNonNull(out),
          List.of("sample", "score", "p-value", "anomaly"),
          writer -> {
            for (int i = 0; i < scores.length; i++) {
              writer.write(i + 1, scores[i], chances[i], chances[i] <= rate);
            }
          });
      data.report(answer);
      answer
          .put("anomalies", (int) Arrays.stream(chances).filter(p -> p <= rate).count())
          .put("false alarm rate", rate)
          .put("written", out.toString())
          .print();
      return 0;
    }
  }
}
