package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.onnx.Onnx;
import io.github.autoencoder4j.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** ONNX Runtime against the library, for every kind of autoencoder that the library can train. */
@Domain(Recipes.class)
class OnnxContractTest {

  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
  private static final List<String> CLASSES = List.of("cat", "dog", "hen");
  private static final int SAMPLES = 100;
  private static final double TOLERANCE = 1e-5;

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void givesTheNumbersOfTheLibrary(@ForAll Recipe recipe) throws OrtException {
    Autoencoder autoencoder = recipe.trained();
    float[][] samples = samples(recipe);
    float[][] codes = autoencoder.encode(samples);
    long[] none = {};
    assertClose("codes", run(Onnx.encoder(autoencoder), samples, none), codes);
    float[][] reconstructions = autoencoder.decode(codes);
    assertClose("decoded", run(Onnx.decoder(autoencoder), codes, none), reconstructions);
    float[][] whole = run(Onnx.reconstruction(autoencoder), samples, none);
    assertClose("reconstructions", whole, reconstructions);
  }

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void givesThemWithClassesToo(@ForAll Recipe kind) throws OrtException {
    Recipe recipe = kind.conditionedOn(CLASSES);
    Autoencoder autoencoder = recipe.trained();
    float[][] samples = samples(recipe);
    long[] labels = LongStream.range(0, SAMPLES).map(i -> i * i % 7 % CLASSES.size()).toArray();
    List<String> names = Arrays.stream(labels).mapToObj(i -> CLASSES.get((int) i)).toList();
    float[][] codes = autoencoder.encode(samples, names);
    assertClose("codes", run(Onnx.encoder(autoencoder), samples, labels), codes);
    float[][] reconstructions = autoencoder.decode(codes, names);
    assertClose("decoded", run(Onnx.decoder(autoencoder), codes, labels), reconstructions);
    float[][] whole = run(Onnx.reconstruction(autoencoder), samples, labels);
    assertClose("reconstructions", whole, reconstructions);
  }

  private static float[][] samples(Recipe recipe) {
    ImageShape shape = recipe.architecture().input();
    return TinyData.rows(SAMPLES, shape.size());
  }

  private static float[][] run(OnnxModel model, float[][] rows, long[] labels) throws OrtException {
    try (OrtSession session = RUNTIME.createSession(model.toBytes())) {
      String input = session.getInputNames().iterator().next();
      long[] shape =
          ((ai.onnxruntime.TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
      assertThat(shape[0]).as("a free batch").isEqualTo(-1);
      shape[0] = rows.length;
      FloatBuffer flat =
          FloatBuffer.allocate((int) LongStream.of(shape).reduce(1, Math::multiplyExact));
      Arrays.stream(rows).forEach(flat::put);
      long[] count = {labels.length};
      try (OnnxTensor tensor = OnnxTensor.createTensor(RUNTIME, flat.rewind(), shape);
          OnnxTensor told = OnnxTensor.createTensor(RUNTIME, LongBuffer.wrap(labels), count)) {
        Map<String, OnnxTensor> inputs = new HashMap<>(Map.of(input, tensor));
        if (labels.length > 0) {
          inputs.put("label", told);
        }
        try (OrtSession.Result result = session.run(inputs)) {
          return rows((OnnxTensor) result.get(0), rows.length);
        }
      }
    }
  }

  private static float[][] rows(OnnxTensor tensor, int count) {
    FloatBuffer values = tensor.getFloatBuffer();
    int size = values.remaining() / count;
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              float[] row = new float[size];
              values.get(i * size, row);
              return row;
            })
        .toArray(float[][]::new);
  }

  private static void assertClose(String what, float[][] actual, float[][] expected) {
    assertThat(actual).hasSameDimensionsAs(expected);
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[i].length; j++) {
        double scale = Math.max(1, Math.abs(expected[i][j]));
        double difference = Math.abs((double) actual[i][j] - expected[i][j]) / scale;
        // The comparison is also false of what is not a number.
        worst = difference <= worst ? worst : difference;
      }
    }
    assertThat(worst).as("relative difference of %s", what).isLessThanOrEqualTo(TOLERANCE);
  }
}
