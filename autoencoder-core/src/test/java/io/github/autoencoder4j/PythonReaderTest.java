package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader that the documentation shows, run as it stands there. */
class PythonReaderTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "model-files.md");

  @TempDir private Path directory;

  private record Ended(int code, List<String> out) {}

  private Ended python(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readAllLines(out));
  }

  @BeforeEach
  void needsNumPy() throws InterruptedException {
    boolean there;
    try {
      there = python("-c", "import numpy").code() == 0;
    } catch (IOException e) {
      there = false;
    }
    assumeTrue(there, "there is no python3 with NumPy on this machine");
  }

  private static String reader() throws IOException {
    Matcher block =
        Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private Path trained() {
    Autoencoder autoencoder = Autoencoder.dense().hidden(20, 10).bottleneck(3).seed(77).build();
    autoencoder.fit(TinyData.rows(16, 30), Training.epochs(2).batchSize(8));
    Path file = directory.resolve("some.aemodel");
    autoencoder.save(file);
    return file;
  }

  @Test
  void isShort() throws IOException {
    assertThat(reader().lines().count()).isLessThan(40);
  }

  @Test
  void readsWhatWeWrite() throws Exception {
    Path script = Files.writeString(directory.resolve("reader.py"), reader());
    Ended ended = python(script.toString(), trained().toString());
    assertThat(ended.code()).as("%s", ended.out()).isZero();
    // Three layers each way with weights and biases, the golden three, and the history.
    assertThat(ended.out().get(0)).isEqualTo("dense 77 16");
    assertThat(Double.parseDouble(ended.out().get(1))).isBetween(0.0, 1e-5);
  }

  @Test
  void findsDamageToo() throws Exception {
    Path script = Files.writeString(directory.resolve("reader.py"), reader());
    Path file = trained();
    byte[] bytes = Files.readAllBytes(file);
    // Among the weights.
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);
    assertThat(python(script.toString(), file.toString()).code()).isNotZero();
  }
}
