package io.github.autoencoder4j.optimizer;

import java.util.Optional;

/** No optimiser at all: weights stay as they are. */
public record NoOp() implements Optimizer {

  @Override
  public Optional<Schedule> schedule() {
    return Optional.empty();
  }

  @Override
  public String name() {
    return "NoOp";
  }
}
