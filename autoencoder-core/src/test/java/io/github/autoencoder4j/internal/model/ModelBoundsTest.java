package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may ask for, and what it may say: all digests are right. */
class ModelBoundsTest {

  private static final String CONFIG = "config.json";
  private static final float[][] SAMPLES = TinyData.rows(4, 4);

  @TempDir private Path folder;

  private final List<String> raised = new ArrayList<>();
  private Path file;

  @BeforeEach
  void saveASmallModel() {
    file = folder.resolve("small.aemodel");
    RawModel.small().save(file);
  }

  @AfterEach
  void lowerAgain() {
    raised.forEach(System::clearProperty);
  }

  private void set(String property, long value) {
    raised.add(property);
    System.setProperty(property, Long.toString(value));
  }

  private RawModel model() throws IOException {
    return RawModel.of(file);
  }

  private String refusal(byte[] bytes) throws IOException {
    Path hostile = Files.write(folder.resolve("hostile.aemodel"), bytes);
    String inspected = reason(() -> Autoencoder.inspect(hostile));
    assertThat(reason(() -> Autoencoder.load(hostile))).isEqualTo(inspected);
    return inspected;
  }

  private static String reason(Runnable reading) {
    UnreadableModelException refusal =
        catchThrowableOfType(UnreadableModelException.class, reading::run);
    assertThat(refusal).isNotNull();
    return refusal.reason();
  }

  private String refusal(Consumer<ObjectNode> change) throws IOException {
    return refusal(model().edit(CONFIG, change).seal().zip());
  }

  private static void conv(ObjectNode config, int side, int channels, int kernel, int... widths) {
    ObjectNode conv = config.putObject("architecture");
    conv.put("kind", "conv");
    conv.putObject("input").put("height", side).put("width", side).put("channels", 1);
    conv.putObject("latent").put("height", side).put("width", side).put("channels", channels);
    ArrayNode strides = conv.putArray("strides");
    ArrayNode list = conv.putArray("widths");
    for (int width : widths) {
      strides.add(1);
      list.add(width);
    }
    conv.put("kernel", kernel).put("activation", "identity").put("residual_blocks", 0);
    conv.put("resampling", "subpixel");
  }

  // What a network may take

  @Test
  void layersAreBoundedInAll() throws IOException {
    String reason =
        refusal(
            config -> {
              conv(config, 1, 1, 1, new int[1_000]);
              ObjectNode conv = (ObjectNode) config.get("architecture");
              ArrayNode widths = conv.putArray("widths");
              for (int i = 0; i < 1_000; i++) {
                widths.add(1);
              }
              conv.put("residual_blocks", 1_000);
            });
    assertThat(reason).contains("2,002,002 layers", "1,000", "-Dautoencoder4j.maxLayers=2002002");
  }

  @Test
  void latentStagesAreLayers() throws IOException {
    String reason =
        refusal(
            config -> {
              ArrayNode stages = config.putArray("latent_stages");
              for (int i = 0; i < 1_100; i++) {
                stages.addObject().put("kind", "power_normalization").put("scope", "per_batch");
              }
            });
    assertThat(reason).contains("1,102 layers");
  }

  @Test
  void activationsAreBoundedInSum() throws IOException {
    // No layer makes more than 4 MB, which a thousand weights are enough for.
    String reason =
        refusal(
            config -> conv(config, 1_024, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    assertThat(reason).contains("activations of one sample", "33,554,432");
  }

  @Test
  void multiplicationsAreBounded() throws IOException {
    String reason = refusal(config -> conv(config, 128, 1, 51, 2, 1));
    assertThat(reason)
        .contains("multiplications for one sample", "-Dautoencoder4j.maxMultiplications=");
  }

  @Test
  void parametersAreBounded() throws IOException {
    set("autoencoder4j.maxParameters", 5);
    assertThat(reason(() -> Autoencoder.load(file))).contains("needs 13 parameters");
  }

  @ParameterizedTest
  @CsvSource({
    "autoencoder4j.maxLayers, 2",
    "autoencoder4j.maxActivations, 9",
    "autoencoder4j.maxMultiplications, 13",
    "autoencoder4j.maxParameters, 13"
  })
  void theOwnerSetsEveryBound(String property, long needed) {
    set(property, needed - 1);
    assertThat(reason(() -> Autoencoder.load(file)))
        .contains("-D" + property + "=" + needed)
        .contains(", and a file may ask for " + (needed - 1));

    set(property, needed);
    assertThat(Autoencoder.load(file).encode(SAMPLES)).hasDimensions(4, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "many", "1e9"})
  void aBoundThatIsNoNumberIsNamed(String value) {
    raised.add("autoencoder4j.maxLayers");
    System.setProperty("autoencoder4j.maxLayers", value);
    assertThatThrownBy(() -> Autoencoder.load(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("autoencoder4j.maxLayers")
        .hasMessageContaining('"' + value + '"');
  }

  @Test
  void whatOneTrainsOneselfIsSavedAndGoneOnWithWhateverItsSize() {
    set("autoencoder4j.maxMultiplications", 1);
    Path checkpoints = folder.resolve("checkpoints");
    Training two =
        Training.epochs(2).batchSize(2).checkpoints(Checkpoints.in(checkpoints).everySteps(1));
    Autoencoder large = Autoencoder.dense().input(2, 2).hidden().bottleneck(1).build();
    large.fit(TinyData.source(4, 4), two);
    large.save(folder.resolve("large.aemodel"));

    Autoencoder again = Autoencoder.dense().input(2, 2).hidden().bottleneck(1).build();
    again.resume(TinyData.source(4, 4), two);

    assertThat(again.encode(SAMPLES)).isDeepEqualTo(large.encode(SAMPLES));
    assertThat(reason(() -> Autoencoder.load(folder.resolve("large.aemodel"))))
        .contains("to load a model that you trust, set -Dautoencoder4j.maxMultiplications=13");
  }

  // What a document may say

  @Test
  void aNetworkHasALevel() throws IOException {
    assertThat(refusal(config -> conv(config, 1, 1, 1)))
        .contains("describes what cannot be: there must be at least one level");
  }

  @Test
  void aCycleHasALength() throws IOException {
    assertThat(
            refusal(
                config -> {
                  ObjectNode rate = schedule(config, "cycle");
                  rate.put("initial", 0.1).put("greatest", 0.2).put("length", 0);
                  rate.put("annealing", 0).put("annealing_decay", 0.1);
                }))
        .contains("learning_rate.length should be a whole number from 1");
  }

  @Test
  void whatNobodyCouldTrainWithIsRefused() throws IOException {
    assertThat(
            refusal(
                config -> {
                  ObjectNode rate = schedule(config, "step");
                  rate.put("initial", 0.1).put("decay_rate", 0.5).put("step", 0);
                }))
        .contains("the learning rate of Sgd is NaN");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+0", "-0", "00", "01", "-1", "2147483648", "99999999999", "1.0", "\u0663", ""})
  void aNumberHasOneSpelling(String point) throws IOException {
    assertThat(
            refusal(
                config -> {
                  ObjectNode points = schedule(config, "map").putObject("values");
                  points.put("0", 0.1).put(point, 0.2);
                }))
        .contains("should be a whole number from 0 on");
  }

  private static ObjectNode schedule(ObjectNode config, String kind) {
    ObjectNode rate = config.putObject("optimizer").put("kind", "sgd").putObject("learning_rate");
    return rate.put("kind", kind).put("unit", "iteration");
  }

  @Test
  void pointsOfASchedule() throws IOException {
    Files.write(
        file,
        model()
            .edit(
                CONFIG,
                config -> {
                  ObjectNode rate = config.putObject("optimizer").put("kind", "sgd");
                  rate = rate.putObject("learning_rate").put("kind", "map").put("unit", "epoch");
                  rate.putObject("values").put("0", 0.1).put("2147483647", 0.2);
                })
            .seal()
            .zip());
    assertThat(Autoencoder.inspect(file).optimizer()).contains("2147483647 0.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void jsonIsUtf8(String charset) throws IOException {
    byte[] config = model().text(CONFIG).getBytes(Charset.forName(charset));
    assertThat(refusal(model().content(CONFIG, config).seal().zip()))
        .contains("it should be UTF-8 without a byte order mark");
  }

  @Test
  void jsonHasNoByteOrderMark() throws IOException {
    byte[] config = ("\uFEFF" + model().text(CONFIG)).getBytes(StandardCharsets.UTF_8);
    assertThat(refusal(model().content(CONFIG, config).seal().zip()))
        .contains("it should be UTF-8 without a byte order mark");
  }

  // Folders

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.aemodel", "checkpoint-0000000009.aemodel", "."})
  void aLinkThatLeadsToNoCheckpointIsLeftOut(String target) throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    Files.createSymbolicLink(checkpoints.resolve("checkpoint-0000000009.aemodel"), Path.of(target));
    assertThat(reason(() -> Autoencoder.load(checkpoints)))
        .contains("none of its 1 checkpoints is whole");

    Files.copy(file, checkpoints.resolve("checkpoint-0000000001.aemodel"));
    assertThat(Autoencoder.load(checkpoints).encode(SAMPLES)).hasDimensions(4, 1);
  }
}
