package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.Training;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was learnt, by name, and on its way to other frameworks and back. */
class WeightsTest {

  private static final Autoencoder TRAINED = Autoencoder.dense().hidden(5).bottleneck(2).build();

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    TRAINED.fit(TinyData.source(8, 9), Training.epochs(1).batchSize(4));
  }

  @Test
  void haveTheNamesShapesAndValuesOfTheNetwork() {
    Weights weights = TRAINED.weights();

    assertThat(weights.arrays())
        .extracting(WeightArray::name)
        .contains("encoder-1.weight", "encoder-1.bias", "bottleneck.weight");
    assertThat(weights.get("encoder-1.weight").shape()).containsExactly(5, 9);
    float[] all = new float[TRAINED.parameters().length];
    FloatBuffer side = FloatBuffer.wrap(all);
    weights.arrays().forEach(array -> side.put(array.values()));
    assertThat(all).containsExactly(TRAINED.parameters());
  }

  @Test
  void cannotBeChangedAndStayWhatTheyWere() {
    WeightArray array = TRAINED.weights().get("encoder-1.bias");

    assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> array.values().put(0, 7));
    array.values().get();
    assertThat(array.values().position()).isZero();
    array.toArray()[0] = 7;
    assertThat(array.toArray()[0]).isNotEqualTo(7);
  }

  @Test
  void comeBackFromAFileBitForBit() {
    Path file = folder.resolve("a.safetensors");
    Weights weights = TRAINED.weights();
    weights.save(file);

    assertThat(Weights.load(file)).isEqualTo(weights);
  }

  @Test
  void theFileIsLaidOutAsTheFormatSays() throws Exception {
    Path file = folder.resolve("a.safetensors");
    new Weights(List.of(new WeightArray("x", List.of(2, 1), FloatBuffer.wrap(new float[] {1, 2}))))
        .save(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) bytes.getLong();

    assertThat(header % 8).isZero();
    assertThat(new String(bytes.array(), 8, header, StandardCharsets.UTF_8).strip())
        .isEqualTo("{\"x\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}");
    assertThat(bytes.getFloat(8 + header)).isEqualTo(1);
    assertThat(bytes.getFloat(12 + header)).isEqualTo(2);
    assertThat(bytes.capacity()).isEqualTo(8 + header + 8);
  }

  private Path written(String header, byte... data) throws Exception {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("b.safetensors"), bytes.array());
  }

  @Test
  void halvesAreReadAsFloats() throws Exception {
    Weights weights =
        Weights.load(
            written(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                    + "\"a\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[0,6]},"
                    + "\"b\":{\"dtype\":\"BF16\",\"shape\":[],\"data_offsets\":[6,8]}}",
                (byte) 0,
                (byte) 0xc0,
                (byte) 1,
                (byte) 0,
                (byte) 0x55,
                (byte) 0x35,
                (byte) 0x40,
                (byte) 0x40));

    assertThat(weights.get("a").toArray()).containsExactly(-2, 0x1p-24f, 0.33325195f);
    assertThat(weights.get("b").toArray()).containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}"
      })
  void aFileThatLiesIsRefused(String header) throws Exception {
    Path file = written(header, new byte[8]);

    assertThatExceptionOfType(UnreadableModelException.class)
        .isThrownBy(() -> Weights.load(file))
        .withMessageContaining("b.safetensors");
  }

  @Test
  void everyTruncationIsRefused() throws Exception {
    Path file = folder.resolve("a.safetensors");
    TRAINED.weights().save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(UnreadableModelException.class)
          .isThrownBy(() -> Weights.load(file));
    }
  }

  @Test
  void takeOtherNamesWholeOrUpToADot() {
    Weights theirs =
        new Weights(
            List.of(
                of("encoder.0.weight", 1),
                of("encoder.0.bias", 2),
                of("encoder.0", 3),
                of("encoder.00.bias", 4)));

    Weights ours = theirs.withNames(Map.of("encoder.0", "first", "encoder.0.bias", "sum"));

    assertThat(ours.arrays())
        .containsExactly(
            of("first.weight", 1), of("sum", 2), of("first", 3), of("encoder.00.bias", 4));
  }

  @Test
  void namesThatFitNothingOrTwiceAreRefused() {
    Weights theirs = new Weights(List.of(of("a.weight", 1), of("b.weight", 2)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> theirs.withNames(Map.of("a", "b")))
        .withMessage("\"a.weight\" and \"b.weight\" would both be named \"b.weight\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> theirs.withNames(Map.of("a", "c", "a.w", "d", "e", "f")))
        .withMessageContaining("[a.w, e]")
        .withMessageContaining("[a.weight, b.weight]");
  }

  private static WeightArray of(String name, float value) {
    return new WeightArray(name, List.of(1), FloatBuffer.wrap(new float[] {value}));
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Autoencoder.dense().bottleneck(2).build().weights());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TRAINED.weights().get("nobody"))
        .withMessageContaining("nobody")
        .withMessageContaining("encoder-1.weight");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Weights.load(folder.resolve("none")))
        .withMessageContaining("none");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> TRAINED.weights().save(folder.resolve("no").resolve("none")))
        .withMessageContaining("unharmed");
  }

  @Test
  void aHalfHasItsOwn() {
    Path file = folder.resolve("half.aemodel");
    TRAINED.save(file, Saving.encoder());
    try (Encoder encoder = Encoder.load(file)) {
      assertThat(encoder.weights().arrays())
          .isEqualTo(TRAINED.encoder().weights().arrays())
          .hasSizeLessThan(TRAINED.weights().arrays().size());
    }
  }
}
