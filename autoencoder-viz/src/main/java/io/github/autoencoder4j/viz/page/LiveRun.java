package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Resumption;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.TrainingWarning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is known of one run so far, and how a page says it. */
final class LiveRun {

  private final List<TrainingWarning> warnings = new ArrayList<>();
  private final BatchLosses losses = new BatchLosses();
  private List<EpochEnd> epochs = new ArrayList<>();
  private @Nullable Resumption resumption;
  private @Nullable BatchEnd last;
  private @Nullable History history;
  private @Nullable Throwable failure;

  /** Where the run stood at its first batch that was seen, and when that was. */
  private double firstDone;

  private long firstNanos;
  private long lastNanos;

  /** Samples trained on since then, and since the pace was last asked for. */
  private long samples;

  private long paceNanos;
  private long paceSamples;

  void resumed(Resumption event) {
    resumption = event;
    epochs = new ArrayList<>(event.finished());
  }

  void batch(BatchEnd event, long nanos) {
    double done = event.epoch() - 1 + (double) event.batch() / event.batches();
    if (last == null) {
      firstDone = done;
      firstNanos = nanos;
      paceNanos = nanos;
    } else {
      samples += event.samples();
    }
    last = event;
    lastNanos = nanos;
    losses.add(done, event.loss());
  }

  void epoch(EpochEnd event) {
    epochs.add(event);
  }

  void warning(TrainingWarning warning) {
    warnings.add(warning);
  }

  void withdrawn(TrainingWarning warning) {
    warnings.remove(warning);
  }

  void ended(History all) {
    history = all;
    epochs = new ArrayList<>(all.epochs());
  }

  void failed(Throwable cause) {
    failure = cause;
  }

  boolean isOver() {
    return history != null || failure != null;
  }

  /** The epoch that the weights are from, from 1; 0 if there are none, or an error has ended it. */
  int weightsEpoch() {
    if (last == null || failure != null) {
      return 0;
    }
    return history != null && history.restoredBest() ? history.bestEpoch() : last.epoch();
  }

  /** What the head of the page says now. */
  LiveState state(Instant now, Duration refresh) {
    String mood = "running";
    if (history != null && history.stopReason() != StopReason.CANCELLED) {
      mood = "done";
    } else if (isOver()) {
      mood = "failed";
    }
    return new LiveState(mood, doing(), details(), done(), now, isOver() ? null : refresh);
  }

  private int epoch() {
    return last == null ? Math.max(1, epochs.size()) : last.epoch();
  }

  private int asked() {
    if (last != null) {
      return last.epochs();
    }
    return epochs.isEmpty() ? 1 : epochs.get(epochs.size() - 1).epochs();
  }

  private Text doing() {
    if (history != null) {
      return switch (history.stopReason()) {
        case COMPLETED -> Messages.text("live.completed", epochs.size());
        case EARLY_STOPPED -> Messages.text("live.early", epochs.size(), asked());
        case CANCELLED -> Messages.text("live.cancelled", epoch(), asked());
      };
    }
    if (failure instanceof DivergenceException diverged) {
      return Messages.text("live.diverged", diverged.epoch(), asked());
    }
    if (failure != null) {
      return Messages.text("live.failed", epoch(), asked());
    }
    return last == null
        ? Messages.text("live.waiting")
        : Messages.text("live.training", last.epoch(), asked(), last.batch(), last.batches());
  }

  private List<Text> details() {
    List<Text> details = new ArrayList<>();
    if (failure instanceof DivergenceException) {
      details.add(Text.of(String.valueOf(failure.getMessage())));
    } else if (failure != null) {
      details.add(Text.of(failure.toString()));
    }
    if (resumption != null) {
      details.add(Messages.text("live.resumed", resumption.epoch(), resumption.batches()));
    }
    epochs.stream()
        .min(Comparator.comparingDouble(EpochEnd::monitoredLoss))
        .ifPresent(
            best ->
                details.add(
                    Messages.text(
                        history != null && history.restoredBest() ? "live.restored" : "live.best",
                        best.epoch(),
                        loss(best.monitoredLoss()))));
    return details;
  }

  private double done() {
    if (history != null && history.stopReason() != StopReason.CANCELLED) {
      return 1;
    }
    if (last == null) {
      return Math.min(1, (double) epochs.size() / asked());
    }
    return (last.epoch() - 1 + (double) last.batch() / last.batches()) / last.epochs();
  }

  /** Adds figures, curves and warnings. */
  void describe(Report report) {
    if (last != null) {
      long elapsed = lastNanos - firstNanos;
      boolean over = isOver();
      double pace =
          over || lastNanos == paceNanos
              ? samples / (elapsed / 1e9)
              : (samples - paceSamples) / ((lastNanos - paceNanos) / 1e9);
      if (elapsed > 0) {
        fact(report, "live.pace", String.format(Locale.ROOT, "%,.0f", pace));
        double share = last.epoch() - 1 + (double) last.batch() / last.batches() - firstDone;
        if (!over && share > 0) {
          double rest = last.epochs() - firstDone - share;
          fact(report, "live.left", clock(elapsed / share * rest));
        }
      }
      fact(report, "live.elapsed", clock((double) elapsed));
      paceNanos = lastNanos;
      paceSamples = samples;
    }
    if (!epochs.isEmpty()) {
      EpochEnd epoch = epochs.get(epochs.size() - 1);
      fact(report, "live.train_loss", loss(epoch.trainingLoss()));
      epoch.validationLoss().ifPresent(held -> fact(report, "live.held_loss", loss(held)));
      if (Double.isFinite(epoch.learningRate())) {
        fact(report, "live.rate", String.format(Locale.ROOT, "%.3g", epoch.learningRate()));
      }
    }
    for (TrainingWarning warning : warnings) {
      report.warning(Text.of(warning.message()));
    }
    if (!epochs.isEmpty()) {
      report.chart(Chart.of(epochs), Messages.text("live.epochs"));
    }
    if (last != null) {
      report.chart(
          losses.chart(),
          losses.perPoint() == 1
              ? Messages.text("live.each_batch")
              : Messages.text("live.batches", losses.perPoint()));
    }
  }

  private static void fact(Report report, String name, String value) {
    report.fact(Messages.text(name), Text.of(value));
  }

  private static String loss(double loss) {
    return String.format(Locale.ROOT, "%.5g", loss);
  }

  /** As minutes and seconds, with hours where there are any. */
  private static String clock(double nanos) {
    long seconds = Math.round(nanos / 1e9);
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
