package io.github.autoencoder4j.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.model.RawModel;
import io.github.autoencoder4j.testing.FuzzChoices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Models of any architecture, optimiser and schedule that a file can describe, every digest right.
 * All weights are zero, so that every code is zero and every output a half, whatever the layers:
 * the golden pair is right too, and nothing keeps a reader from building and running the network.
 */
final class ModelGrammar {

  private static final String CONFIG = "config.json";
  private static final String MANIFEST = "manifest.json";
  private static final String TENSORS = "tensors.bin";

  /** Of numbers that are written; of larger networks the file has none. */
  private static final int MOST_VALUES = 1 << 18;

  /** Of plans that this grammar makes itself. */
  private static final int MOST_LAYERS = 3_000;

  private static final int COLUMNS = 7;

  private static final String TABLE = "table.columns";

  private final RawModel frame;
  private final FuzzChoices choices;
  private final ArrayNode lines;
  private final ObjectNode manifest;

  /** How many classes encoder and decoder are told of; 0 for none. */
  private final int classes;

  private int bytes;

  private ModelGrammar(RawModel frame, FuzzChoices choices, boolean isByClass) throws IOException {
    this.frame = frame;
    this.choices = choices;
    this.classes = isByClass ? choices.of(1, 2, 3, 3, 64, 1_000, 1_001) : 0;
    this.manifest = frame.json(MANIFEST);
    this.lines = manifest.putArray("tensors");
  }

  /** Builds a file from choices, around documents of a good one. */
  static byte[] build(RawModel good, FuzzChoices choices) throws IOException {
    return new ModelGrammar(good.copy(), choices, false).build();
  }

  /** Builds a file of a model that is conditioned on classes. */
  static byte[] buildByClass(RawModel good, FuzzChoices choices) throws IOException {
    return new ModelGrammar(good.copy(), choices, true).build();
  }

  private byte[] build() throws IOException {
    ObjectNode config = frame.json(CONFIG);
    String part = choices.oneIn(4) ? choices.of("encoder", "decoder") : "whole";
    config.put("part", part).put("optimizer_state", false);
    config.put("steps", choices.number()).put("epochs", choices.number());
    Architecture architecture =
        choices.oneIn(3)
            ? dense(config.putObject("architecture"))
            : conv(config.putObject("architecture"));
    stages(config.putArray("latent_stages"));
    byte[] table = new byte[0];
    if (architecture != null && choices.oneIn(4)) {
      table = table(architecture.input().size());
      config.remove("loss");
      ObjectNode output = config.putObject("output").put("kind", "columns");
      output.put("sha256", choices.oneIn(8) ? "" : RawModel.sha256(table));
      line(TABLE, "uint8", table.length);
    } else {
      config.put("loss", choices.of("mean_squared_error", "binary_cross_entropy"));
    }
    optimizer(config.putObject("optimizer"));
    if (architecture != null) {
      weights(architecture, part);
      golden(architecture, part);
    }
    line("history", "float64", 0, COLUMNS);
    byte[] data = new byte[bytes];
    fillOutputs(data);
    if (lines.get(0).get("name").textValue().equals(TABLE)) {
      System.arraycopy(table, 0, data, 0, table.length);
    }
    frame.document("history.json", noRuns());
    frame.json(MANIFEST, manifest).content(TENSORS, data);
    frame.content(CONFIG, config.toString().getBytes(charset())).seal();
    return frame.zip();
  }

  private Charset charset() {
    return choices.oneIn(32)
        ? choices.of(
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("UTF-32BE"))
        : StandardCharsets.UTF_8;
  }

  private byte[] noRuns() throws IOException {
    ObjectNode history = frame.json("history.json");
    history.putArray("runs");
    return history.toString().getBytes(StandardCharsets.UTF_8);
  }

  private ObjectNode shape(ObjectNode node, ImageShape shape) {
    return node.put("height", shape.height())
        .put("width", shape.width())
        .put("channels", shape.channels());
  }

  private int size() {
    int size = choices.oneIn(4) ? choices.number() : 1 + choices.below(8);
    return Math.max(1, size);
  }

  private int side() {
    return choices.of(1, 2, 3, 4, 6, 8, 16, 32, 64, 128, 256, 512, 4_096);
  }

  /** Of columns of two values, whose reconstruction is a half too, and seldom others. */
  private byte[] table(int width) {
    int columns = choices.oneIn(8) ? choices.count(3_000) : Math.min(width, 2_000);
    StringBuilder text = new StringBuilder("{\"columns\":" + columns + ",\"missing\":[\"\"]}\n");
    boolean odd = choices.oneIn(4);
    for (int i = 0; i < columns; i++) {
      text.append(odd && i < 8 && choices.oneIn(4) ? oddColumn(i) : binary(i)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String binary(int number) {
    return "{\"kind\":\"binary\",\"name\":\"%s\",\"zero\":\"a\",\"one\":\"b\",\"missing\":false}"
        .formatted(number);
  }

  private String oddColumn(int number) {
    String name = choices.of("" + number, "", "x".repeat(2_000), "\\n");
    String scaling =
        choices.of(
            "{\"kind\":\"standard\",\"mean\":0.0,\"spread\":%s}".formatted(real()),
            "{\"kind\":\"robust\",\"median\":%s,\"spread\":1.0}".formatted(real()),
            "{\"kind\":\"quantile\",\"quantiles\":[0.0,%s]}".formatted(real()),
            "{\"kind\":\"quantile\",\"quantiles\":[%s]}".formatted("0,".repeat(1_500) + "1"));
    return choices.of(
        "{\"kind\":\"number\",\"name\":\"%s\",\"decimal_comma\":false,\"scaling\":%s,\"missing\":false}"
            .formatted(name, scaling),
        "{\"kind\":\"date\",\"name\":\"%s\",\"pattern\":\"%s\",\"scaling\":%s,\"missing\":false}"
            .formatted(
                name,
                choices.of("uuuu-MM-dd", "[[[[[[uuuu]]]]]]", "'", "u".repeat(60), "pppppppppu"),
                scaling),
        "{\"kind\":\"category\",\"name\":\"%s\",\"listed\":[%s],\"missing\":true}"
            .formatted(
                name, choices.of("", "\"a\"", "\"a\",\"a\"", "\"a\",".repeat(2_000) + "\"b\"")),
        "{\"kind\":\"left_out\",\"name\":\"%s\",\"reason\":\"%s\"}"
            .formatted(name, choices.of("empty", "chosen", "?")),
        "{}",
        "[]",
        "");
  }

  private @Nullable Architecture dense(ObjectNode node) {
    ImageShape input = image();
    List<Integer> hidden = numbers(this::size);
    int bottleneck = size();
    Activation activation = activation();
    double dropout = choices.of(0.0, 0.5, 1.0);
    node.put("kind", "dense");
    shape(node.putObject("input"), input);
    ArrayNode sizes = node.putArray("hidden");
    hidden.forEach(sizes::add);
    node.put("bottleneck", bottleneck).put("activation", name(activation)).put("dropout", dropout);
    try {
      return new DenseArchitecture(input, hidden, bottleneck, activation, dropout);
    } catch (IllegalArgumentException e) {
      return null; // the reader must find out by itself
    }
  }

  private @Nullable Architecture conv(ObjectNode node) {
    List<Integer> strides = numbers(() -> choices.of(1, 1, 2, 2, 3, 4, 8));
    // More would not fit whatever the code, and its products would wrap round.
    long factor =
        Math.min(1 << 24, strides.stream().mapToLong(Integer::longValue).reduce(1, this::times));
    boolean isSequence = choices.oneIn(4);
    ImageShape code =
        new ImageShape(isSequence ? 1 : 1 + choices.below(4), 1 + choices.below(4), 1);
    int wide = choices.oneIn(4) ? side() : 1;
    int high = isSequence ? 1 : wide;
    long height = isSequence ? 1 : code.height() * factor * wide;
    long width = code.width() * factor * wide;
    boolean fits = Math.max(height, width) <= 1 << 24 && height * width <= 1 << 24;
    ImageShape input =
        fits ? new ImageShape((int) height, (int) width, 1 + choices.below(3)) : image();
    int most = Integer.MAX_VALUE / (code.height() * high * code.width() * wide);
    ImageShape latent =
        new ImageShape(
            code.height() * high,
            code.width() * wide,
            choices.oneIn(4) ? Math.min(most, size()) : 1);
    List<Integer> widths = new ArrayList<>();
    int levels = Math.max(0, strides.size() - choices.below(2));
    for (int i = 0; i < levels; i++) {
      widths.add(i < 8 ? channels() : 1);
    }
    int kernel = choices.of(0, 1, 2, 3, 4, 5, 7, 51, 101, 999, 1_000);
    Activation activation = activation();
    int blocks = choices.oneIn(4) ? choices.count(1_000) : 0;
    Resampling resampling = choices.of(Resampling.values());
    node.put("kind", "conv");
    shape(node.putObject("input"), input);
    shape(node.putObject("latent"), latent);
    ArrayNode steps = node.putArray("strides");
    strides.forEach(steps::add);
    ArrayNode channels = node.putArray("widths");
    widths.forEach(channels::add);
    node.put("kernel", kernel).put("activation", name(activation));
    node.put("residual_blocks", blocks).put("resampling", name(resampling));
    if ((long) widths.size() * (blocks + 1) > MOST_LAYERS) {
      return null;
    }
    try {
      return new ConvArchitecture(
          input, latent, strides, widths, kernel, activation, blocks, resampling);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return null; // the reader must find out by itself
    }
  }

  private long times(long a, long b) {
    return Math.min(1L << 32, a * b);
  }

  private ImageShape image() {
    return new ImageShape(side(), side(), 1 + choices.below(3));
  }

  private int channels() {
    return choices.oneIn(4)
        ? choices.of(1, 2, 15, 16, 17, 64, 255, 1_000, 4_096)
        : 1 + choices.below(3);
  }

  /** Seldom a list that is longer than any reader should take. */
  private List<Integer> numbers(IntSupplier one) {
    int count = choices.count(1_100);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i < 8 ? one.getAsInt() : 1);
    }
    return numbers;
  }

  private Activation activation() {
    return choices.of(Activation.values());
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void stages(ArrayNode stages) {
    int count = choices.oneIn(4) ? choices.count(1_100) : 0;
    for (int i = 0; i < count; i++) {
      if (choices.oneIn(2)) {
        stages.addObject().put("kind", "power_normalization").put("scope", "per_example");
      } else {
        stages.addObject().put("kind", "noise").put("variance", real()).put("phase", "both");
      }
    }
    if (classes > 0) {
      ArrayNode names = stages.addObject().put("kind", "condition").putArray("classes");
      for (int i = 0; i < classes; i++) {
        names.add(Integer.toString(i));
      }
    }
  }

  private double real() {
    return choices.of(0.1, 1.0, 0.0, -1.0, 1e308, 1e-320, 2.0);
  }

  private void optimizer(ObjectNode node) {
    String kind = choices.of("none", "sgd", "nesterovs", "adam", "ada_grad", "rms_prop");
    node.put("kind", kind);
    if (kind.equals("none")) {
      return;
    }
    rate(node, "learning_rate");
    switch (kind) {
      case "nesterovs" -> rate(node, "momentum");
      case "adam" -> node.put("beta1", 0.9).put("beta2", 0.999).put("epsilon", 1e-8);
      case "ada_grad" -> node.put("epsilon", 1e-6);
      case "rms_prop" -> node.put("decay", 0.95).put("epsilon", 1e-8);
      default -> {}
    }
  }

  private void rate(ObjectNode node, String name) {
    if (choices.oneIn(2)) {
      node.put(name, real());
      return;
    }
    ObjectNode schedule = node.putObject(name);
    String kind =
        choices.of("fixed", "map", "step", "exponential", "inverse", "poly", "sigmoid", "cycle");
    schedule.put("kind", kind);
    if (kind.equals("fixed")) {
      schedule.put("value", real());
      return;
    }
    schedule.put("unit", choices.of("iteration", "epoch"));
    if (kind.equals("map")) {
      ObjectNode points = schedule.putObject("values");
      for (int i = choices.count(64); i >= 0; i--) {
        points.put(
            choices.of("0", "+0", "-0", "00", "1", "01", "-1", "9", "2147483648", "٣"), real());
      }
      return;
    }
    schedule.put("initial", real());
    switch (kind) {
      case "step" -> schedule.put("decay_rate", real()).put("step", real());
      case "exponential" -> schedule.put("gamma", real());
      case "inverse" -> schedule.put("gamma", real()).put("power", real());
      case "poly" -> schedule.put("power", real()).put("steps", choices.number());
      case "sigmoid" -> schedule.put("gamma", real()).put("steps", choices.number());
      default ->
          schedule
              .put("greatest", real())
              .put("length", choices.number())
              .put("annealing", choices.number())
              .put("annealing_decay", real());
    }
  }

  private void weights(Architecture architecture, String part) {
    List<LayerPlan> layers = new ArrayList<>();
    ImageShape code = architecture.latent();
    try {
      if (!part.equals("decoder")) {
        layers.addAll(
            architecture.encoder(architecture.widened(architecture.input(), classes), code));
      }
      if (!part.equals("encoder")) {
        layers.addAll(
            architecture.decoder(architecture.widened(code, classes), architecture.input()));
      }
      if (layers.stream().mapToLong(LayerPlan::parameters).sum() <= MOST_VALUES) {
        for (LayerPlan layer : layers) {
          for (ParameterSpec array : layer.learned()) {
            String name = layer.name() + "." + array.name();
            line(name, "float32", array.shape().stream().mapToInt(i -> i).toArray());
          }
        }
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Layers that cannot be: the reader must find out by itself.
    }
  }

  private void golden(Architecture architecture, String part) {
    if (!part.equals("decoder")) {
      line("golden.input", "float32", 1, wide(architecture, architecture.input()));
    }
    line("golden.code", "float32", 1, wide(architecture, architecture.latent()));
    if (!part.equals("encoder")) {
      line("golden.output", "float32", 1, architecture.input().size());
    }
  }

  private int wide(Architecture architecture, ImageShape shape) {
    try {
      return architecture.widened(shape, classes).size();
    } catch (IllegalArgumentException | ArithmeticException e) {
      return 0; // the reader must find out by itself
    }
  }

  private void line(String name, String type, int... shape) {
    long count = 1;
    for (int side : shape) {
      count *= side;
    }
    if (count > MOST_VALUES || bytes > 16 * MOST_VALUES) {
      return;
    }
    ObjectNode line = lines.addObject();
    line.put("name", name).put("type", type);
    ArrayNode sides = line.putArray("shape");
    for (int side : shape) {
      sides.add(side);
    }
    line.put("offset", bytes).put("sha256", "");
    bytes +=
        (int) count
            * (type.equals("float64") ? Double.BYTES : type.equals("uint8") ? 1 : Float.BYTES);
  }

  private void fillOutputs(byte[] data) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).get("name").textValue().equals("golden.output")) {
        int from = lines.get(i).get("offset").intValue();
        int to = i + 1 < lines.size() ? lines.get(i + 1).get("offset").intValue() : data.length;
        ByteBuffer outputs = ByteBuffer.wrap(data, from, to - from).order(ByteOrder.LITTLE_ENDIAN);
        while (outputs.hasRemaining()) {
          outputs.putFloat(0.5f);
        }
      }
    }
  }
}
