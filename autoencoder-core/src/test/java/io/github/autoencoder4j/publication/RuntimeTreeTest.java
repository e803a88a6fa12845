package io.github.autoencoder4j.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What comes with core, in whose tests there is nothing else of it. */
class RuntimeTreeTest {

  /** In millions of bytes, of the jars as they are. */
  private static final double MOST_MEGABYTES = 29.5;

  /** What Deeplearning4j and ND4J would bring, and nobody here needs. */
  private static final List<String> LEFT_OUT =
      List.of(
          "commons-codec",
          "commons-compress",
          "commons-net",
          "fastutil",
          "gson",
          "jna",
          "jna-platform",
          "oshi-core",
          "threetenbp");

  /** The jars that Maven resolves for whoever depends on core; the build writes the list. */
  private static List<Path> tree() throws IOException {
    Path list = Path.of("target", "runtime-tree.txt");
    assertThat(list).as("what \"mvn test\" writes first").exists();
    return Arrays.stream(Files.readString(list).strip().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  private static String name(Path jar) {
    return jar.getFileName().toString();
  }

  @Test
  // There javacpp is another one.
  @DisabledOnOs(value = OS.MAC, architectures = "aarch64")
  void isTheOneWritten() throws Exception {
    assertThat(tree())
        .map(RuntimeTreeTest::name)
        .containsExactlyInAnyOrderElementsOf(
            Files.readAllLines(
                Path.of("src", "test", "resources", "publication", "runtime-tree.txt"),
                StandardCharsets.UTF_8));
  }

  @Test
  void isNoLargerThanPromised() throws Exception {
    long bytes = 0;
    for (Path jar : tree()) {
      bytes += Files.size(jar);
    }
    assertThat(bytes / 1e6).isBetween(MOST_MEGABYTES - 1.5, MOST_MEGABYTES);
  }

  @Test
  void bringsNoBackend() throws Exception {
    assertThat(tree())
        .map(RuntimeTreeTest::name)
        .noneMatch(name -> name.matches("(nd4j-native-\\d|nd4j-cuda|openblas|dnnl|mkl).*"));
  }

  @Test
  void isAllThatTheseTestsRunOn() throws Exception {
    List<String> here =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> name(Path.of(entry)))
            .toList();
    assertThat(here).containsAll(tree().stream().map(RuntimeTreeTest::name).toList());
    assertThat(LEFT_OUT)
        .allSatisfy(
            artifact ->
                assertThat(here).noneMatch(name -> name.matches(artifact + "-\\d.*\\.jar")));
  }
}
