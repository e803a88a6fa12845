package io.github.autoencoder4j.study;

import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.model.Fields;
import io.github.autoencoder4j.internal.model.JsonLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a study has measured so far, in a file if it is to last: a line of JSON with the name of the
 * study, then one for each trained setting, its figures as text, since JSON has no infinity.
 */
final class Journal {

  private static final String STUDY = "study";
  private static final String SETTING = "setting";
  private static final String SEED = "seed";
  private static final String FIGURES = "figures";

  /** Readers take no longer ones. */
  private static final int LONGEST_NAME = 200;

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
    List<Entry> entries = new ArrayList<>();
    String named;
    try {
      List<Fields> lines = JsonLines.read(Files.readAllBytes(file));
      if (lines.isEmpty()) {
        throw new IllegalArgumentException("it is empty");
      }
      named = lines.get(0).text(STUDY);
      lines.get(0).end();
      lines.subList(1, lines.size()).forEach(line -> entries.add(read(line)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is no journal of a study: %s; choose another file".formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (!study.equals(named)) {
      throw new IllegalArgumentException(
          "%s holds results of the study \"%s\", not of \"%s\"; choose another file or remove it"
              .formatted(file, named, study));
    }
    return new Journal(study, file, entries);
  }

  private static Entry read(Fields line) {
    Fields values = line.object(FIGURES);
    Map<String, Double> figures = new TreeMap<>();
    for (String name : values.names()) {
      figures.put(name, Double.valueOf(values.text(name)));
    }
    Entry entry = new Entry(line.text(SETTING), line.wholeNumber(SEED), figures);
    line.end();
    return entry;
  }

  private static Map<String, Object> write(Entry entry) {
    Map<String, Object> figures = new LinkedHashMap<>();
    entry.figures().forEach((name, value) -> figures.put(name, value.toString()));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(SETTING, entry.setting());
    line.put(SEED, entry.seed());
    line.put(FIGURES, figures);
    return line;
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
    for (String name : figures.keySet()) {
      if (name.length() > LONGEST_NAME) {
        throw new IllegalArgumentException(
            "a figure has a name of %s characters, but 200 are the most".formatted(name.length()));
      }
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
    List<Map<String, Object>> lines = new ArrayList<>();
    lines.add(Map.of(STUDY, study));
    entries.forEach(entry -> lines.add(write(entry)));
    byte[] text = JsonLines.write(lines);
    try {
      AtomicFile.write(target, Disk.SYSTEM, out -> out.write(text));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the journal %s cannot be written: %s".formatted(target, e.getMessage()), e);
    }
  }
}
