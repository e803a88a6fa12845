package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.datasets.internal.archive.ArchiveFuzz;
import io.github.autoencoder4j.datasets.internal.pack.PackedFuzz;
import io.github.autoencoder4j.testing.Fuzzing;
import java.util.Map;

/** Where a fuzzer finds the readers of this module. */
public final class Fuzz {

  static final Fuzzing READERS =
      new Fuzzing(
          Map.of(
              "packed", PackedFuzz::new,
              "idx", IdxFuzz::new,
              "archive", ArchiveFuzz::new));

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
