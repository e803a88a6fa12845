package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingWarning;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how a training run goes: a bar on a terminal, a line an epoch elsewhere. */
final class TrainingProgress implements TrainingListener {

  /** Told by whoever starts the JVM: Java 17 cannot ask whether standard error is a terminal. */
  private static final boolean ON_TERMINAL = Boolean.getBoolean("lab.terminal");

  private final String name;
  private final Consumer<History> ended;
  private @Nullable ProgressBar bar;

  TrainingProgress(String name, Consumer<History> ended) {
    this.name = name;
    this.ended = ended;
  }

  @Override
  public void onBatchEnd(BatchEnd event) {
    if (!ON_TERMINAL) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setInitialMax((long) event.epochs() * event.batches() * event.samples())
              .setUnit(" images", 1)
              .showSpeed()
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
    }
    bar.stepBy(event.samples());
  }

  @Override
  public void onEpochEnd(EpochEnd event) {
    String loss = String.format(Locale.ROOT, "loss %.4f", event.trainingLoss());
    if (bar != null) {
      bar.setExtraMessage(loss);
    } else {
      System.err.printf(
          Locale.ROOT,
          "%s: epoch %d of %d, %s, %.1f s%n",
          name,
          event.epoch(),
          event.epochs(),
          loss,
          event.duration().toNanos() / 1e9);
    }
  }

  @Override
  public void onWarning(TrainingWarning warning) {
    System.err.printf("%s: %s: %s%n", name, warning.kind(), warning.message());
  }

  @Override
  public void onEnd(History history) {
    if (bar != null) {
      bar.close();
    }
    ended.accept(history);
  }
}
