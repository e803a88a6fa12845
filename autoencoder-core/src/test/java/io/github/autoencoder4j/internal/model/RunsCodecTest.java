package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.model.TrainingRun;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The history that a file keeps. */
class RunsCodecTest {

  @TempDir private Path directory;

  private static EpochEnd epoch(int number, OptionalDouble validation, double rate) {
    return new EpochEnd(
        number,
        9,
        0.1 / number,
        validation,
        1e-300,
        rate,
        Duration.ofNanos(1_234_567_890_123L),
        Map.of(),
        Map.of());
  }

  private static TrainingRun run(
      List<EpochEnd> epochs, StopReason reason, List<TrainingWarning> warnings) {
    return new TrainingRun(
        60_000,
        "ab".repeat(32),
        9,
        128,
        Double.POSITIVE_INFINITY,
        3,
        true,
        OptionalInt.of(4),
        new History(epochs, epochs.size(), true, reason, warnings));
  }

  private List<TrainingRun> writtenAndRead(List<TrainingRun> runs) throws IOException {
    ContainerWriter writer = new ContainerWriter();
    RunsCodec.write(new Lineage(false, runs), writer);
    Path file = directory.resolve("runs");
    try (OutputStream out = Files.newOutputStream(file)) {
      writer.writeTo(out);
    }
    try (ContainerReader reader = ContainerReader.open(file)) {
      double[] table = RunsCodec.table(reader);
      reader.readAll(tensor -> DoubleBuffer.wrap(table));
      return RunsCodec.read(reader, table).runs();
    }
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void comesBackAsItWas(StopReason reason) throws IOException {
    List<TrainingWarning> warnings = new ArrayList<>();
    for (TrainingWarning.Kind kind : TrainingWarning.Kind.values()) {
      warnings.add(new TrainingWarning(kind, "\"quoted\"\n\u00e4\ud83d\ude00"));
    }
    List<TrainingRun> runs =
        List.of(
            run(
                List.of(
                    epoch(1, OptionalDouble.of(Math.PI), 1e-3),
                    epoch(2, OptionalDouble.empty(), Double.NaN)),
                reason,
                warnings),
            run(List.of(), reason, List.of()));
    assertThat(writtenAndRead(runs)).isEqualTo(runs);
  }

  @Test
  void aModelWithoutRunsHasNone() throws IOException {
    assertThat(writtenAndRead(List.of())).isEmpty();
  }

  @Test
  void theLatestEpochsAreKept() throws IOException {
    List<EpochEnd> many = new ArrayList<>();
    for (int i = 1; i <= RunsCodec.MAX_EPOCHS; i++) {
      many.add(epoch(i, OptionalDouble.empty(), 1e-3));
    }
    TrainingRun early = run(many, StopReason.COMPLETED, List.of());
    TrainingRun late = run(many.subList(0, 7), StopReason.COMPLETED, List.of());
    List<TrainingRun> read = writtenAndRead(List.of(early, late));
    assertThat(read.get(0).history().epochs()).isEqualTo(many.subList(7, many.size()));
    assertThat(read.get(1)).isEqualTo(late);
  }

  @Test
  void noWarningIsTooLongForAFile() throws IOException {
    TrainingWarning warning =
        new TrainingWarning(TrainingWarning.Kind.COLLAPSE, "x".repeat(100_000));
    List<TrainingRun> runs = new ArrayList<>();
    for (int i = 0; i < RunsCodec.MAX_RUNS; i++) {
      runs.add(run(List.of(), StopReason.COMPLETED, List.of(warning)));
    }
    List<TrainingRun> read = writtenAndRead(runs);
    assertThat(read).hasSize(RunsCodec.MAX_RUNS);
    assertThat(read.get(0).history().warnings().get(0).message()).matches("x+");
  }

  @Test
  void manyWarningsLeaveRoomForFewerRuns() throws IOException {
    TrainingWarning warning =
        new TrainingWarning(TrainingWarning.Kind.COLLAPSE, "\u0001".repeat(1000));
    TrainingRun loud = run(List.of(), StopReason.COMPLETED, Collections.nCopies(999, warning));
    List<TrainingRun> read = writtenAndRead(Collections.nCopies(RunsCodec.MAX_RUNS, loud));
    assertThat(read).hasSize(1);
    assertThat(read.get(0).history().warnings()).hasSize(RunsCodec.MAX_WARNINGS);
  }
}
