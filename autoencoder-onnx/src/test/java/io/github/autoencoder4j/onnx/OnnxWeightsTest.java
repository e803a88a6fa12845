package io.github.autoencoder4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.runtime.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.ByteString;

/** Models as other exporters write them. */
class OnnxWeightsTest {

  @TempDir Path folder;

  private static TensorProto.Builder tensor(String name, long... sides) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    Arrays.stream(sides).forEach(tensor::addDims);
    return tensor;
  }

  private static NodeProto.Builder node(String operator, String... inputs) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(List.of(inputs));
  }

  private Path saved(GraphProto.Builder graph) throws IOException {
    return Files.write(
        folder.resolve("theirs.onnx"),
        ModelProto.newBuilder().setProducerName("pytorch").setGraph(graph).build().toByteArray());
  }

  private static WeightArray array(String name, List<Integer> shape, float... values) {
    return new WeightArray(name, shape, FloatBuffer.wrap(values));
  }

  @Test
  void weightsAreLaidOutByTheOperatorsThatUseThem() throws IOException {
    ByteBuffer raw = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 1; i <= 6; i++) {
      raw.putFloat(i);
    }
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .addInitializer(tensor("gemm", 2, 3).setRawData(ByteString.copyFrom(raw.flip())))
            .addInitializer(tensor("turned", 2, 1).addFloatData(1).addFloatData(2))
            .addInitializer(tensor("product", 1, 2).addFloatData(3).addFloatData(4))
            .addInitializer(tensor("slope", 2, 1, 1).addFloatData(5).addFloatData(6))
            .addInitializer(
                tensor("constant-1")
                    .setDataType(TensorProto.DataType.DOUBLE_VALUE)
                    .addDoubleData(0.5))
            .addInitializer(
                tensor("shape", 1).setDataType(TensorProto.DataType.INT64_VALUE).addInt64Data(7))
            .addNode(
                node("Gemm", "x", "gemm")
                    .addAttribute(AttributeProto.newBuilder().setName("transB").setI(1)))
            .addNode(node("Gemm", "y", "turned"))
            .addNode(node("MatMul", "z", "product"))
            .addNode(node("PRelu", "u", "slope"));

    assertThat(Onnx.weights(saved(graph)).arrays())
        .containsExactly(
            array("gemm", List.of(2, 3), 1, 2, 3, 4, 5, 6),
            array("turned", List.of(1, 2), 1, 2),
            array("product", List.of(2, 1), 3, 4),
            array("slope", List.of(2), 5, 6),
            array("constant-1", List.of(), 0.5f));
  }

  private void assertRefused(TensorProto.Builder tensor, String... why) throws IOException {
    Path file = saved(GraphProto.newBuilder().addInitializer(tensor));
    assertThatExceptionOfType(UnreadableModelException.class)
        .isThrownBy(() -> Onnx.weights(file))
        .withMessageContaining("theirs.onnx")
        .withMessageContaining("\"w\"")
        .withMessageContainingAll(why);
  }

  @Test
  void whatCannotBeTakenIsRefused() throws IOException {
    assertRefused(tensor("w", 3).addFloatData(1), "1 numbers for a shape of [3]");
    assertRefused(tensor("w", -1).addFloatData(1), "a side of -1");
    assertRefused(tensor("w", 1L << 40), "a side of 1099511627776");
    assertRefused(
        tensor("w", 1 << 30, 1 << 30, 1 << 30, 1 << 30), "0 numbers for a shape of [1073741824");
    assertRefused(
        tensor("w", 1).setDataType(TensorProto.DataType.FLOAT16_VALUE).addInt32Data(1), "32");
    assertRefused(tensor("w", 1).setDataLocation(TensorProto.DataLocation.EXTERNAL), "one file");
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    Path file = folder.resolve("no.onnx");
    for (byte[] bytes : List.of(new byte[0], "not a model".getBytes(StandardCharsets.UTF_8))) {
      Files.write(file, bytes);
      assertThatExceptionOfType(UnreadableModelException.class)
          .isThrownBy(() -> Onnx.weights(file))
          .withMessageContaining("no ONNX model");
    }
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Onnx.weights(folder.resolve("nowhere.onnx")))
        .withMessageContaining("there is no file");
  }

  @Test
  void everyTruncationIsReadOrRefused() throws IOException {
    Path file =
        saved(
            GraphProto.newBuilder()
                .addInitializer(tensor("w", 2).addFloatData(1).addFloatData(2))
                .addNode(node("MatMul", "x", "w")));
    byte[] whole = Files.readAllBytes(file);
    Weights weights = Onnx.weights(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        assertThat(Onnx.weights(file)).isEqualTo(weights);
      } catch (UnreadableModelException e) {
        assertThat(e.file()).isEqualTo(file);
      }
    }
  }
}
