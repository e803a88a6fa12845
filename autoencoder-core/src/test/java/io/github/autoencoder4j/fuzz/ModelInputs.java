package io.github.autoencoder4j.fuzz;

import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.testing.FuzzChoices;
import io.github.autoencoder4j.testing.FuzzInputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The headers of a model: a file that choices build; a whole file; or one of its documents, put
 * into a good file with all digests made right, since no mutation would ever meet a SHA-256.
 */
final class ModelInputs {

  private static final List<String> DOCUMENTS =
      List.of("config.json", "history.json", "provenance.json");

  /** The first byte where the others choose a model that is conditioned on classes. */
  private static final int BUILT_BY_CLASS = FuzzInputs.BUILT + 1;

  private final List<byte[]> files =
      List.of(
          ModelFiles.fixture("schema-1-dense.aemodel"),
          ModelFiles.fixture("schema-1-conv.aemodel"));

  private final List<RawModel> models = new ArrayList<>();

  ModelInputs() throws IOException {
    for (byte[] file : files) {
      models.add(RawModel.of(file));
    }
  }

  List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      seeds.add(FuzzInputs.of(0, files.get(i)));
      for (int document = 0; document < DOCUMENTS.size(); document++) {
        byte[] content = models.get(i).content(DOCUMENTS.get(document));
        seeds.add(FuzzInputs.of(1 + document * files.size() + i, content));
      }
    }
    for (int kind : new int[] {FuzzInputs.BUILT, BUILT_BY_CLASS}) {
      for (int i = 0; i < 16; i++) {
        seeds.add(FuzzInputs.of(kind, new byte[] {0, (byte) i, 0, 1, 2, 3, (byte) (i * 16)}));
      }
    }
    return seeds;
  }

  /** The file that an input stands for. */
  byte[] file(byte[] input) throws IOException {
    byte[] content = FuzzInputs.content(input);
    if (FuzzInputs.isBuilt(input)) {
      FuzzChoices choices = new FuzzChoices(content);
      return Byte.toUnsignedInt(input[0]) == BUILT_BY_CLASS
          ? ModelGrammar.buildByClass(models.get(0), choices)
          : ModelGrammar.build(models.get(0), choices);
    }
    int kind = kind(input);
    return kind == 0 ? content : withDocument(kind - 1, content);
  }

  private byte[] withDocument(int number, byte[] content) throws IOException {
    RawModel model = models.get(number % files.size()).copy();
    return model.document(DOCUMENTS.get(number / files.size()), content).zip();
  }

  /** Whether an input is a whole file that nobody saved, so that no reader may take it. */
  boolean isForged(byte[] input) {
    byte[] content = FuzzInputs.content(input);
    return !FuzzInputs.isBuilt(input)
        && kind(input) == 0
        && files.stream().noneMatch(file -> Arrays.equals(file, content));
  }

  private int kind(byte[] input) {
    return FuzzInputs.kind(input, 1 + DOCUMENTS.size() * files.size());
  }
}
