package io.github.autoencoder4j.training;

import java.util.List;

/**
 * A run was resumed from a checkpoint.
 *
 * @param epoch the epoch that is trained next, from 1; one more than were asked for if the run was
 *     over already
 * @param batches how many batches of that epoch had been trained
 * @param finished the epochs that had been finished, in order; immutable
 */
public record Resumption(int epoch, int batches, List<EpochEnd> finished) {

  /**
   * Copies the list.
   *
   * @param epoch the epoch that is trained next, from 1; one more than were asked for if the run
   *     was over already
   * @param batches how many batches of that epoch had been trained
   * @param finished the epochs that had been finished, in order; immutable
   */
  public Resumption {
    finished = List.copyOf(finished);
  }
}
