package io.github.autoencoder4j.examples.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.viz.page.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code results.json}: every figure of the run, for programs. */
final class ResultsFile {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ResultsFile() {}

  static void write(
      Path out, Map<String, Object> environment, Map<String, Object> data, List<TaskResult> results)
      throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schema", 1);
    root.put("environment", environment);
    root.put("data", data);
    Map<String, Object> tasks = new LinkedHashMap<>();
    for (TaskResult result : results) {
      tasks.put(result.task.id(), describe(result));
    }
    root.put("tasks", tasks);
    replace(out.resolve("results.json"), JSON.writeValueAsBytes(root));
  }

  private static Map<String, Object> describe(TaskResult result) {
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("title", result.task.title().toString());
    task.put("status", result.status.name().toLowerCase(Locale.ROOT));
    task.put("seconds", Math.round(result.seconds * 10) / 10.0);
    task.put("metrics", result.metrics);
    Map<String, Object> bars = new LinkedHashMap<>();
    result.bars.forEach(
        (name, bar) ->
            bars.put(name, Map.of("value", bar.value(), "bar", bar.bar(), "passed", bar.passed())));
    task.put("bars", bars);
    task.put("pictures", result.pictures.stream().map(TaskResult.Shown::path).toList());
    task.put("notes", result.notes.stream().map(Text::toString).toList());
    task.put("observation", result.observation == null ? "" : result.observation.toString());
    task.put("observations", observations(result.observation));
    return task;
  }

  /** What was observed, by language. */
  private static Map<String, String> observations(@Nullable Text observation) {
    Map<String, String> byLanguage = new LinkedHashMap<>();
    if (observation != null) {
      for (Words words : Words.all()) {
        byLanguage.put(words.language().getLanguage(), observation.in(words.language()));
      }
    }
    return byLanguage;
  }

  /** Replaces a file as a whole: a reader sees the old one or the new one. */
  static void replace(Path file, byte[] content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.write(part, content);
    try {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
