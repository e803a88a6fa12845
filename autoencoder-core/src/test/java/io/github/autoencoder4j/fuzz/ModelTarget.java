package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.internal.model.RawModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The headers of a model: a whole file; or one of its documents, put into a good file with all
 * digests made right, since no mutation would ever meet a SHA-256.
 */
final class ModelTarget implements FuzzTarget {

  private static final List<String> DOCUMENTS =
      List.of("config.json", "history.json", "provenance.json");

  private final List<byte[]> files =
      List.of(
          ModelFiles.fixture("schema-1-dense.aemodel"),
          ModelFiles.fixture("schema-1-conv.aemodel"));

  @Override
  public List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      seeds.add(Inputs.of(0, files.get(i)));
      for (int document = 0; document < DOCUMENTS.size(); document++) {
        byte[] content = RawModel.of(files.get(i)).content(DOCUMENTS.get(document));
        seeds.add(Inputs.of(1 + document * files.size() + i, content));
      }
    }
    return seeds;
  }

  @Override
  public void read(byte[] input) throws IOException {
    int kind = Inputs.kind(input, 1 + DOCUMENTS.size() * files.size());
    byte[] content = Inputs.content(input);
    if (kind == 0) {
      boolean loads = ModelFiles.check(content);
      assertThat(loads)
          .as("only a file that was saved loads")
          .isEqualTo(files.stream().anyMatch(file -> Arrays.equals(file, content)));
      return;
    }
    RawModel model = RawModel.of(files.get((kind - 1) % files.size()));
    String document = DOCUMENTS.get((kind - 1) / files.size());
    ModelFiles.check(model.content(document, content).seal().zip());
  }
}
