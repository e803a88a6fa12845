package io.github.autoencoder4j.internal.training;

/** How the steps of an epoch are made: batch by batch here, or in rounds elsewhere. */
interface Course {

  /** How long an epoch is. */
  Extent extent();

  /**
   * Makes the steps of the epoch that are left, and tells the watch.
   *
   * @return false if the run was cancelled before its end
   * @throws InterruptedException if it was interrupted
   */
  boolean finishEpoch(Watch watch) throws InterruptedException;
}
