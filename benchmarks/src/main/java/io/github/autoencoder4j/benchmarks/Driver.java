package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one peer after another do each job, round after round, so that whatever slows the machine
 * for a while slows all of them.
 */
final class Driver implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

  /** After this, the waiting threads of native libraries have stopped spinning. */
  private static final long REST_MILLIS = 300;

  private final List<WorkerProcess> workers = new ArrayList<>();

  /** Starts a JVM for each peer. */
  Driver(List<PeerKind> peers, Path photos, boolean quick, Surroundings surroundings)
      throws IOException {
    try {
      for (PeerKind peer : peers) {
        workers.add(WorkerProcess.start(peer, photos, quick, surroundings));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Measures.
   *
   * @param jobs what
   * @param rounds how often; one more is not counted and warms everything up
   * @param seconds how long each peer does each job in each round
   */
  Rates measure(List<Job> jobs, int rounds, double seconds)
      throws IOException, InterruptedException {
    Rates rates = new Rates();
    for (int round = 0; round <= rounds; round++) {
      LOG.info(round == 0 ? "warming up" : "round {} of {}", round, rounds);
      measure(jobs, round, seconds, rates);
    }
    return rates;
  }

  /**
   * Measures one round.
   *
   * @param round its number; that of number 0 is not counted
   * @param rates where to add what was measured
   */
  void measure(List<Job> jobs, int round, double seconds, Rates rates)
      throws IOException, InterruptedException {
    List<Job> jobsInTurn = new ArrayList<>(jobs);
    List<WorkerProcess> order = new ArrayList<>(workers);
    if (round % 2 == 1) {
      // What comes second may find a warmer or a more throttled machine: everything in turn.
      Collections.reverse(jobsInTurn);
      Collections.reverse(order);
    }
    for (Job job : jobsInTurn) {
      for (WorkerProcess worker : order) {
        if (!worker.kind().does(job)) {
          continue;
        }
        Thread.sleep(REST_MILLIS);
        Work work = worker.run(job, seconds);
        LOG.debug("{} {} {}", job.key(), worker.kind().key(), work.rate());
        if (round > 0) {
          rates.add(job, worker.kind(), work.rate());
        }
      }
    }
  }

  /** Compares how ours and PyTorch learn; empty if one of them is not there. */
  List<Likeness> compareLearning(List<ReferenceNetwork> networks, int mostSteps)
      throws IOException {
    List<Likeness> result = new ArrayList<>();
    WorkerProcess ours = worker(PeerKind.OURS);
    WorkerProcess theirs = worker(PeerKind.PYTORCH);
    if (ours == null || theirs == null) {
      return result;
    }
    Path start = Files.createTempFile("bench-start", ".weights");
    try {
      for (ReferenceNetwork network : networks) {
        LOG.info("comparing how the {} networks learn", network.key());
        int steps = Math.min(mostSteps, network.learningSteps());
        double[] losses = ours.learn(network, steps, start);
        result.add(Likeness.of(network, losses, theirs.learn(network, steps, start)));
      }
    } finally {
      Files.delete(start);
    }
    return result;
  }

  private @Nullable WorkerProcess worker(PeerKind kind) {
    return workers.stream().filter(worker -> worker.kind() == kind).findFirst().orElse(null);
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
  }
}
