package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Resumption;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import java.io.Flushable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line about every epoch of one run and, to a terminal, one that changes with the batches.
 * A report that cannot be written any more is worth a warning, not the run.
 */
public final class ProgressReport implements TrainingListener {

  private static final Logger LOG = LoggerFactory.getLogger(ProgressReport.class);

  /** A terminal need not be written to more often. */
  private static final long PAUSE_NANOS = 200_000_000;

  private final Appendable out;
  private final boolean live;
  private final int samples;
  private final int epochs;
  private final LongSupplier clock;
  private final long start;

  /** Where the run stood, in epochs, when this report began. */
  private double resumedAt;

  private long lastLine;

  /** How long the line is that the next one takes the place of. */
  private int transientLength;

  private boolean broken;

  ProgressReport(Appendable out, boolean live, int samples, int epochs, LongSupplier clock) {
    this.out = out;
    this.live = live;
    this.samples = samples;
    this.epochs = epochs;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.lastLine = start;
  }

  /**
   * Begins a report.
   *
   * @param settings of a run that is about to begin
   * @param samples how many an epoch has
   * @return empty if none is wanted
   */
  public static Optional<TrainingListener> of(Training settings, int samples) {
    return settings
        .progressTarget()
        .map(
            out ->
                new ProgressReport(
                    out,
                    settings.showsLiveProgress(),
                    samples,
                    settings.epochs(),
                    System::nanoTime));
  }

  @Override
  public void onResume(Resumption event) {
    resumedAt = event.epoch() - 1;
    line(
        event.epoch() > epochs
            ? "resumed a run that is over"
            : String.format(
                Locale.ROOT,
                "resumed in epoch %d after %d batches",
                event.epoch(),
                event.batches()));
  }

  @Override
  public void onBatchEnd(BatchEnd event) {
    long now = clock.getAsLong();
    if (!live || now - lastLine < PAUSE_NANOS) {
      return;
    }
    lastLine = now;
    double done = event.epoch() - 1 + (double) event.batch() / event.batches();
    String text =
        String.format(
            Locale.ROOT,
            "%s  batch %d/%d  loss %.5g%s",
            epoch(event.epoch()),
            event.batch(),
            event.batches(),
            event.loss(),
            left(done));
    write("\r" + padded(text));
    transientLength = text.length();
  }

  @Override
  public void onEpochEnd(EpochEnd event) {
    StringBuilder text = new StringBuilder(epoch(event.epoch()));
    text.append(String.format(Locale.ROOT, "  loss %.5g", event.trainingLoss()));
    event
        .validationLoss()
        .ifPresent(loss -> text.append(String.format(Locale.ROOT, "  validation %.5g", loss)));
    double seconds = Math.max(1e-9, event.duration().toNanos() / 1e9);
    text.append(String.format(Locale.ROOT, "  %,.0f samples/s", samples / seconds));
    text.append(left(event.epoch()));
    line(text.toString());
  }

  @Override
  public void onWarning(TrainingWarning warning) {
    line("warning: " + warning.message());
  }

  @Override
  public void onEnd(History history) {
    if (history.stopReason() == StopReason.CANCELLED) {
      line("cancelled");
    } else if (history.stopReason() == StopReason.EARLY_STOPPED) {
      line("stopped early");
    }
    if (history.restoredBest()) {
      line(
          String.format(
              Locale.ROOT, "the weights of epoch %d, the best, are in place", history.bestEpoch()));
    }
  }

  private String epoch(int number) {
    int width = String.valueOf(epochs).length();
    return String.format(Locale.ROOT, "epoch %" + width + "d/%d", number, epochs);
  }

  /** How long the rest will take at the pace so far; nothing at the end. */
  private String left(double done) {
    double share = done - resumedAt;
    if (share <= 0 || done >= epochs) {
      return "";
    }
    double nanos = (clock.getAsLong() - start) / share * (epochs - done);
    long seconds = Math.round(nanos / 1e9);
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "  %d:%02d:%02d left", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "  %d:%02d left", seconds / 60, seconds % 60);
  }

  private void line(String text) {
    write((transientLength > 0 ? "\r" : "") + padded(text) + System.lineSeparator());
    transientLength = 0;
  }

  /** Covers what is left of a longer line below it. */
  private String padded(String text) {
    return text + " ".repeat(Math.max(0, transientLength - text.length()));
  }

  private void write(String text) {
    if (broken) {
      return;
    }
    try {
      out.append(text);
      if (out instanceof Flushable flushable) {
        flushable.flush();
      }
    } catch (IOException e) {
      broken = true;
      LOG.warn("the progress of a run cannot be written any more; the run continues", e);
    }
  }
}
