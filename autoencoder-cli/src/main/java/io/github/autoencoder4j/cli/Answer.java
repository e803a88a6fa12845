package io.github.autoencoder4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command has to say when it is done: a line each for people, an object for machines. */
final class Answer {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of numbers that people read. */
  private static final int DIGITS = 6;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--json", description = "Prints the result as one JSON object on one line.")
  private boolean json;

  private final Map<String, Object> facts = new LinkedHashMap<>();

  boolean isJson() {
    return json;
  }

  /** Adds something; numbers that are not finite are left out, since JSON has no word for them. */
  Answer put(String name, Object value) {
    if (!(value instanceof Double number) || Double.isFinite(number)) {
      facts.put(name, value);
    }
    return this;
  }

  /** Prints what was added, on standard output. */
  void print() {
    var out = Objects.requireNonNull(command).commandLine().getOut();
    if (json) {
      try {
        Map<String, Object> named = new LinkedHashMap<>();
        facts.forEach((name, value) -> named.put(name.replaceAll("[ -]", "_"), value));
        out.println(JSON.writeValueAsString(named));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the result could not be written as JSON", e);
      }
      return;
    }
    facts.forEach((name, value) -> out.printf(Locale.ROOT, "%-18s %s%n", name, text(value)));
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? new BigDecimal(number).round(new MathContext(DIGITS)).stripTrailingZeros().toPlainString()
        : value.toString();
  }

  /** Says something on the way, on standard error. */
  void note(String text) {
    Objects.requireNonNull(command).commandLine().getErr().println("autoencoder: " + text);
  }
}
