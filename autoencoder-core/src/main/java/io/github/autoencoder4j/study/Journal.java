package io.github.autoencoder4j.study;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a study has measured so far, in a file if it is to last. */
final class Journal {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The file. */
  private record Content(String study, List<Entry> results) {}

  /** One trained setting. */
  private record Entry(String setting, long seed, Map<String, Double> figures) {}

  private final String study;
  private final @Nullable Path file;
  private final List<Entry> entries;

  private Journal(String study, @Nullable Path file, List<Entry> entries) {
    this.study = study;
    this.file = file;
    this.entries = entries;
  }

  static Journal inMemory(String study) {
    return new Journal(study, null, new ArrayList<>());
  }

  static Journal open(String study, Path file) {
    if (!Files.exists(file)) {
      return new Journal(study, file, new ArrayList<>());
    }
    Content content;
    try {
      content = MAPPER.readValue(Files.readAllBytes(file), Content.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s is no journal of a study: %s; choose another file"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (content == null
        || content.results() == null
        || content.results().stream().anyMatch(Journal::isIncomplete)) {
      throw new IllegalArgumentException(
          "%s is no journal of a study: results are missing; choose another file".formatted(file));
    }
    if (!study.equals(content.study())) {
      throw new IllegalArgumentException(
          "%s holds results of the study \"%s\", not of \"%s\"; choose another file or remove it"
              .formatted(file, content.study(), study));
    }
    return new Journal(study, file, new ArrayList<>(content.results()));
  }

  // Jackson knows nothing of what must not be missing.
  private static boolean isIncomplete(@Nullable Entry entry) {
    return entry == null
        || entry.setting() == null
        || entry.figures() == null
        || entry.figures().isEmpty()
        || entry.figures().containsValue(null);
  }

  /** What was measured, by name. */
  Optional<Map<String, Double>> figures(String setting, long seed) {
    return entries.stream()
        .filter(entry -> entry.seed() == seed && entry.setting().equals(setting))
        .map(Entry::figures)
        .findFirst();
  }

  void add(String setting, long seed, Map<String, Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException(
          "the experiment measured nothing for %s with seed %s".formatted(setting, seed));
    }
    if (!entries.isEmpty() && !entries.get(0).figures().keySet().equals(figures.keySet())) {
      throw new IllegalArgumentException(
          "the experiment measured %s for %s with seed %s, but %s before; measure the same for all"
              .formatted(
                  new TreeMap<>(figures).keySet(),
                  setting,
                  seed,
                  new TreeMap<>(entries.get(0).figures()).keySet()));
    }
    entries.add(new Entry(setting, seed, new TreeMap<>(figures)));
    if (file != null) {
      write(file);
    }
  }

  private void write(Path target) {
    try {
      byte[] text =
          MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(new Content(study, entries));
      AtomicFile.write(target, Disk.SYSTEM, out -> out.write(text));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal %s cannot be written: %s".formatted(target, e.getMessage()), e);
    }
  }
}
