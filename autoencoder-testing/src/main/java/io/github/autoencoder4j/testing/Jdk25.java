package io.github.autoencoder4j.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A JDK 25 on this machine, for what older ones cannot be told. */
public final class Jdk25 {

  /** The first is ours, the others are those of GitHub's machines. */
  private static final List<String> VARIABLES =
      List.of("JAVA_HOME_25", "JAVA25_HOME", "JAVA_HOME_25_X64", "JAVA_HOME_25_arm64");

  private Jdk25() {}

  /**
   * Looks for it where {@code .ci/other-jvms} does.
   *
   * @return its program {@code java}; empty if there is none
   */
  public static Optional<Path> java() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    for (String variable : VARIABLES) {
      String home = System.getenv(variable);
      if (home != null) {
        homes.add(Path.of(home));
      }
    }
    addAll(Path.of("/usr/lib/jvm"), "", homes);
    addAll(Path.of("/Library/Java/JavaVirtualMachines"), "Contents/Home", homes);
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.isRegularFile(release) && Files.readString(release).contains("JAVA_VERSION=\"25")) {
        return Optional.of(home.resolve("bin").resolve("java"));
      }
    }
    return Optional.empty();
  }

  private static void addAll(Path folder, String below, List<Path> homes) throws IOException {
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*25*")) {
        found.forEach(home -> homes.add(home.resolve(below)));
      }
    }
  }
}
