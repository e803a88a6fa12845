package io.github.autoencoder4j.internal.engine;

import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;

/** The native half of ND4J, saying that it was built for another processor. */
public final class UnfitBackend extends Nd4jCpu {

  @Override
  public boolean isMinimalRequirementsMet() {
    return false;
  }
}
