package io.github.autoencoder4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.testing.FuzzChoices;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a model: a file that choices build; a whole file; or one of its documents, put
 * into a good file with all digests made right, since no mutation would ever meet a SHA-256.
 */
final class ModelTarget implements FuzzTarget {

  private static final List<String> DOCUMENTS =
      List.of("config.json", "history.json", "provenance.json");

  private final List<byte[]> files =
      List.of(
          ModelFiles.fixture("schema-1-dense.aemodel"),
          ModelFiles.fixture("schema-1-conv.aemodel"));

  private final List<RawModel> models = new ArrayList<>();

  /** The file of the input, if it is one of choices. */
  private byte @Nullable [] built;

  ModelTarget() throws IOException {
    for (byte[] file : files) {
      models.add(RawModel.of(file));
    }
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      seeds.add(FuzzInputs.of(0, files.get(i)));
      for (int document = 0; document < DOCUMENTS.size(); document++) {
        byte[] content = models.get(i).content(DOCUMENTS.get(document));
        seeds.add(FuzzInputs.of(1 + document * files.size() + i, content));
      }
    }
    for (int i = 0; i < 16; i++) {
      seeds.add(
          FuzzInputs.of(FuzzInputs.BUILT, new byte[] {0, (byte) i, 0, 1, 2, 3, (byte) (i * 16)}));
    }
    return seeds;
  }

  @Override
  public long prepare(byte[] input) throws IOException {
    built =
        FuzzInputs.isBuilt(input)
            ? ModelGrammar.build(models.get(0), new FuzzChoices(FuzzInputs.content(input)))
            : null;
    return built == null ? input.length : built.length;
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    if (built != null) {
      ModelFiles.check(built, thorough);
      return;
    }
    int kind = FuzzInputs.kind(input, 1 + DOCUMENTS.size() * files.size());
    byte[] content = FuzzInputs.content(input);
    if (kind == 0) {
      boolean saved = files.stream().anyMatch(file -> Arrays.equals(file, content));
      assertThat(ModelFiles.check(content, thorough))
          .as("only a file that was saved loads")
          .isEqualTo(saved);
      return;
    }
    RawModel model = models.get((kind - 1) % files.size()).copy();
    String document = DOCUMENTS.get((kind - 1) / files.size());
    ModelFiles.check(model.document(document, content).zip(), thorough);
  }
}
