package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.study.StudyResult;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.viz.Picture;
import io.github.autoencoder4j.viz.page.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a task has found so far. Written to {@code results.json} as it is. */
final class TaskResult {

  /** How far a task came. */
  enum Status {
    RUNNING,
    DONE,
    INTERRUPTED,
    FAILED
  }

  /**
   * A figure that was promised.
   *
   * @param atLeast whether more is better; else less is
   */
  record Bar(double value, double bar, boolean atLeast, boolean passed) {}

  /** A picture or a page, by its path below the output folder. */
  record Shown(String path, Text caption) {}

  /** Two pictures of equal size, with the words for each. */
  record Compared(Text beforeName, Picture before, Text afterName, Picture after, Text caption) {}

  /**
   * A figure of a study.
   *
   * @param <S> what was varied
   * @param comparedWith the setting that each is compared with; itself for none
   */
  record Studied<S>(StudyResult<S> result, String figure, UnaryOperator<S> comparedWith) {}

  final LabTask task;
  final Map<String, Object> metrics = new LinkedHashMap<>();
  final Map<String, Bar> bars = new LinkedHashMap<>();
  final List<Shown> pictures = new ArrayList<>();
  final List<Compared> comparisons = new ArrayList<>();
  final List<Studied<?>> studies = new ArrayList<>();
  final List<Shown> explorers = new ArrayList<>();
  final List<String> listings = new ArrayList<>();
  final List<Text> notes = new ArrayList<>();
  final Map<String, History> histories = new LinkedHashMap<>();
  Status status = Status.RUNNING;
  double seconds;
  @Nullable Text observation;

  TaskResult(LabTask task) {
    this.task = task;
  }
}
