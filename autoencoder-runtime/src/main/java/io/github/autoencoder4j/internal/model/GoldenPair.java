package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.internal.compute.RunnableNetwork;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.random.RandomStream;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A made-up sample, its code and its reconstruction, computed when a model is saved and again when
 * it is loaded: what computes something else, or weights that are not the saved ones, are found at
 * once.
 */
final class GoldenPair {

  /**
   * The greatest difference, in parts of the largest value or of 1. Processors that add in another
   * order differ by less than a hundredth of it, and what computes something else by far more.
   */
  static final double TOLERANCE = 1e-3;

  private static final String INPUT = "golden.input";
  private static final String CODE = "golden.code";
  private static final String OUTPUT = "golden.output";

  private final Map<String, float[]> values = new LinkedHashMap<>();

  private GoldenPair() {}

  static GoldenPair of(RunnableNetwork engine, Part part) {
    Network network = engine.table();
    RandomStream random = RandomStream.of(0, "golden");
    GoldenPair pair = new GoldenPair();
    float[] code;
    if (part == Part.DECODER) {
      code = new float[network.code().size()];
      for (int i = 0; i < code.length; i++) {
        code[i] = (float) random.nextGaussian();
      }
    } else {
      float[] input = new float[network.input().size()];
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextFloat();
      }
      code = engine.forward().encode(input, 1);
      pair.values.put(INPUT, input);
    }
    pair.values.put(CODE, code);
    if (part != Part.ENCODER) {
      pair.values.put(OUTPUT, engine.forward().decode(code, 1));
    }
    return pair;
  }

  void write(ContainerWriter file) {
    values.forEach(
        (name, numbers) ->
            file.tensor(name, List.of(1, numbers.length), FloatBuffer.wrap(numbers)));
  }

  /** Room for the pair in a file, to be filled through {@code targets}. */
  static GoldenPair in(
      ContainerReader file, Network network, Part part, Map<String, Buffer> targets) {
    GoldenPair pair = new GoldenPair();
    if (part != Part.DECODER) {
      pair.expect(INPUT, network.input().size(), file, targets);
    }
    pair.expect(CODE, network.code().size(), file, targets);
    if (part != Part.ENCODER) {
      pair.expect(OUTPUT, network.sample().size(), file, targets);
    }
    return pair;
  }

  private void expect(String name, int size, ContainerReader file, Map<String, Buffer> targets) {
    TensorInfo tensor = ModelFile.require(file, name, List.of(1, size));
    float[] numbers = new float[tensor.count()];
    values.put(name, numbers);
    targets.put(name, FloatBuffer.wrap(numbers));
  }

  /** Computes the pair anew. */
  void check(ContainerReader file, RunnableNetwork engine) {
    float[] input = values.get(INPUT);
    float[] code = values.get(CODE);
    float[] output = values.get(OUTPUT);
    if (input != null && code != null) {
      compare(file, CODE, engine.forward().encode(input, 1), code, scale(code));
    }
    if (code != null && output != null) {
      compare(file, OUTPUT, engine.forward().decode(code, 1), output, scale(output));
    }
  }

  /** The largest value, or 1. */
  private static double scale(float[] values) {
    double scale = 1;
    for (float value : values) {
      scale = Math.max(scale, Math.abs(value));
    }
    return scale;
  }

  private static void compare(
      ContainerReader file, String name, float[] actual, float[] expected, double scale) {
    for (int i = 0; i < expected.length; i++) {
      // Written so that NaN fails too.
      if (!(Math.abs(actual[i] - expected[i]) <= TOLERANCE * scale)) {
        throw file.unreadable(
            file.tensor(name, TensorType.FLOAT32).offset() + 4L * i,
            ("the golden pair does not come out: value %s of %s is %s here and was %s when the model"
                    + " was saved, more than %s apart. Either the file was made by hand, or the"
                    + " native backend of this machine computes something else; try another"
                    + " classifier of nd4j-native")
                .formatted(i, name, actual[i], expected[i], TOLERANCE * scale));
      }
    }
  }
}
