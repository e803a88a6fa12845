package io.github.autoencoder4j.fuzz;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A little of what the fuzzer does; {@code ./fuzz} is the whole of it, led by coverage. */
class FuzzTest {

  @ParameterizedTest
  @ValueSource(strings = {"model", "tensors", "checkpoint"})
  void noFileDoesHarmOrIsTakenForAnother(String reader) throws Exception {
    Fuzz.READERS.replay(reader);
  }
}
