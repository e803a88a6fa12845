package io.github.autoencoder4j.internal.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Resumption;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressReportTest {

  private final StringBuilder out = new StringBuilder();
  private long now;

  private ProgressReport report(boolean live) {
    return new ProgressReport(out, live, 6_000, 20, () -> now);
  }

  private void pass(int seconds) {
    now += seconds * 1_000_000_000L;
  }

  private static EpochEnd epoch(int number, OptionalDouble validation) {
    return new EpochEnd(
        number, 20, 0.123456789, validation, 0, 1e-3, Duration.ofMillis(1_500), Map.of(), Map.of());
  }

  @Test
  void writesALineForEachEpochWithThePaceAndTheTimeLeft() {
    ProgressReport report = report(false);
    pass(10);
    report.onBatchEnd(new BatchEnd(1, 20, 1, 2, 20, 0.5));
    report.onEpochEnd(epoch(1, OptionalDouble.of(0.25)));
    pass(10);
    report.onEpochEnd(epoch(2, OptionalDouble.empty()));
    pass(180);
    report.onEpochEnd(epoch(20, OptionalDouble.empty()));
    assertThat(out.toString().lines())
        .containsExactly(
            "epoch  1/20  loss 0.12346  validation 0.25000  4,000 samples/s  3:10 left",
            "epoch  2/20  loss 0.12346  4,000 samples/s  3:00 left",
            "epoch 20/20  loss 0.12346  4,000 samples/s");
  }

  @Test
  void aLineOnATerminalChangesWithTheBatchesButNotTooOften() {
    ProgressReport report = report(true);
    report.onBatchEnd(new BatchEnd(1, 20, 1, 40, 20, 0.5));
    assertThat(out).isEmpty();
    pass(1);
    report.onBatchEnd(new BatchEnd(1, 20, 2, 40, 20, 0.5));
    report.onBatchEnd(new BatchEnd(1, 20, 3, 40, 20, 0.5));
    String line = "epoch  1/20  batch 2/40  loss 0.50000  6:39 left";
    assertThat(out).hasToString("\r" + line);
    out.setLength(0);
    pass(19);
    report.onEpochEnd(epoch(1, OptionalDouble.empty()));
    assertThat(out.toString()).startsWith("\repoch  1/20  loss 0.12346").endsWith("\n");
    // Nothing of the longer line is left.
    assertThat(out.toString().strip().length()).isGreaterThanOrEqualTo(line.length());
  }

  @Test
  void theTimeLeftOfAResumedRunGoesByItsOwnPace() {
    ProgressReport report = report(false);
    report.onResume(new Resumption(19, 0, List.of()));
    pass(5_000);
    report.onEpochEnd(epoch(19, OptionalDouble.empty()));
    assertThat(out.toString().lines())
        .containsExactly(
            "resumed in epoch 19 after 0 batches",
            "epoch 19/20  loss 0.12346  4,000 samples/s  1:23:20 left");
  }

  @Test
  void tellsWarningsAndHowItEnded() {
    ProgressReport report = report(false);
    report.onWarning(new TrainingWarning(TrainingWarning.Kind.COLLAPSE, "all outputs are alike"));
    report.onEnd(new History(List.of(), 3, true, StopReason.EARLY_STOPPED, List.of()));
    report.onEnd(new History(List.of(), 0, false, StopReason.CANCELLED, List.of()));
    report.onEnd(new History(List.of(), 0, false, StopReason.COMPLETED, List.of()));
    assertThat(out.toString().lines())
        .containsExactly(
            "warning: all outputs are alike",
            "stopped early",
            "the weights of epoch 3, the best, are in place",
            "cancelled");
  }

  @Test
  void isSilentOnceItCannotBeWritten() {
    int[] tries = {0};
    Appendable broken =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            tries[0]++;
            throw new IOException("broken pipe");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text);
          }

          @Override
          public Appendable append(char character) throws IOException {
            return append("");
          }
        };
    ProgressReport report = new ProgressReport(broken, false, 1, 20, () -> 0);
    report.onEpochEnd(epoch(1, OptionalDouble.empty()));
    report.onEpochEnd(epoch(2, OptionalDouble.empty()));
    assertThat(tries[0]).isEqualTo(1);
  }
}
