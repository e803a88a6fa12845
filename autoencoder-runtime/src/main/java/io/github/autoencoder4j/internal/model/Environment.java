package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.internal.compute.Backend;
import io.github.autoencoder4j.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** This machine and this library, as the provenance of a model tells them. */
final class Environment {

  private static final int MAX_TEXT = 200;

  private Environment() {}

  /** The version of this library. */
  static String library() {
    try (InputStream in = Environment.class.getResourceAsStream("version.txt")) {
      byte[] text = Objects.requireNonNull(in, "version.txt").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  static Provenance now(Backend backend) {
    return new Provenance(
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        library(),
        text(backend.name()),
        text(System.getProperty("java.version") + ", " + System.getProperty("java.vendor")),
        text(
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + ", "
                + System.getProperty("os.arch")),
        cpu(),
        Runtime.getRuntime().availableProcessors(),
        backend.threads());
  }

  /** Linux knows the name, Windows tells it, elsewhere the architecture must do. */
  private static String cpu() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info)) {
        return text(
            lines
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElseGet(() -> System.getProperty("os.arch")));
      } catch (IOException | RuntimeException e) {
        return text(System.getProperty("os.arch"));
      }
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return text(windows == null ? System.getProperty("os.arch") : windows);
  }

  private static String text(String text) {
    return text.substring(0, Math.min(MAX_TEXT, text.length()));
  }

  static Map<String, Object> write(Provenance provenance) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("saved", provenance.saved().toString());
    values.put("library", provenance.library());
    values.put("nd4j", provenance.nd4j());
    values.put("java", provenance.java());
    values.put("os", provenance.os());
    values.put("cpu", provenance.cpu());
    values.put("processors", provenance.processors());
    values.put("threads", provenance.threads());
    return values;
  }

  static Provenance read(Fields fields) {
    Instant saved;
    try {
      saved = Instant.parse(fields.text("saved"));
    } catch (DateTimeException e) {
      throw fields.refuse("saved", "should be a time such as 2026-01-31T12:00:00Z");
    }
    Provenance provenance =
        new Provenance(
            saved,
            fields.text("library"),
            fields.text("nd4j"),
            fields.text("java"),
            fields.text("os"),
            fields.text("cpu"),
            fields.integer("processors", 0, Integer.MAX_VALUE),
            fields.integer("threads", 0, Integer.MAX_VALUE));
    fields.end();
    return provenance;
  }
}
