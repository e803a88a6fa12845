package io.github.autoencoder4j.internal.onednn;

import java.util.ArrayList;
import java.util.List;

/** Steps apart from any program, which have to be done anew only when weights have changed. */
final class Preparation implements AutoCloseable {

  private final Graph graph = new Graph();
  private final List<Step> steps = new ArrayList<>();

  /** Makes the tensors of its steps. */
  Graph graph() {
    return graph;
  }

  /** What it does, in order; nothing may be added once it has been run. */
  List<Step> steps() {
    return steps;
  }

  /** Does it; one thread at a time. */
  void run() {
    if (graph.workspace() == null) {
      graph.seal(List.of(), steps);
      graph.workAlone();
    }
    steps.forEach(step -> step.run(0));
    graph.await();
  }

  /** How much memory it takes. */
  long bytes() {
    return graph.keptBytes();
  }

  @Override
  public void close() {
    graph.close();
  }
}
