package io.github.autoencoder4j.fuzz;

import io.github.autoencoder4j.internal.training.CheckpointTarget;
import io.github.autoencoder4j.testing.Fuzzing;
import java.util.Map;

/** Where a fuzzer finds the readers of this module. */
public final class Fuzz {

  static final Fuzzing READERS =
      new Fuzzing(
          Map.of(
              "model", ModelTarget::new,
              "runtime", RuntimeTarget::new,
              "tensors", TensorsTarget::new,
              "checkpoint", CheckpointTarget::new));

  private Fuzz() {}

  /** Called by the fuzzer once, with the name of a reader. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    READERS.begin(arguments[0]);
  }

  /** Called by the fuzzer for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    READERS.read(input);
  }

  /** Called by {@code ./fuzz}. */
  public static void main(String[] arguments) throws Exception {
    READERS.command(arguments);
  }
}
