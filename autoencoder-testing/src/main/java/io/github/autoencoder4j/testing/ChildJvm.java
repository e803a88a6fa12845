package io.github.autoencoder4j.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java program of a test's in a JVM of its own. */
public final class ChildJvm {

  private ChildJvm() {}

  /**
   * Gets a program ready that has the class path of the test.
   *
   * @param program has a {@code main}
   * @param options of the JVM
   * @param arguments of the program
   * @return to be told where its output goes, and started
   */
  public static ProcessBuilder of(Class<?> program, List<String> options, String... arguments) {
    return of(System.getProperty("java.class.path"), program, options, arguments);
  }

  /**
   * Gets a program ready.
   *
   * @param classPath what it finds classes on
   * @param program has a {@code main}
   * @param options of the JVM
   * @param arguments of the program
   * @return to be told where its output goes, and started
   */
  public static ProcessBuilder of(
      String classPath, Class<?> program, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      // As the build tells the JVM of the tests: without them Java warns of what JavaCPP does.
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    for (String part : List.of("user.language", "user.country")) {
      // Not from the environment: tests under another locale are under it with all they start.
      command.add("-D%s=%s".formatted(part, System.getProperty(part, "")));
    }
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /**
   * Waits for the end of a program, which is killed if it takes too long.
   *
   * @param process a running program
   * @param minutes how long it may take
   * @return how it ended: 0 if it said that all was well
   * @throws AssertionError if it had to be killed
   */
  public static int ended(Process process, int minutes) throws InterruptedException {
    try {
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        throw new AssertionError("it does not end within %d minutes".formatted(minutes));
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}
