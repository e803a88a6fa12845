package io.github.autoencoder4j.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.testing.FuzzInputs;
import io.github.autoencoder4j.testing.FuzzTarget;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The tensors of a model: their numbers, the manifest that lists them, or the lines of that list
 * with all digests made right.
 */
final class TensorsTarget implements FuzzTarget {

  private static final String MANIFEST = "manifest.json";
  private static final String TENSORS = "tensors.bin";

  private final ObjectMapper mapper = new ObjectMapper();
  private final RawModel good;

  TensorsTarget() throws IOException {
    good = RawModel.of(ModelFiles.fixture("schema-1-dense.aemodel"));
  }

  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        FuzzInputs.of(0, good.content(TENSORS)),
        FuzzInputs.of(1, good.content(MANIFEST)),
        FuzzInputs.of(2, mapper.writeValueAsBytes(good.json(MANIFEST).get("tensors"))));
  }

  @Override
  public void read(byte[] input, boolean thorough) throws IOException {
    RawModel model = good.copy();
    byte[] content = FuzzInputs.content(input);
    switch (FuzzInputs.kind(input, 3)) {
      case 0 -> {
        byte[] numbers = good.content(TENSORS);
        System.arraycopy(content, 0, numbers, 0, Math.min(content.length, numbers.length));
        model.content(TENSORS, numbers).seal();
      }
      case 1 -> model.content(MANIFEST, content);
      default -> {
        JsonNode lines;
        try {
          lines = mapper.readTree(content);
        } catch (IOException e) {
          return; // the manifest as a whole may be wrong JSON, this list may not
        }
        long offset = 0;
        for (JsonNode line : lines) {
          offset = seal(line, offset);
        }
        ObjectNode manifest = good.json(MANIFEST);
        manifest.set("tensors", lines);
        model.json(MANIFEST, manifest);
      }
    }
    ModelFiles.check(model.zip(), thorough);
  }

  private long seal(JsonNode line, long offset) {
    byte[] data = good.content(TENSORS);
    long end = offset + ModelFiles.bytes(line);
    if (line instanceof ObjectNode object && end >= offset && end <= data.length) {
      object.put("sha256", RawModel.sha256(Arrays.copyOfRange(data, (int) offset, (int) end)));
    }
    return end >= offset && end <= data.length ? end : 0;
  }
}
