package io.github.autoencoder4j.onnx;

import io.github.autoencoder4j.architecture.PositiveParameter;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.files.Uninterrupted;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.runtime.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/** Reads the numbers that a graph is stored with, and lays them out as this library does. */
final class Initializers {

  private final Path file;
  private final ModelProto model;

  /** What is multiplied as {@code [in, out]}. */
  private final Set<String> byInput = new HashSet<>();

  /** Slopes of channels, with a dimension of 1 for each side of a picture. */
  private final Set<String> slopes = new HashSet<>();

  private Initializers(Path file, ModelProto model) {
    this.file = file;
    this.model = model;
    for (NodeProto node : model.getGraph().getNodeList()) {
      if (node.getInputCount() > 1) {
        switch (node.getOpType()) {
          case "MatMul" -> byInput.add(node.getInput(1));
          case "Gemm" -> {
            if (!isTransposed(node)) {
              byInput.add(node.getInput(1));
            }
          }
          case "PRelu" -> slopes.add(node.getInput(1));
          default -> {}
        }
      }
    }
  }

  private static boolean isTransposed(NodeProto gemm) {
    return gemm.getAttributeList().stream()
        .anyMatch(attribute -> attribute.getName().equals("transB") && attribute.getI() != 0);
  }

  static Weights read(Path file) throws IOException {
    byte[] bytes =
        Uninterrupted.read(
            () -> {
              if (Files.size(file) > Integer.MAX_VALUE - 8) {
                throw new UnreadableModelException(
                    file, Integer.MAX_VALUE, "it is longer than the 2 GB where Protobuf ends");
              }
              return Files.readAllBytes(file);
            });
    try {
      ModelProto model = ModelProto.parseFrom(bytes);
      if (!model.hasGraph()) {
        throw new UnreadableModelException(file, 0, "it is no ONNX model, for it has no graph");
      }
      return new Initializers(file, model).weights();
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableModelException(file, 0, "it is no ONNX model: " + e.getMessage());
    }
  }

  private Weights weights() {
    boolean ours = model.getProducerName().equals(OnnxModel.PRODUCER);
    GraphProto graph = model.getGraph();
    List<WeightArray> arrays = new ArrayList<>();
    for (TensorProto tensor : graph.getInitializerList()) {
      if (isFloat(tensor) && !(ours && Graph.isConstant(tensor.getName()))) {
        WeightArray array = laidOut(array(tensor));
        arrays.add(ours ? ours(array) : array);
      }
    }
    return new Weights(arrays);
  }

  /** Whole numbers are shapes and places. */
  private boolean isFloat(TensorProto tensor) {
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == TensorProto.DataType.FLOAT16 || type == TensorProto.DataType.BFLOAT16) {
      throw refused(tensor, "has numbers of 16 bits; export it with 32");
    }
    return type == TensorProto.DataType.FLOAT || type == TensorProto.DataType.DOUBLE;
  }

  private UnreadableModelException refused(TensorProto tensor, String reason) {
    return new UnreadableModelException(
        file, 0, "its initializer \"%s\" %s".formatted(tensor.getName(), reason));
  }

  private WeightArray array(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw refused(tensor, "lies in another file; save the model as one file");
    }
    List<Integer> shape = new ArrayList<>();
    for (long side : tensor.getDimsList()) {
      if (side < 0 || side > Integer.MAX_VALUE) {
        throw refused(tensor, "has a side of " + side);
      }
      shape.add((int) side);
    }
    FloatBuffer values = values(tensor);
    double places = shape.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
    if (values.remaining() != places) {
      throw refused(
          tensor, "has %s numbers for a shape of %s".formatted(values.remaining(), shape));
    }
    return new WeightArray(tensor.getName(), shape, values);
  }

  private static FloatBuffer values(TensorProto tensor) {
    boolean isDouble = tensor.getDataType() == TensorProto.DataType.DOUBLE_VALUE;
    if (tensor.getRawData().isEmpty()) {
      List<? extends Number> numbers =
          isDouble ? tensor.getDoubleDataList() : tensor.getFloatDataList();
      FloatBuffer values = FloatBuffer.allocate(numbers.size());
      numbers.forEach(number -> values.put(number.floatValue()));
      return values.flip();
    }
    ByteBuffer raw = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (!isDouble) {
      return raw.asFloatBuffer();
    }
    DoubleBuffer doubles = raw.asDoubleBuffer();
    FloatBuffer values = FloatBuffer.allocate(doubles.remaining());
    while (doubles.hasRemaining()) {
      values.put((float) doubles.get());
    }
    return values.flip();
  }

  private WeightArray laidOut(WeightArray array) {
    int dimensions = array.shape().size();
    if (dimensions == 2 && byInput.contains(array.name())) {
      return array.permute(1, 0);
    }
    if (dimensions > 1
        && slopes.contains(array.name())
        && array.shape().get(0) == array.values().capacity()) {
      return new WeightArray(array.name(), array.shape().subList(0, 1), array.values());
    }
    return array;
  }

  /** Models of this library hold what beta and gamma count as, networks their roots. */
  private static WeightArray ours(WeightArray array) {
    boolean isGamma = array.name().endsWith(".gamma");
    if (!isGamma && !array.name().endsWith(".beta")) {
      return array;
    }
    float[] stored = array.toArray();
    for (int i = 0; i < stored.length; i++) {
      stored[i] = (float) PositiveParameter.stored(stored[i]);
    }
    int channels = array.shape().get(0);
    return new WeightArray(
        array.name(),
        isGamma ? List.of(channels, channels, 1, 1) : array.shape(),
        FloatBuffer.wrap(stored));
  }
}
