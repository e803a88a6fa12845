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
import java.util.Arrays;
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
  private static final int SAMPLES = 100;
  private static final double TOLERANCE = 1e-5;

  @Property(tries = Recipes.EVERY_KIND, edgeCases = EdgeCasesMode.FIRST)
  void givesTheNumbersOfTheLibrary(@ForAll Recipe recipe) throws OrtException {
    Autoencoder autoencoder = recipe.trained();
    ImageShape shape = recipe.architecture().input();
    float[][] samples = TinyData.rows(SAMPLES, shape.size());
    float[][] codes = autoencoder.encode(samples);
    assertClose("codes", run(Onnx.encoder(autoencoder), samples), codes);
    float[][] reconstructions = autoencoder.decode(codes);
    assertClose("decoded", run(Onnx.decoder(autoencoder), codes), reconstructions);
    assertClose("reconstructions", run(Onnx.reconstruction(autoencoder), samples), reconstructions);
  }

  private static float[][] run(OnnxModel model, float[][] rows) throws OrtException {
    try (OrtSession session = RUNTIME.createSession(model.toBytes())) {
      String input = session.getInputNames().iterator().next();
      long[] shape =
          ((ai.onnxruntime.TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
      assertThat(shape[0]).as("a free batch").isEqualTo(-1);
      shape[0] = rows.length;
      FloatBuffer flat =
          FloatBuffer.allocate((int) LongStream.of(shape).reduce(1, Math::multiplyExact));
      Arrays.stream(rows).forEach(flat::put);
      try (OnnxTensor tensor = OnnxTensor.createTensor(RUNTIME, flat.rewind(), shape);
          OrtSession.Result result = session.run(Map.of(input, tensor))) {
        FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
        int size = values.remaining() / rows.length;
        return IntStream.range(0, rows.length)
            .mapToObj(
                i -> {
                  float[] row = new float[size];
                  values.get(i * size, row);
                  return row;
                })
            .toArray(float[][]::new);
      }
    }
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
