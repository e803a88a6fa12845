package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.model.TrainingRun;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model came by its weights. Immutable.
 *
 * @param imported whether they were imported, before the first of the runs
 * @param runs the runs of training behind them, in order
 */
public record Lineage(boolean imported, List<TrainingRun> runs) {

  /** Of weights that nobody imported or trained. */
  public static final Lineage NONE = new Lineage(false, List.of());

  /** Of weights that were imported and not trained since. */
  public static final Lineage IMPORTED = new Lineage(true, List.of());

  /**
   * Copies the list.
   *
   * @param imported whether they were imported, before the first of the runs
   * @param runs the runs of training behind them, in order
   */
  public Lineage {
    runs = List.copyOf(runs);
  }

  /**
   * Adds a run.
   *
   * @param run the latest
   * @return a new lineage
   */
  public Lineage with(TrainingRun run) {
    List<TrainingRun> all = new ArrayList<>(runs);
    all.add(run);
    return new Lineage(imported, all);
  }
}
