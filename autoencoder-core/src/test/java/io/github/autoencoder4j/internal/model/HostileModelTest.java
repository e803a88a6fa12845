package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.Saving;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and hostile model files: each is refused, in one way, with file, place and reason. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileModelTest {

  private static final float[][] SAMPLES = TinyData.rows(4, 4);

  @TempDir private static Path directory;

  private byte[] good;
  private Path file;
  private String description;
  private float[][] codes;

  @BeforeAll
  void saveASmallModel() throws IOException {
    file = directory.resolve("small.aemodel");
    Autoencoder small = RawModel.small();
    small.save(file, Saving.whole().optimizerState());
    good = Files.readAllBytes(file);
    description = Autoencoder.inspect(file).toString();
    codes = small.encode(SAMPLES);
    assertThat(good.length).isBetween(4096, 8192);
  }

  private RawModel model() throws IOException {
    Files.write(file, good);
    return RawModel.of(file);
  }

  private UnreadableModelException refusal(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return refusal(bytes.length);
  }

  private UnreadableModelException refusal(long size) {
    Throwable thrown = catchThrowable(() -> Autoencoder.load(file));
    assertThat(thrown).isInstanceOf(UnreadableModelException.class);
    UnreadableModelException refusal = (UnreadableModelException) thrown;
    assertThat(refusal.file()).isEqualTo(file);
    assertThat(refusal.offset()).isBetween(0L, size);
    assertThat(refusal.reason()).isNotBlank();
    assertThat(refusal.getMessage())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "%s cannot be read as a model: at byte %,d, %s",
                file,
                refusal.offset(),
                refusal.reason()));
    return refusal;
  }

  private void assertRefused(byte[] bytes, String... reasons) throws IOException {
    assertThat(refusal(bytes).reason()).contains(reasons);
  }

  /** Changes one document, with all digests made right again. */
  private void assertRefused(String document, Consumer<ObjectNode> change, String... reasons)
      throws IOException {
    assertRefused(model().edit(document, change).seal().zip(), reasons);
  }

  @Test
  void theToolsOfThisTestChangeNothingByThemselves() throws IOException {
    byte[] again = model().zip();
    assertThat(again).isEqualTo(good);
    Files.write(file, model().seal().zip());
    assertThat(Autoencoder.load(file).encode(SAMPLES)).isDeepEqualTo(codes);
  }

  // Damage

  @Test
  @Tag("every-bit")
  void everyFlippedBitIsFound() throws IOException {
    Files.write(file, good);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int bit = 0; bit < good.length * 8; bit++) {
        int at = bit / 8;
        write(channel, at, good[at] ^ 1 << bit % 8);
        long found = refusal(good.length).offset();
        // The byte, or the beginning of what it belongs to, or the name that it is the length of.
        assertThat(found).as("bit %d", bit).isBetween(0L, (long) at + StoredEntry.CENTRAL_HEADER);
        Throwable inspected =
            catchThrowable(
                () -> {
                  // It does not look at weights; what it says is right or nothing.
                  assertThat(Autoencoder.inspect(file)).hasToString(description);
                });
        if (inspected != null) {
          assertThat(inspected).isInstanceOf(UnreadableModelException.class);
        }
        write(channel, at, good[at]);
      }
    }
    assertThat(Autoencoder.load(file).encode(SAMPLES)).isDeepEqualTo(codes);
  }

  private static void write(FileChannel channel, int at, int value) throws IOException {
    channel.write(ByteBuffer.wrap(new byte[] {(byte) value}), at);
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    Files.write(file, good);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int length = good.length - 1; length >= 0; length--) {
        channel.truncate(length);
        refusal(length);
      }
    }
  }

  @Test
  void everyAppendedByteIsFound() throws IOException {
    Random random = new Random(3);
    for (int more = 1; more <= 64; more++) {
      byte[] zeros = Arrays.copyOf(good, good.length + more);
      refusal(zeros);
      byte[] noise = new byte[more];
      random.nextBytes(noise);
      byte[] noisy = zeros.clone();
      System.arraycopy(noise, 0, noisy, good.length, more);
      refusal(noisy);
      byte[] ended = zeros.clone();
      System.arraycopy(good, good.length - 22, ended, ended.length - 22, 22);
      refusal(ended);
      byte[] comment = zeros.clone();
      comment[good.length - 2] = (byte) more;
      refusal(comment);
    }
  }

  @Test
  void bytesPutInFrontAreFound() throws IOException {
    byte[] later = new byte[good.length + 3];
    System.arraycopy(good, 0, later, 3, good.length);
    refusal(later);
  }

  @Test
  void otherFilesAreNoModels() throws IOException {
    assertRefused(new byte[0], "0 bytes");
    refusal("a text".repeat(100).getBytes(StandardCharsets.UTF_8));
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    refusal(noise);
    ByteArrayOutputStream empty = new ByteArrayOutputStream();
    new ZipOutputStream(empty).close();
    refusal(empty.toByteArray());
  }

  @Test
  void theSameContentsPackedByAnotherZipAreRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RawModel model = model();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (StoredEntry entry : model.headers()) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        zip.write(model.text(entry.name()).getBytes(StandardCharsets.UTF_8));
      }
    }
    refusal(out.toByteArray());
  }

  // Zips that lie

  @Test
  void sizesThatLieAreHeldAgainstTheFile() throws IOException {
    RawModel model = model();
    for (long size : new long[] {1L << 31, (1L << 31) - 1, 0xFFFFFFFFL, 1L << 30, 0}) {
      for (int i = 0; i < model.headers().size(); i++) {
        List<StoredEntry> headers = new ArrayList<>(model.headers());
        StoredEntry entry = headers.get(i);
        headers.set(i, new StoredEntry(entry.name(), size, entry.crc(), entry.offset()));
        refusal(model.zip(headers));
      }
    }
  }

  @Test
  void theEndThatLiesIsHeldAgainstTheFile() throws IOException {
    for (int at = good.length - 14; at < good.length - 2; at++) {
      for (int value : new int[] {0, 0x7f, 0x80, 0xff}) {
        byte[] bad = good.clone();
        bad[at] = (byte) value;
        if (value != (good[at] & 0xff)) {
          refusal(bad);
        }
      }
    }
  }

  @Test
  void overlappingEntriesAreRefused() throws IOException {
    RawModel model = model();
    List<StoredEntry> headers = new ArrayList<>(model.headers());
    StoredEntry first = headers.get(0);
    StoredEntry second = headers.get(1);
    headers.set(1, new StoredEntry(second.name(), second.size(), second.crc(), first.offset()));
    refusal(model.zip(headers));
    headers.set(1, new StoredEntry(second.name(), second.size(), second.crc(), 1));
    refusal(model.zip(headers));
  }

  @Test
  void namesThatLeaveTheirPlaceAreRefused() throws IOException {
    for (String name :
        new String[] {
          "../evil.sh", "/etc/passwd", "a/b.json", "..", "C:evil", "evil\u0000.json", "", "EVIL"
        }) {
      assertRefused(model().add(name, new byte[3]).seal().zip(), "a name that none of a model has");
    }
  }

  @Test
  void doubleNamesAreRefused() throws IOException {
    RawModel model =
        model()
            .add("config2json", model().text("config.json").getBytes(StandardCharsets.UTF_8))
            .seal();
    List<StoredEntry> headers = new ArrayList<>(model.headers());
    for (int i = 0; i < headers.size(); i++) {
      StoredEntry entry = headers.get(i);
      if (entry.name().equals("config2json")) {
        headers.set(i, new StoredEntry("config.json", entry.size(), entry.crc(), entry.offset()));
      }
    }
    assertRefused(model.zip(headers), "second entry config.json");
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    RawModel model = model();
    for (int i = 0; i < 70; i++) {
      model.add("more-" + i, new byte[0]);
    }
    refusal(model.seal().zip());
  }

  @Test
  void missingEntriesAreNamed() throws IOException {
    for (String name : new String[] {"config.json", "history.json"}) {
      assertRefused(model().remove(name).seal().zip(), "there is no " + name);
    }
    assertRefused(model().remove("manifest.json").zip(), "manifest.json should be");
    assertRefused(model().remove("tensors.bin").zip(), "should be");
  }

  @Test
  void documentsThatAreTooLongAreRefused() throws IOException {
    assertRefused(model().text("config.json", " ".repeat(70_000)).seal().zip(), "70,000 bytes");
    assertRefused(model().text("manifest.json", " ".repeat(300_000)).zip(), "300,000 bytes");
  }

  // Tensors that lie

  @Test
  void shapesThatLieAreHeldAgainstTheFile() throws IOException {
    String[] shapes = {
      "[2147483647]",
      "[2147483647,2147483647]",
      "[2147483648]",
      "[9223372036854775807]",
      "[9223372036854775808]",
      "[-1]",
      "[-1,-4]",
      "[65536,65536,65536,65536]",
      "[1e3]",
      "[1.5]",
      "[1,1,1,1,1,1,1,1,1]",
      "[\"4\"]",
      "4",
      "[2147483647,0]",
      "[5]",
      "[]",
      "[3]"
    };
    for (String shape : shapes) {
      RawModel model = model();
      String manifest = model.text("manifest.json");
      assertThat(manifest).contains("[ 1, 4 ]");
      refusal(model.text("manifest.json", manifest.replace("[ 1, 4 ]", shape)).zip());
    }
  }

  @Test
  void tensorsThatOverlapOrLeaveGapsAreRefused() throws IOException {
    for (long offset : new long[] {0, 1, -4, 1L << 31, Long.MAX_VALUE}) {
      assertRefused(
          model()
              .edit(
                  "manifest.json",
                  manifest -> RawModel.line(manifest, "bottleneck.bias").put("offset", offset))
              .zip(),
          "offset should be 72");
    }
  }

  @Test
  void tensorsOfOtherTypesAreRefused() throws IOException {
    for (String type : new String[] {"int32", "float16", "java.lang.Runtime", ""}) {
      RawModel model =
          model()
              .edit(
                  "manifest.json",
                  manifest -> RawModel.line(manifest, "bottleneck.weight").put("type", type));
      refusal(model.zip());
    }
  }

  @Test
  void tensorsOfOtherNamesAreMissed() throws IOException {
    for (String name :
        new String[] {
          "bottleneck.weight",
          "logits.bias",
          "optimizer",
          "golden.input",
          "golden.code",
          "golden.output",
          "history"
        }) {
      assertRefused(
          model()
              .edit("manifest.json", manifest -> RawModel.line(manifest, name).put("name", "other"))
              .zip(),
          "there is no tensor " + name);
    }
    refusal(
        model()
            .edit(
                "manifest.json",
                manifest -> RawModel.line(manifest, "logits.bias").put("name", "golden.output"))
            .zip());
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (String tensor :
          new String[] {"bottleneck.weight", "logits.bias", "optimizer", "golden.output"}) {
        assertRefused(
            model().set(tensor, 0, bad).seal().zip(),
            "value 0 of tensor " + tensor,
            "must be finite");
      }
    }
  }

  @Test
  void aWrongGoldenPairIsFound() throws IOException {
    for (String tensor : new String[] {"golden.input", "golden.code", "golden.output"}) {
      assertRefused(
          model().set(tensor, 0, 0.123f).seal().zip(), "the golden pair does not come out");
    }
    assertRefused(
        model().set("bottleneck.weight", 1, 2f).seal().zip(), "the golden pair does not come out");
    assertRefused(
        model().set("logits.weight", 1, 2f).seal().zip(), "the golden pair does not come out");
  }

  @Test
  void weightsThatMakeNoNumbersAreFound() throws IOException {
    refusal(model().set("bottleneck.weight", 0, Float.MAX_VALUE).seal().zip());
  }

  // Documents that lie

  @Test
  void aNewerSchemaIsRefusedWithTheVersionItNeeds() throws IOException {
    assertRefused(
        "config.json",
        config -> config.put("schema", 2).put("needs", "7.3.0").put("new", true),
        "schema is newer",
        "needs Autoencoder4J 7.3.0");
    assertThat(catchThrowable(() -> Autoencoder.inspect(file)))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("needs Autoencoder4J 7.3.0");
  }

  @Test
  void otherContainersAreRefused() throws IOException {
    assertRefused(
        model().edit("manifest.json", manifest -> manifest.put("container", 2)).zip(), "container");
  }

  @Test
  void jsonThatIsNoneIsRefused() throws IOException {
    String config = model().text("config.json");
    String[] texts = {
      "",
      "{",
      "[]",
      "null",
      "{} {}",
      "[".repeat(30_000),
      "{\"a\":".repeat(10_000),
      "{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}",
      "{\"a\":" + "9".repeat(60_000) + "}",
      "{\"schema\":1,\"schema\":1}",
      config.replace("\"seed\": 1", "\"seed\": 1e999999999"),
      config.replace("\"seed\": 1", "\"seed\": 9223372036854775808"),
      config.replace("\"seed\": 1", "\"seed\": NaN"),
      config.replace("\"seed\": 1", "\"seed\": 1 // a comment"),
      config.replace("\"l1\": 0.0", "\"l1\": 1e400"),
      config.replace("\"l1\": 0.0", "\"l1\": -1"),
      "\uFEFF\uFEFF" + config,
    };
    for (String text : texts) {
      assertThat(text).isNotEqualTo(config);
      assertRefused(model().text("config.json", text).seal().zip(), "config.json");
    }
  }

  @Test
  void architecturesWithoutWeightsAreRefusedBeforeTheyAreBuilt() throws IOException {
    assertRefused(
        "config.json",
        config -> architecture(config).put("bottleneck", 100_000_000),
        "activations of one sample");
    assertRefused(
        "config.json",
        config -> architecture(config).put("bottleneck", 1_000_000),
        "tensor bottleneck.weight has shape [1, 4] where the configuration needs");
    assertRefused(
        "config.json",
        config -> architecture(config).put("bottleneck", Integer.MAX_VALUE),
        "activations of one sample");
    assertRefused(
        "config.json", config -> many(architecture(config).putArray("hidden"), 2000), "hidden");
    assertRefused(
        "config.json",
        config -> many(architecture(config).putArray("hidden"), 900),
        "1,802 layers");
    assertRefused(
        "config.json", config -> many(architecture(config).putArray("hidden"), 400), "no tensor");
    assertRefused(
        "config.json",
        config -> shape(architecture(config).putObject("input"), 46_340, 46_340, 1),
        "activations of one sample");
    assertRefused(
        "config.json",
        config -> shape(architecture(config).putObject("input"), 1 << 30, 1 << 30, 1 << 30),
        "describes what cannot be");
  }

  @Test
  void stagesThatCodesDoNotFitAreRefused() throws IOException {
    assertRefused(
        "config.json",
        config -> stage(config, "top_k").put("k", 2).put("encoding_k", 1),
        "cannot keep 2 numbers of a code that has 1");
    assertRefused(
        "config.json", config -> stage(config, "lifetime_sparsity").put("share", 2), "below 1");
    assertRefused(
        "config.json", config -> codebook(config, 10_000_000), "10,000,000", "2 to 65,536");
    assertRefused("config.json", config -> codebook(config, 8).put("dimension", 3), "vectors of 3");
    assertRefused("config.json", config -> codebook(config, 65_536), "no tensor", "codebook");
    assertRefused(
        "config.json",
        config -> {
          codebook(config, 8);
          config.withArray("latent_stages").add(config.at("/latent_stages/0").deepCopy());
        },
        "put it before");
    assertRefused(
        "config.json",
        config -> many(stage(config, "finite_scalar_quantization").putArray("levels"), 2),
        "2 to 256 levels, but was given 1");
  }

  private static ObjectNode stage(ObjectNode config, String kind) {
    return config.putArray("latent_stages").addObject().put("kind", kind);
  }

  private static ObjectNode codebook(ObjectNode config, int entries) {
    return stage(config, "vector_quantization")
        .put("entries", entries)
        .put("dimension", 0)
        .put("commitment", 0.25)
        .put("decay", 0.99)
        .put("restart", 0.1);
  }

  @Test
  void convolutionsWithoutWeightsAreRefusedBeforeTheyAreBuilt() throws IOException {
    assertRefused("config.json", config -> conv(config).put("residual_blocks", 100), "no tensor");
    assertRefused(
        "config.json", config -> conv(config).put("residual_blocks", 1000), "2,006 layers");
    assertRefused(
        "config.json", config -> conv(config).put("residual_blocks", 1 << 30), "residual_blocks");
    // A product that wraps round to 1.
    assertRefused(
        "config.json",
        config -> conv(config).putArray("strides").add(3).add(-1431655765),
        "strides");
    assertRefused(
        "config.json",
        config -> conv(config).putArray("strides").add(641).add(6700417).add(641),
        "strides");
    assertRefused(
        "config.json", config -> many(conv(config).putArray("strides"), 900), "describes");
    assertRefused("config.json", config -> conv(config).put("kernel", 1 << 20), "kernel");
  }

  private static ObjectNode architecture(ObjectNode config) {
    return (ObjectNode) config.get("architecture");
  }

  private static ObjectNode conv(ObjectNode config) {
    ObjectNode conv = config.putObject("architecture");
    conv.put("kind", "conv");
    shape(conv.putObject("input"), 2, 2, 1);
    shape(conv.putObject("latent"), 1, 1, 1);
    conv.putArray("strides").add(2);
    conv.putArray("widths").add(3);
    conv.put("kernel", 3).put("activation", "relu").put("residual_blocks", 0);
    return conv.put("resampling", "subpixel");
  }

  private static void shape(ObjectNode shape, int height, int width, int channels) {
    shape.put("height", height).put("width", width).put("channels", channels);
  }

  private static void many(ArrayNode array, int count) {
    for (int i = 0; i < count; i++) {
      array.add(1);
    }
  }

  @Test
  void whatIsQuotedFromAFileIsHarmless() throws IOException {
    String evil = "\u001b[2J\n" + "long".repeat(1000);
    Files.write(file, model().edit("config.json", c -> c.put("loss", evil)).seal().zip());
    assertThat(refusal(Files.size(file)).reason())
        .contains("?[2J?long")
        .matches("\\P{Cntrl}*")
        .hasSizeLessThan(600);
  }

  @Test
  void aHalfHasNoOptimizerState() throws IOException {
    assertRefused("config.json", config -> config.put("part", "encoder"), "optimizer_state");
  }

  /** Every value of every document is replaced by junk, put away, and given a brother. */
  @Test
  void noValueIsTakenForGranted() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<JsonNode> junk = new ArrayList<>();
    for (String text :
        new String[] {
          "null",
          "true",
          "-1",
          "0",
          "2",
          "1e308",
          "-1e-320",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "\"\"",
          "\"java.lang.Runtime\"",
          "[]",
          "[[]]",
          "{}",
          "{\"@class\": \"java.lang.Runtime\"}",
          "{\"kind\": \"custom\", \"description\": \"\"}"
        }) {
      junk.add(mapper.readTree(text));
    }
    int refused = 0;
    for (String name : new String[] {"config.json", "history.json", "manifest.json"}) {
      int values = count(model().json(name));
      assertThat(values).isGreaterThan(10);
      for (int i = 0; i < values; i++) {
        for (JsonNode value : junk) {
          ObjectNode json = model().json(name);
          replace(json, i, value);
          refused += tryOut(name, json);
        }
        ObjectNode less = model().json(name);
        replace(less, i, null);
        refused += tryOut(name, less);
      }
      ObjectNode more = model().json(name);
      more.put("unknown", 1);
      assertThat(tryOut(name, more)).isEqualTo(1);
    }
    assertThat(refused).isGreaterThan(1000);
  }

  /** Whatever comes of it is the model that was saved, or a refusal. */
  private int tryOut(String name, ObjectNode json) throws IOException {
    RawModel model = model().json(name, json);
    Files.write(file, name.equals("manifest.json") ? model.zip() : model.seal().zip());
    try {
      assertThat(Autoencoder.load(file).encode(SAMPLES)).isDeepEqualTo(codes);
      return 0;
    } catch (UnreadableModelException e) {
      return 1;
    }
  }

  private static int count(JsonNode tree) {
    int n = 0;
    for (JsonNode child : tree) {
      n += 1 + count(child);
    }
    return n;
  }

  /** Replaces the value with a number, in depth-first order, or removes it. */
  private static int replace(JsonNode tree, int number, JsonNode value) {
    int left = number;
    if (tree instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (left == 0) {
          if (value == null) {
            object.remove(name);
          } else {
            object.set(name, value);
          }
          return -1;
        }
        left = replace(object.get(name), left - 1, value);
        if (left < 0) {
          return -1;
        }
      }
    } else if (tree instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (left == 0) {
          if (value == null) {
            array.remove(i);
          } else {
            array.set(i, value);
          }
          return -1;
        }
        left = replace(array.get(i), left - 1, value);
        if (left < 0) {
          return -1;
        }
      }
    }
    return left;
  }
}
