package io.github.autoencoder4j.keras;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.autoencoder4j.keras.KerasLayer.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Walks the configuration of a model: which layers have weights, and whether they exist here. */
final class LayerList {

  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  /**
   * They have no weights, and either no part in a trained network or one that a builder is told.
   */
  private static final Set<String> WEIGHTLESS =
      Set.of(
          "InputLayer",
          "Activation",
          "ReLU",
          "LeakyReLU",
          "ELU",
          "Dropout",
          "SpatialDropout2D",
          "GaussianNoise",
          "GaussianDropout",
          "ActivityRegularization");

  /** They change the order of numbers, unless there is one channel and no convolution. */
  private static final Set<String> RESHAPING = Set.of("Flatten", "Reshape");

  private final List<KerasLayer> layers = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> reshaping = new ArrayList<>();
  private boolean hasChannels;

  /**
   * Reads a configuration.
   *
   * @param model its root
   * @return the layers with weights, in its order
   * @throws IllegalArgumentException if there are others whose results this library cannot give
   */
  List<KerasLayer> read(JsonNode model) {
    if (!MODELS.contains(model.path("class_name").asText())) {
      throw new IllegalArgumentException(
          "this is a %s of Keras, but only Sequential and Functional models say what they are made of; save the weights of another kind by safetensors"
              .formatted(model.path("class_name").asText("model of an unknown class")));
    }
    walk(model, List.of(), "");
    if (hasChannels || layers.stream().anyMatch(layer -> layer.kind() != Kind.DENSE)) {
      reshaping.forEach(
          name ->
              problems.add(
                  "%s: Keras puts the channels of a picture last, so numbers would change places"
                      .formatted(name)));
    }
    if (layers.isEmpty()) {
      problems.add("no layer has weights");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "this Keras model has what this library has not, so its results would differ:\n  "
              + String.join("\n  ", problems));
    }
    return List.copyOf(layers);
  }

  private void walk(JsonNode model, List<String> outer, String path) {
    JsonNode config = model.path("config");
    // Old files have the list of layers itself in its place.
    JsonNode inner = config.isArray() ? config : config.path("layers");
    Map<String, Integer> seen = new HashMap<>();
    for (JsonNode layer : inner) {
      String type = layer.path("class_name").asText();
      String file = snakeCase(type);
      int number = seen.merge(file, 1, Integer::sum) - 1;
      String place = path + "layers/" + file + (number == 0 ? "" : "_" + number);
      List<String> names = new ArrayList<>(outer);
      names.add(layer.path("config").path("name").asText(layer.path("name").asText(type)));
      if (MODELS.contains(type)) {
        walk(layer, names, place + "/");
      } else {
        take(type, layer.path("config"), names, place);
      }
    }
  }

  private void take(String type, JsonNode config, List<String> names, String place) {
    String name = String.join(".", names);
    boolean hasBias = config.path("use_bias").asBoolean(true);
    switch (type) {
      case "Dense" -> {
        expect(name, config, "lora_rank", "null");
        layers.add(new KerasLayer(Kind.DENSE, names, place, hasBias));
      }
      case "Conv1D", "Conv2D" -> {
        Kind kind = type.equals("Conv2D") ? Kind.CONVOLUTION : Kind.SEQUENCE_CONVOLUTION;
        convolution(name, config);
        expect(name, config, "groups", "1");
        layers.add(new KerasLayer(kind, names, place, hasBias));
      }
      case "Conv1DTranspose", "Conv2DTranspose" -> {
        Kind kind = type.equals("Conv2DTranspose") ? Kind.TRANSPOSED : Kind.SEQUENCE_TRANSPOSED;
        convolution(name, config);
        expect(name, config, "output_padding", "null");
        layers.add(new KerasLayer(kind, names, place, hasBias));
      }
      case "InputLayer" -> input(config);
      default -> {
        if (RESHAPING.contains(type)) {
          input(config);
          reshaping.add("%s, %s".formatted(name, type));
        } else if (!WEIGHTLESS.contains(type)) {
          problems.add("%s: there is no %s here".formatted(name, type));
        }
      }
    }
  }

  /** Whether samples have several channels. */
  private void input(JsonNode config) {
    JsonNode shape = config.path(config.has("batch_shape") ? "batch_shape" : "batch_input_shape");
    hasChannels |= shape.size() == 4 && shape.path(3).asInt() != 1;
    JsonNode target = config.path("target_shape");
    hasChannels |= target.size() == 3 && target.path(2).asInt() != 1;
  }

  private void expect(String name, JsonNode config, String setting, String value) {
    JsonNode actual = config.path(setting);
    if (!actual.isMissingNode() && !actual.toString().equals(value)) {
      problems.add("%s: %s is %s, but can only be %s".formatted(name, setting, actual, value));
    }
  }

  private void convolution(String name, JsonNode config) {
    // Kernels of one row are those of sequences.
    boolean isRow = height(config, "kernel_size") == 1 && height(config, "strides") == 1;
    int kernel = side(name, config, "kernel_size", isRow);
    int stride = side(name, config, "strides", isRow);
    if (side(name, config, "dilation_rate", false) != 1) {
      problems.add("%s: dilation_rate is more than 1".formatted(name));
    }
    String padding = config.path("padding").asText("valid");
    boolean fits =
        switch (padding) {
          case "same" -> kernel >= stride && (kernel - stride) % 2 == 0;
          case "valid" -> kernel == stride;
          default -> false;
        };
    if (!fits) {
      problems.add(
          ("%s: padding \"%s\" with kernel %s and stride %s is not (kernel - stride) / 2 on all"
                  + " sides, as it is here")
              .formatted(name, padding, kernel, stride));
    }
  }

  private static int height(JsonNode config, String setting) {
    JsonNode sides = config.path(setting);
    return sides.isArray() ? sides.path(0).asInt(1) : sides.asInt(1);
  }

  /** A setting along the width, which must be the same in both directions but of one row. */
  private int side(String name, JsonNode config, String setting, boolean isRow) {
    JsonNode sides = config.path(setting);
    if (!isRow && sides.size() == 2 && sides.path(0).asInt() != sides.path(1).asInt()) {
      problems.add(
          "%s: %s is %s, but must be the same in both directions".formatted(name, setting, sides));
    }
    return sides.isArray() ? sides.path(sides.size() - 1).asInt(1) : sides.asInt(1);
  }

  /** As Keras turns the names of classes into those of groups. */
  private static String snakeCase(String type) {
    return type.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
