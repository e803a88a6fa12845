package io.github.autoencoder4j.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.runtime.Weights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the tests write as Keras would; there is no Keras to write them. */
class KerasTest {

  @TempDir Path folder;

  private static String layer(String type, String name, String settings) {
    return "{\"module\":\"keras.layers\",\"class_name\":\"%s\",\"config\":{\"name\":\"%s\"%s}}"
        .formatted(type, name, settings);
  }

  private static String model(String type, String name, String... layers) {
    return "{\"class_name\":\"%s\",\"config\":{\"name\":\"%s\",\"layers\":[%s]}}"
        .formatted(type, name, String.join(",", layers));
  }

  /** The half of an autoencoder from 2 to 2 to 1 numbers, and from there back. */
  private static final String ENCODER =
      model(
          "Functional",
          "encoder",
          layer("InputLayer", "in", ",\"batch_shape\":[null,2]"),
          layer("Dense", "wide", ",\"units\":2,\"activation\":\"relu\""),
          layer("Dropout", "dropout", ",\"rate\":0.1"),
          layer("Dense", "code", ",\"units\":1"));

  private static final String DECODER =
      model(
          "Sequential",
          "decoder",
          layer("Dense", "wide", ",\"units\":2,\"activation\":\"relu\""),
          layer("Dense", "out", ",\"units\":2,\"use_bias\":false"));

  private static final String AUTOENCODER = model("Sequential", "autoencoder", ENCODER, DECODER);

  private static final Map<String, String> NAMES =
      Map.of(
          "encoder.wide", "encoder-1",
          "encoder.code", "bottleneck",
          "decoder.wide", "decoder-1",
          "decoder.out", "logits");

  private static void put(WritableGroup root, String path, Object values) {
    String[] steps = path.split("/");
    WritableGroup group = root;
    for (String step : Arrays.copyOf(steps, steps.length - 1)) {
      group =
          group.getChildren().get(step) instanceof WritableGroup inner
              ? inner
              : group.putGroup(step);
    }
    group.putDataset(steps[steps.length - 1], values);
  }

  /** As Keras 3 writes it: variables are numbered, layers by their classes. */
  private Path keras3(String config, Map<String, Object> variables) throws IOException {
    Path h5 = folder.resolve("model.weights.h5");
    try (WritableHdfFile file = HdfFile.write(h5)) {
      variables.forEach((path, values) -> put(file, path, values));
    }
    Path model = folder.resolve("model.keras");
    try (OutputStream out = Files.newOutputStream(model);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("metadata.json"));
      zip.write("{\"keras_version\":\"3.9.0\"}".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(config.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      Files.copy(h5, zip);
    }
    return model;
  }

  /** As Keras 2 writes it: variables have names, in a group for each layer. */
  private Path keras2(String config, Map<String, Map<String, Object>> layers) {
    Path model = folder.resolve("model.h5");
    try (WritableHdfFile file = HdfFile.write(model)) {
      file.putAttribute("model_config", config);
      WritableGroup all = file.putGroup("model_weights");
      all.putAttribute("layer_names", layers.keySet().toArray(String[]::new));
      layers.forEach(
          (name, variables) -> {
            WritableGroup group = all.putGroup(name);
            group.putAttribute("weight_names", variables.keySet().toArray(String[]::new));
            variables.forEach((path, values) -> put(group, path, values));
          });
    }
    return model;
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static WeightArray array(String name, List<Integer> shape, float... values) {
    return new WeightArray(name, shape, FloatBuffer.wrap(values));
  }

  private static final float[][] WIDE = {{1, 3}, {2, -4}};
  private static final float[][] CODE = {{2}, {7}};
  private static final float[][] BACK = {{1, -1}};
  private static final double[][] OUT = {{0.5, -1}, {1, 2}};

  private static Map<String, Object> numbered() {
    return ordered(
        "layers/functional/layers/dense/vars/0", WIDE,
        "layers/functional/layers/dense/vars/1", new float[] {0.5f, -1},
        "layers/functional/layers/dense_1/vars/0", CODE,
        "layers/functional/layers/dense_1/vars/1", new float[] {0.25f},
        "layers/sequential/layers/dense/vars/0", BACK,
        "layers/sequential/layers/dense/vars/1", new float[] {0.75f, 1},
        "layers/sequential/layers/dense_1/vars/0", OUT);
  }

  private static void assertDense(Weights weights) {
    assertThat(weights.arrays())
        .containsExactly(
            array("encoder.wide.weight", List.of(2, 2), 1, 2, 3, -4),
            array("encoder.wide.bias", List.of(2), 0.5f, -1),
            array("encoder.code.weight", List.of(1, 2), 2, 7),
            array("encoder.code.bias", List.of(1), 0.25f),
            array("decoder.wide.weight", List.of(2, 1), 1, -1),
            array("decoder.wide.bias", List.of(2), 0.75f, 1),
            array("decoder.out.weight", List.of(2, 2), 0.5f, 1, -1, 2),
            array("decoder.out.bias", List.of(2), 0, 0));
  }

  @Test
  void aDenseModelOfKeras3ComputesWhatIsComputedByHand() throws IOException {
    Weights weights = Keras.weights(keras3(AUTOENCODER, numbered()));

    assertDense(weights);
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(ImageShape.vector(2))
            .hidden(2)
            .bottleneck(1)
            .activation(Activation.RELU)
            .output(Output.gaussian(1))
            .build();
    autoencoder.importWeights(weights.withNames(NAMES));
    // 0.5 * 1 + 0.25 * 2 + 0.5 = 1.5; 0.5 * 3 - 0.25 * 4 - 1 < 0; 1.5 * 2 + 0.25 = 3.25
    assertThat(autoencoder.encode(new float[][] {{0.5f, 0.25f}}))
        .isDeepEqualTo(new float[][] {{3.25f}});
    // 3.25 + 0.75 = 4; -3.25 + 1 < 0; 4 * 0.5 = 2; 4 * -1 = -4
    assertThat(autoencoder.decode(new float[][] {{3.25f}})).isDeepEqualTo(new float[][] {{2, -4}});
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":0"})
  void aDenseModelOfKeras2IsTheSame(String end) {
    Map<String, Map<String, Object>> layers = new LinkedHashMap<>();
    layers.put(
        "encoder",
        ordered(
            "wide/kernel" + end,
            WIDE,
            "wide/bias" + end,
            new float[] {0.5f, -1},
            "code/kernel" + end,
            CODE,
            "code/bias" + end,
            new float[] {0.25f}));
    layers.put(
        "decoder",
        ordered(
            "wide/kernel" + end, BACK,
            "wide/bias" + end, new float[] {0.75f, 1},
            "out/kernel" + end, OUT));

    assertDense(Keras.weights(keras2(AUTOENCODER, layers)));
  }

  @Test
  void oldFilesHaveTheLayersInPlaceOfASetting() {
    String config =
        "{\"class_name\":\"Sequential\",\"config\":[%s]}".formatted(layer("Dense", "d", ""));
    Map<String, Map<String, Object>> layers = new LinkedHashMap<>();
    layers.put("d", ordered("d/kernel:0", CODE, "d/bias:0", new float[] {1}));

    assertThat(Keras.weights(keras2(config, layers)).get("d.weight"))
        .isEqualTo(array("d.weight", List.of(1, 2), 2, 7));
  }

  private static float[][][][] random(Random random, int... sides) {
    float[][][][] values = new float[sides[0]][sides[1]][sides[2]][sides[3]];
    for (float[][][] rows : values) {
      for (float[][] column : rows) {
        for (float[] row : column) {
          for (int i = 0; i < row.length; i++) {
            row[i] = (float) random.nextGaussian();
          }
        }
      }
    }
    return values;
  }

  @Test
  void convolutionsComputeWhatTheDefinitionsOfKerasSay() throws IOException {
    Random random = new Random(4);
    float[][][][] down = random(random, 4, 4, 3, 2); // [h, w, in, out]
    float[][][][] up = random(random, 4, 4, 3, 2); // [h, w, out, in]
    String settings =
        ",\"kernel_size\":[4,4],\"strides\":[2,2],\"padding\":\"same\",\"dilation_rate\":[1,1]";
    Path file =
        keras3(
            model(
                "Sequential",
                "autoencoder",
                layer("InputLayer", "in", ",\"batch_shape\":[null,6,6,3]"),
                layer("Conv2D", "down", settings + ",\"groups\":1"),
                layer("Conv2DTranspose", "up", settings + ",\"output_padding\":null")),
            ordered(
                "layers/conv2d/vars/0",
                down,
                "layers/conv2d/vars/1",
                new float[] {0.5f, -0.25f},
                "layers/conv2d_transpose/vars/0",
                up,
                "layers/conv2d_transpose/vars/1",
                new float[] {1, 2, 3}));
    Autoencoder autoencoder =
        Autoencoder.conv()
            .input(new ImageShape(6, 6, 3))
            .latent(3, 3, 2)
            .strides(2)
            .widths()
            .resampling(Resampling.STRIDED)
            .output(Output.gaussian(1))
            .build();
    autoencoder.importWeights(
        Keras.weights(file).withNames(Map.of("down", "bottleneck", "up", "logits")));
    float[] sample = new float[3 * 36];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.nextFloat();
    }

    float[] code = autoencoder.encode(new float[][] {sample})[0];
    float[] decoded = autoencoder.decode(new float[][] {code})[0];

    // Both "same": a pixel of 3 x 3 meets the 4 x 4 of 6 x 6 that begin one above and left of twice
    // it.
    double[] expected = new double[2 * 9];
    double[] image = new double[3 * 36];
    for (int i = 0; i < image.length; i++) {
      image[i] = 1 + i / 36;
    }
    for (int c = 0; c < 2; c++) {
      for (int place = 0; place < 9; place++) {
        expected[c * 9 + place] += c == 0 ? 0.5 : -0.25;
        for (int h = 0; h < 4; h++) {
          for (int w = 0; w < 4; w++) {
            int row = place / 3 * 2 - 1 + h;
            int column = place % 3 * 2 - 1 + w;
            for (int d = 0; d < 3 && row >= 0 && row < 6 && column >= 0 && column < 6; d++) {
              int pixel = d * 36 + row * 6 + column;
              expected[c * 9 + place] += (double) down[h][w][d][c] * sample[pixel];
              image[pixel] += (double) up[h][w][d][c] * code[c * 9 + place];
            }
          }
        }
      }
    }
    assertClose(code, expected);
    assertClose(decoded, image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1D", "2D"})
  void convolutionsOfSequencesComputeWhatKerasDoes(String dimensions) throws IOException {
    boolean flat = dimensions.equals("1D");
    Random random = new Random(5);
    float[][][][] down = random(random, 1, 4, 3, 2); // [1, w, in, out]
    float[][][][] up = random(random, 1, 4, 3, 2); // [1, w, out, in]
    String settings =
        ",\"kernel_size\":%s,\"strides\":%s,\"padding\":\"same\",\"dilation_rate\":%s"
            .formatted(flat ? "[4]" : "[1,4]", flat ? "[2]" : "[1,2]", flat ? "[1]" : "[1,1]");
    String type = "Conv" + dimensions;
    Path file =
        keras3(
            model(
                "Sequential",
                "autoencoder",
                layer(type, "down", settings + ",\"groups\":1"),
                layer(type + "Transpose", "up", settings + ",\"output_padding\":null")),
            ordered(
                "layers/conv" + dimensions.toLowerCase(Locale.ROOT) + "/vars/0",
                flat ? down[0] : down,
                "layers/conv" + dimensions.toLowerCase(Locale.ROOT) + "/vars/1",
                new float[] {0.5f, -0.25f},
                "layers/conv" + dimensions.toLowerCase(Locale.ROOT) + "_transpose/vars/0",
                flat ? up[0] : up,
                "layers/conv" + dimensions.toLowerCase(Locale.ROOT) + "_transpose/vars/1",
                new float[] {1, 2, 3}));
    Autoencoder autoencoder =
        Autoencoder.conv()
            .input(1, 8, 3)
            .latent(1, 4, 2)
            .widths()
            .residualBlocks(0)
            .resampling(Resampling.STRIDED)
            .output(Output.gaussian(1))
            .build();
    autoencoder.importWeights(
        Keras.weights(file).withNames(Map.of("down", "bottleneck", "up", "logits")));
    float[] sample = new float[3 * 8];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = random.nextFloat();
    }

    float[] code = autoencoder.encode(new float[][] {sample})[0];
    float[] decoded = autoencoder.decode(new float[][] {code})[0];

    // Both "same": a place of 4 meets the 4 of 8 that begin one to the left of twice it.
    double[] expected = new double[2 * 4];
    double[] signal = new double[3 * 8];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = 1 + i / 8;
    }
    for (int c = 0; c < 2; c++) {
      for (int place = 0; place < 4; place++) {
        expected[c * 4 + place] += c == 0 ? 0.5 : -0.25;
        for (int w = 0; w < 4; w++) {
          int column = place * 2 - 1 + w;
          for (int d = 0; d < 3 && column >= 0 && column < 8; d++) {
            expected[c * 4 + place] += (double) down[0][w][d][c] * sample[d * 8 + column];
            signal[d * 8 + column] += (double) up[0][w][d][c] * code[c * 4 + place];
          }
        }
      }
    }
    assertClose(code, expected);
    assertClose(decoded, signal);
  }

  private static void assertClose(float[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], offset(1e-5));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, same, true", "4, 2, same, true", "2, 2, valid, true", "1, 1, valid, true",
    "3, 2, same, false", "3, 1, valid, false", "4, 2, valid, false", "1, 3, same, false",
    "3, 1, causal, false"
  })
  void onlyAPaddingThatIsTheSameOnAllSidesFits(int kernel, int stride, String padding, boolean fits)
      throws IOException {
    String settings =
        ",\"kernel_size\":[%s,%s],\"strides\":%s,\"padding\":\"%s\",\"use_bias\":false"
            .formatted(kernel, kernel, stride, padding);
    Path file =
        keras3(
            model("Sequential", "m", layer("Conv2D", "c", settings)),
            ordered("layers/conv2d/vars/0", new float[kernel][kernel][1][2]));

    if (fits) {
      assertThat(Keras.weights(file).get("c.weight").shape()).containsExactly(2, 1, kernel, kernel);
      assertThat(Keras.weights(file).get("c.bias").shape()).containsExactly(2);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Keras.weights(file))
          .withMessageContaining(
              "c: padding \"%s\" with kernel %s and stride %s", padding, kernel, stride);
    }
  }

  @Test
  void allThatHasNoCounterpartIsListed() throws IOException {
    Path file =
        keras3(
            model(
                "Sequential",
                "m",
                layer(
                    "Conv2D",
                    "c",
                    ",\"kernel_size\":[3,5],\"strides\":[1,1],\"padding\":\"same\","
                        + "\"dilation_rate\":[2,2],\"groups\":3"),
                layer(
                    "Conv2DTranspose",
                    "t",
                    ",\"kernel_size\":[2,2],\"strides\":[2,2],\"output_padding\":[1,1]"),
                layer("BatchNormalization", "norm", ""),
                layer("Flatten", "flat", ""),
                model("Sequential", "inner", layer("MaxPooling2D", "pool", ""))),
            ordered("layers/conv2d/vars/0", new float[1][1][1][1]));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keras.weights(file))
        .withMessageContainingAll(
            "c: kernel_size is [3,5], but must be the same in both directions",
            "c: dilation_rate is more than 1",
            "c: groups is 3, but can only be 1",
            "t: output_padding is [1,1], but can only be null",
            "norm: there is no BatchNormalization here",
            "inner.pool: there is no MaxPooling2D here",
            "flat, Flatten: Keras puts the channels of a picture last");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, false"})
  void picturesOfOneChannelMayBeFlattened(int channels, boolean fits) throws IOException {
    Path file =
        keras3(
            model(
                "Sequential",
                "m",
                layer("InputLayer", "in", ",\"batch_shape\":[null,2,1,%s]".formatted(channels)),
                layer("Flatten", "flat", ""),
                layer("Dense", "d", ""),
                layer("Reshape", "back", ",\"target_shape\":[1,1]")),
            ordered("layers/dense/vars/0", CODE, "layers/dense/vars/1", new float[] {1}));
    if (fits) {
      assertThat(Keras.weights(file).arrays()).hasSize(2);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Keras.weights(file))
          .withMessageContaining("back, Reshape");
    }
  }

  @Test
  void modelsOfTheirOwnClassAndWithoutWeightsAreRefused() throws IOException {
    Path own = keras3(model("Vae", "vae"), ordered("layers/dense/vars/0", CODE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keras.weights(own))
        .withMessageContaining("this is a Vae of Keras");
    Path empty = keras3(model("Sequential", "m"), ordered("layers/dense/vars/0", CODE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keras.weights(empty))
        .withMessageContaining("no layer has weights");
  }

  private void assertUnreadable(Path file, String... why) {
    assertThatExceptionOfType(UnreadableModelException.class)
        .isThrownBy(() -> Keras.weights(file))
        .withMessageContaining(file.toString())
        .withMessageContainingAll(why);
  }

  @Test
  void variablesThatAreNotWhereKerasPutsThemAreNamed() throws IOException {
    Map<String, Object> variables = numbered();
    variables.remove("layers/functional/layers/dense_1/vars/1");
    assertUnreadable(keras3(AUTOENCODER, variables), "no bias of the layer encoder.code");
    variables.put("layers/functional/layers/dense_1/vars/1", new float[][] {{1}});
    assertUnreadable(keras3(AUTOENCODER, variables), "shape [1, 1]", "1 dimensions");
    variables.put("layers/functional/layers/dense_1/vars/1", new int[] {1});
    assertUnreadable(keras3(AUTOENCODER, variables), "numbers of type int");
    Map<String, Map<String, Object>> layers = new LinkedHashMap<>();
    layers.put("encoder", ordered("wide/kernel:0", WIDE));
    assertUnreadable(keras2(AUTOENCODER, layers), "no bias of the layer encoder.wide");
  }

  @Test
  void whatIsNoKerasModelIsRefused() throws IOException {
    Path file = folder.resolve("no.keras");
    Files.writeString(file, "not a model");
    assertUnreadable(file, "neither a .keras file nor an .h5 file");
    Files.writeString(file, "PK");
    assertUnreadable(file, "no whole zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write('{');
    }
    assertUnreadable(file, "JSON");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write("{}".getBytes(StandardCharsets.UTF_8));
    }
    assertUnreadable(file, "no entry model.weights.h5");
    Path weights = folder.resolve("only.weights.h5");
    try (WritableHdfFile h5 = HdfFile.write(weights)) {
      put(h5, "layers/dense/vars/0", CODE);
    }
    assertUnreadable(weights, "save the whole model");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Keras.weights(folder.resolve("nowhere.keras")))
        .withMessageContaining("there is no file");
  }

  @Test
  void aCompressionBombIsRefused() throws IOException {
    Path file = folder.resolve("bomb.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i <= 16; i++) {
        zip.write(zeros);
      }
    }
    assertUnreadable(file, "its config.json unpacks to more than the 16777216 bytes");
  }

  @Test
  void everyTruncationIsRefusedOrReadsTheSame() throws IOException {
    Map<String, Map<String, Object>> layers = new LinkedHashMap<>();
    layers.put("d", ordered("d/kernel:0", CODE, "d/bias:0", new float[] {1}));
    Path file = keras2(model("Sequential", "m", layer("Dense", "d", "")), layers);
    Weights weights = Keras.weights(file);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int length = 0; length < whole.length; length += 13) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        assertThat(Keras.weights(file)).isEqualTo(weights);
      } catch (UnreadableModelException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }
}
