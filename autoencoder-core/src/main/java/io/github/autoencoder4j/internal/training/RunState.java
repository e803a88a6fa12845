package io.github.autoencoder4j.internal.training;

import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.TrainingWarning;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run is: all that its next step depends on beside the network. Shuffles, noise and dropout
 * are functions of seed, epoch and step, so they need no state of their own.
 */
final class RunState {

  /** The steps the network had made when the run began. */
  int firstStep;

  /** The epoch that is being run, from 1; one more than there are when all are over. */
  int epoch = 1;

  /** How many batches of it are done. */
  int batch;

  /** The objectives of these batches, each times its size. */
  final ObjectiveMean sum = new ObjectiveMean();

  /** How many samples they had, where workers train in rounds; else 0. */
  int roundSamples;

  /** How long these batches took. */
  long nanos;

  double lastGoodLoss = Double.NaN;
  double bestLoss = Double.POSITIVE_INFINITY;
  int bestEpoch;

  /** The weights of the best epoch, at first those of the start. Replaced, never changed. */
  float[] bestParameters;

  /**
   * What the outer step of rounds remembers; empty if it remembers nothing. Replaced, never
   * changed.
   */
  float[] outerMemory = {};

  final List<EpochEnd> epochs = new ArrayList<>();
  final List<TrainingWarning> warnings = new ArrayList<>();

  RunState(int firstStep, float[] parameters) {
    this.firstStep = firstStep;
    this.bestParameters = parameters;
  }
}
