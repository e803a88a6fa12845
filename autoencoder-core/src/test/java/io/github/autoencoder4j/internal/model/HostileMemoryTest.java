package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that ask for more memory than they are worth, in a JVM of its own with a small heap. */
class HostileMemoryTest {

  private static final long ALLOWANCE = 2 << 20;

  @TempDir private Path directory;

  /** In order; the values are the files' sizes. */
  private final Map<String, Long> files = new LinkedHashMap<>();

  private void add(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
    files.put(name, (long) bytes.length);
  }

  private RawModel small() throws IOException {
    return RawModel.of(directory.resolve("small"));
  }

  private void addAll() throws IOException {
    RawModel.small().save(directory.resolve("small"));
    add("small", Files.readAllBytes(directory.resolve("small")));
    Autoencoder wide = Autoencoder.dense().hidden(2000, 400).bottleneck(4).build();
    wide.fit(TinyData.rows(4, 100), Training.epochs(1).batchSize(2));
    Path large = directory.resolve("large");
    wide.save(large, Saving.whole().optimizerState());
    byte[] bytes = Files.readAllBytes(large);
    assertThat(bytes.length).isGreaterThan(20 << 20);
    add("large", bytes);
    byte[] flipped = bytes.clone();
    flipped[bytes.length * 9 / 10] ^= 1;
    add("large-flipped", flipped);
    add("large-cut", Arrays.copyOf(bytes, bytes.length / 2));
    add("zeros", new byte[30 << 20]);
    add("text", "text".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));

    String[] documents = {
      "{\"a\":[" + "{},".repeat(21_000) + "{}]}",
      "{\"a\":[" + "[],".repeat(21_000) + "[]]}",
      "{\"a\":[" + "1,".repeat(32_000) + "1]}",
      "{\"a\":\"" + "x".repeat(65_000) + "\"}",
      "{\"a\":" + "[".repeat(60_000),
      "{\"a\":" + "9".repeat(65_000) + "}",
      manyFields(5_000),
    };
    for (int i = 0; i < documents.length; i++) {
      add("config-" + i, small().text("config.json", documents[i]).seal().zip());
      add("history-" + i, small().text("history.json", documents[i]).seal().zip());
      add("manifest-" + i, small().text("manifest.json", documents[i]).zip());
    }
    add(
        "manifest-wide",
        small().text("manifest.json", "{\"a\":[" + "{},".repeat(87_000) + "{}]}").zip());
    add("manifest-fields", small().text("manifest.json", manyFields(22_000)).zip());
    for (long size : new long[] {Integer.MAX_VALUE, 1L << 31, Long.MAX_VALUE}) {
      add(
          "shape-" + size,
          small()
              .edit(
                  "manifest.json",
                  manifest ->
                      ((ObjectNode) manifest.get("tensors").get(0)).putArray("shape").add(size))
              .zip());
    }
    RawModel model = small();
    List<StoredEntry> headers = new ArrayList<>(model.headers());
    StoredEntry entry = headers.get(0);
    headers.set(0, new StoredEntry(entry.name(), 0x7fff_fff0L, entry.crc(), 0));
    add("header", model.zip(headers));
    add("plans", small().edit("config.json", HostileMemoryTest::plans).seal().zip());
    add(
        "layers",
        small()
            .edit(
                "config.json",
                config ->
                    ((ObjectNode) config.get("architecture")).put("bottleneck", Integer.MAX_VALUE))
            .seal()
            .zip());
  }

  /** Millions of layers in a few kilobytes. */
  private static void plans(ObjectNode config) {
    ObjectNode conv = config.putObject("architecture").put("kind", "conv");
    conv.putObject("input").put("height", 1).put("width", 1).put("channels", 1);
    conv.putObject("latent").put("height", 1).put("width", 1).put("channels", 1);
    ArrayNode strides = conv.putArray("strides");
    ArrayNode widths = conv.putArray("widths");
    for (int i = 0; i < 1_000; i++) {
      strides.add(1);
      widths.add(1);
    }
    conv.put("kernel", 1).put("activation", "identity").put("residual_blocks", 1_000);
    conv.put("resampling", "subpixel");
  }

  private static String manyFields(int count) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ",").append('"').append(i).append("\":{}");
    }
    return text.append('}').toString();
  }

  @Test
  void noFileTakesMoreThanItsSizeAndALittle() throws Exception {
    addAll();
    String[] paths =
        files.keySet().stream()
            .map(name -> directory.resolve(name).toString())
            .toArray(String[]::new);
    Path out = directory.resolve("out.txt");
    Process process =
        ChildJvm.of(HostileMemoryProbe.class, List.of("-Xmx64m"), paths)
            .redirectOutput(out.toFile())
            .redirectError(directory.resolve("err.txt").toFile())
            .start();
    assertThat(ChildJvm.ended(process, 3))
        .as("%s", Files.readString(directory.resolve("err.txt")))
        .isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(files.size());
    for (String line : lines) {
      List<String> words = Splitter.on(' ').splitToList(line);
      boolean good = words.get(0).equals("small") || words.get(0).equals("large");
      assertThat(words.get(1)).as(line).isEqualTo(good ? "loaded" : "refused");
      // All that was allocated, whether collected since or not: no peak can be above it.
      assertThat(Long.parseLong(words.get(2)))
          .as(line)
          .isPositive()
          .isLessThanOrEqualTo(files.get(words.get(0)) + ALLOWANCE);
    }
  }
}
