package io.github.autoencoder4j.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A little of what the fuzzer does; {@code ./fuzz} is the whole of it, led by coverage. */
class FuzzTest {

  @ParameterizedTest
  @ValueSource(strings = {"model", "runtime", "tensors", "checkpoint"})
  void noFileDoesHarmOrIsTakenForAnother(String reader) throws Exception {
    Fuzz.READERS.replay(reader);
  }

  /** The time and the memory that are promised, native memory and all. */
  @ParameterizedTest
  @ValueSource(strings = {"model", "runtime", "tensors", "checkpoint"})
  void aSmallJvmIsEnough(String reader) throws Exception {
    Fuzz.READERS.runInSmallJvm(Fuzz.class, reader);
  }
}
