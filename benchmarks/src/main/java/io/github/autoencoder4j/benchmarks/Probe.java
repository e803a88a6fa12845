package io.github.autoencoder4j.benchmarks;

import com.google.common.base.Splitter;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that does one thing in a fresh JVM, prints figures of it, and ends. */
final class Probe {

  private Probe() {}

  /**
   * Starts the JVM and waits for its end.
   *
   * @param program the class with {@code main}, which prints a line that starts with {@link
   *     Worker#ANSWER}
   * @param options of the JVM, beside those of this one
   * @param arguments of the program
   * @return the words of that line
   * @throws IOException if the program fails, or says nothing
   */
  static List<String> ask(Class<?> program, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Machine.jvmOptions());
    command.addAll(options);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String answer = null;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answer = line.startsWith(Worker.ANSWER) ? line : answer;
      }
    }
    if (process.waitFor() != 0 || answer == null) {
      throw new IOException("a JVM that should have measured something failed: " + command);
    }
    return Splitter.on(' ').splitToList(answer.substring(Worker.ANSWER.length()));
  }
}
