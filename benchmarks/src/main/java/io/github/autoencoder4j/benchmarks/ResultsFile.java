package io.github.autoencoder4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A file of results. Each kind of run replaces its own entries and leaves those of the others. */
final class ResultsFile {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultsFile() {}

  static void update(Path file, Map<String, Object> entries) throws IOException {
    ObjectNode root =
        Files.exists(file)
            ? JSON.readValue(file.toFile(), ObjectNode.class)
            : JSON.createObjectNode();
    entries.forEach((key, value) -> root.set(key, JSON.valueToTree(value)));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, JSON.writeValueAsString(root) + "\n");
  }
}
