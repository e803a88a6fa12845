package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.autoencoder4j.exception.UnreadableModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file format below models: what it keeps, and what it refuses. */
class ContainerTest {

  @TempDir private Path directory;

  private static ContainerWriter sample() {
    return new ContainerWriter()
        .document("config.json", Map.of("schema", 1, "names", List.of("a", "b")))
        .text("card.md", "# Ä card\n")
        .tensor("layer-1.weight", List.of(2, 3), FloatBuffer.wrap(new float[] {1, 2, 3, 4, 5, 6}))
        .tensor("history", List.of(2), DoubleBuffer.wrap(new double[] {Math.PI, Double.NaN}))
        .tensor("counters", List.of(1), LongBuffer.wrap(new long[] {Long.MIN_VALUE}));
  }

  private static byte[] bytes(ContainerWriter writer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(out);
    return out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("model.bin"), bytes);
  }

  /** Opens a file and reads all there is in it. */
  private static void readAll(Path file) throws IOException {
    try (ContainerReader reader = ContainerReader.open(file)) {
      reader.readAll(tensor -> null);
    }
  }

  private UnreadableModelException refusal(byte[] bytes) throws IOException {
    Path file = file(bytes);
    UnreadableModelException refusal =
        catchThrowableOfType(UnreadableModelException.class, () -> readAll(file));
    assertThat(refusal).isNotNull();
    assertThat(refusal.file()).isEqualTo(file);
    assertThat(refusal.offset()).isBetween(0L, (long) bytes.length);
    assertThat(refusal).hasMessageContaining(file.toString()).hasMessageContaining("at byte");
    return refusal;
  }

  @Test
  void givesBackWhatWasPutIn() throws IOException {
    try (ContainerReader reader = ContainerReader.open(file(bytes(sample())))) {
      assertThat(reader.documents()).containsExactlyInAnyOrder("config.json", "card.md");
      Fields config = reader.document("config.json");
      assertThat(config.integer("schema", 1, 9)).isEqualTo(1);
      assertThat(config.texts("names")).containsExactly("a", "b");
      config.end();
      assertThat(reader.text("card.md")).isEqualTo("# Ä card\n");

      assertThat(reader.tensors())
          .extracting(TensorInfo::name)
          .containsExactly("layer-1.weight", "history", "counters");
      TensorInfo weight = reader.tensor("layer-1.weight", TensorType.FLOAT32);
      assertThat(weight.shape()).containsExactly(2, 3);
      float[] floats = new float[6];
      reader.read(weight, FloatBuffer.wrap(floats));
      assertThat(floats).containsExactly(1, 2, 3, 4, 5, 6);
      double[] doubles = new double[2];
      reader.read(reader.tensor("history", TensorType.FLOAT64), DoubleBuffer.wrap(doubles));
      assertThat(doubles).containsExactly(Math.PI, Double.NaN);
      long[] longs = new long[1];
      reader.read(reader.tensor("counters", TensorType.INT64), LongBuffer.wrap(longs));
      assertThat(longs).containsExactly(Long.MIN_VALUE);
    }
  }

  @Test
  void equalContentsMakeEqualFiles() throws IOException {
    assertThat(bytes(sample())).isEqualTo(bytes(sample()));
  }

  @Test
  void tensorsLargerThanAChunkAreWhole() throws IOException {
    float[] values = new float[Tensor.CHUNK];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file =
        file(
            bytes(
                new ContainerWriter()
                    .tensor(
                        "w",
                        List.of(values.length - 7),
                        FloatBuffer.wrap(values, 3, values.length - 7))));
    try (ContainerReader reader = ContainerReader.open(file)) {
      float[] read = new float[values.length - 7];
      reader.readAll(tensor -> FloatBuffer.wrap(read));
      assertThat(read).isEqualTo(Arrays.copyOfRange(values, 3, values.length - 4));
    }
  }

  @Test
  void anyUnzipCanOpenIt() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file(bytes(sample()))))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
        byte[] content = zip.readAllBytes();
        if (entry.getName().equals("card.md")) {
          assertThat(new String(content, StandardCharsets.UTF_8)).isEqualTo("# Ä card\n");
        }
      }
    }
    assertThat(names).containsExactly("config.json", "card.md", "manifest.json", "tensors.bin");
  }

  @Test
  @Tag("every-bit")
  void refusesEverySingleFlippedBit() throws IOException {
    byte[] good = bytes(sample());
    readAll(file(good));
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      refusal(bad);
    }
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    byte[] good = bytes(sample());
    for (int length = 0; length < good.length; length++) {
      refusal(Arrays.copyOf(good, length));
    }
  }

  @Test
  void refusesAppendedBytes() throws IOException {
    byte[] good = bytes(sample());
    for (int more = 1; more <= 64; more++) {
      refusal(Arrays.copyOf(good, good.length + more));
      // As a comment of the zip would be, and with a second end.
      byte[] commented = Arrays.copyOf(good, good.length + more);
      commented[good.length - 2] = (byte) more;
      refusal(commented);
      byte[] ended = Arrays.copyOf(good, good.length + more);
      System.arraycopy(good, good.length - 22, ended, ended.length - 22, 22);
      refusal(ended);
    }
  }

  @Test
  void aFileThatIsNotThereIsNoUnreadableModel() {
    assertThat(catchThrowable(() -> ContainerReader.open(directory.resolve("none"))))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void refusesAFolder() {
    assertThat(catchThrowable(() -> ContainerReader.open(directory)))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("folder");
  }

  @Test
  void aDocumentTooLongForLinesIsOnOne() throws IOException {
    List<Integer> numbers = IntStream.range(0, 17_000).map(i -> 10 + i % 90).boxed().toList();
    ContainerWriter writer =
        new ContainerWriter().document("config.json", Map.of("numbers", numbers));
    try (ContainerReader reader = ContainerReader.open(file(bytes(writer)))) {
      assertThat(reader.text("config.json")).hasLineCount(1);
      assertThat(reader.document("config.json").integers("numbers", 10, 99)).isEqualTo(numbers);
    }
  }

  @Test
  void theWriterRefusesWhatTheReaderWould() {
    ContainerWriter writer = sample();
    for (String name : new String[] {"", "../x", "a/b", "Big", "config.json", "manifest.json"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> writer.text(name, ""));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.text("long", "x".repeat(1 << 17)))
        .withMessageContaining("131,072");
    Map<String, Object> deep = Map.of();
    for (int i = 0; i < 20; i++) {
      deep = Map.of("deeper", deep);
    }
    Map<String, Object> tooDeep = deep;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.document("deep", tooDeep))
        .withMessageContaining("read back");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.document("nan", Map.of("x", Double.NaN)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.document("many", Map.of("x", Collections.nCopies(20_000, 1))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.tensor("counters", List.of(0), FloatBuffer.allocate(0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> writer.tensor("t", List.of(2), FloatBuffer.allocate(3)))
        .withMessageContaining("needs 2 values, but was given 3");
  }
}
