package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.io.IOException;
import java.util.List;

/** Models as they are read to be looked at, used and trained on. */
final class ModelTarget implements FuzzTarget {

  private final ModelInputs inputs = new ModelInputs();
  private byte[] file = {};

  ModelTarget() throws IOException {}

  @Override
  public List<byte[]> seeds() {
    return inputs.seeds();
  }

  @Override
  public long prepare(byte[] input) throws IOException {
    file = inputs.file(input);
    return FuzzInputs.isBuilt(input) ? file.length : input.length;
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    boolean loads = ModelFiles.check(file, thorough);
    if (inputs.isForged(input)) {
      assertThat(loads).as("only a file that was saved loads").isFalse();
    }
  }
}
