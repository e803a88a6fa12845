package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.study.Study;
import io.github.autoencoder4j.study.StudyResult;
import io.github.autoencoder4j.viz.StudyPlot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/**
 * Settings that a task compares over the same seeds, and what came of them. Every result is kept in
 * the folder of the task as soon as it is there, so that a long study can be resumed.
 *
 * @param <S> what is varied
 */
public final class TaskStudy<S> {

  private final TaskRun lab;
  private final StudyResult<S> result;
  private final long[] seeds;
  private final Function<S, String> key;
  private final UnaryOperator<S> comparedWith;

  private TaskStudy(
      TaskRun lab,
      StudyResult<S> result,
      long[] seeds,
      Function<S, String> key,
      UnaryOperator<S> comparedWith) {
    this.lab = lab;
    this.result = result;
    this.seeds = seeds;
    this.key = key;
    this.comparedWith = comparedWith;
  }

  /**
   * A study before it is run.
   *
   * @param <S> what is varied
   * @param lab the task's view of the run
   * @param name what is varied, and all that the results depend on beside it
   * @param journal where results are kept
   * @param resumes whether results of a run before count
   * @param settings from the cheapest to the most expensive
   * @param count how many seeds, from that of the run on
   */
  record Plan<S>(
      TaskRun lab, String name, Path journal, boolean resumes, List<S> settings, int count) {

    TaskStudy<S> run(
        Function<S, String> key, UnaryOperator<S> comparedWith, Study.Experiment<S> experiment) {
      long[] seeds = LongStream.range(0, count).map(i -> lab.seed() + i).toArray();
      try {
        Files.createDirectories(journal.getParent());
        if (!resumes) {
          Files.deleteIfExists(journal);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make room for the results in " + journal, e);
      }
      StudyResult<S> result =
          Study.of(name, settings)
              .seeds(seeds)
              .journal(journal)
              .run(
                  (setting, seed) -> {
                    Map<String, Double> figures = experiment.run(setting, seed);
                    // What is half trained must not count as a result when the study is resumed.
                    if (lab.cancelled()) {
                      lab.note("lab.study.kept");
                      throw new CancellationException("interrupted");
                    }
                    return figures;
                  });
      return new TaskStudy<>(lab, result, seeds, key, comparedWith);
    }
  }

  /**
   * Gives what was measured.
   *
   * @return all figures of all settings and seeds
   */
  public StudyResult<S> result() {
    return result;
  }

  /**
   * Tells how often each setting was trained.
   *
   * @return at least 1; nothing can be said of differences from one seed
   */
  public int seeds() {
    return seeds.length;
  }

  /**
   * Reports a figure: its values by seed, their mean and standard deviation, the difference from
   * the setting that each is compared with and half its interval of 95 %, a table and a plot. What
   * the plot shows says the message {@code <task>.picture.study-<figure>}.
   *
   * @param figure one that was measured
   */
  public void report(String figure) {
    report(figure, plot(figure));
  }

  /**
   * Reports a figure with a plot of its own.
   *
   * @param figure one that was measured
   * @param plot of that figure
   */
  public void report(String figure, StudyPlot<S> plot) {
    for (S setting : result.settings()) {
      double[] values = result.values(figure, setting);
      for (int i = 0; i < seeds.length; i++) {
        lab.metric(figure + "@" + key.apply(setting) + ",seed=" + seeds[i], values[i]);
      }
    }
    for (S setting : result.settings()) {
      String at = "@" + key.apply(setting);
      lab.metric(figure + ".mean" + at, result.mean(figure, setting));
      if (seeds.length > 1) {
        lab.metric(figure + ".std" + at, result.standardDeviation(figure, setting));
        S other = comparedWith.apply(setting);
        if (!other.equals(setting)) {
          Difference difference = result.compare(figure, other, setting);
          lab.metric(figure + ".difference" + at, difference.after() - difference.before());
          lab.metric(figure + ".margin" + at, difference.margin());
        }
      }
    }
    lab.picture("study-" + figure, plot.draw());
    lab.studied(new TaskResult.Studied<>(result, figure, comparedWith));
  }

  /**
   * Starts the plot of a figure.
   *
   * @param figure one that was measured
   * @return a plot that can be added to
   */
  public StudyPlot<S> plot(String figure) {
    return StudyPlot.of(result, figure);
  }
}
