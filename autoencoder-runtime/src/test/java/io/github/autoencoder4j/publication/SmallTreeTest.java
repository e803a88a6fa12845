package io.github.autoencoder4j.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** What comes with the runtime. */
class SmallTreeTest {

  /** In millions of bytes, with the runtime's own classes. */
  private static final double MOST_MEGABYTES = 1.5;

  /** The jars that Maven resolves for whoever depends on the runtime; the build writes the list. */
  private static List<Path> tree() throws IOException {
    Path list = Path.of("target", "runtime-tree.txt");
    assertThat(list).as("what \"mvn test\" writes first").exists();
    return Arrays.stream(Files.readString(list).strip().split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  /** The bytes of the jar that classes become. */
  private static long packed(Path classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        jar.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        jar.write(Files.readAllBytes(file));
      }
    }
    return bytes.size();
  }

  @Test
  void isTheOneWritten() throws Exception {
    assertThat(tree())
        .map(jar -> jar.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(
            Files.readAllLines(
                Path.of("src", "test", "resources", "publication", "runtime-tree.txt")));
  }

  @Test
  void isNoLargerThanPromised() throws Exception {
    long bytes = 0;
    for (Path jar : tree()) {
      bytes += Files.size(jar);
    }
    bytes += packed(Path.of("target", "classes"));
    assertThat(bytes / 1e6).isBetween(0.5, MOST_MEGABYTES);
  }
}
