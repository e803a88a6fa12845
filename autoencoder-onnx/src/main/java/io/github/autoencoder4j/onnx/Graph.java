package io.github.autoencoder4j.onnx;

import com.google.common.primitives.Longs;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Builds a graph operator by operator. Each gives one value, known by its name from then on. */
final class Graph {

  /** The batch dimension, free in every value. */
  private static final String BATCH = "n";

  /** How numbers are called that nobody learns. */
  private static final String CONSTANT = "constant-";

  private final GraphProto.Builder proto = GraphProto.newBuilder();
  private int values;

  /** Whether a name is that of numbers that nobody learns. */
  static boolean isConstant(String name) {
    return name.startsWith(CONSTANT);
  }

  /** What an operator is told beside its inputs. */
  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto attribute(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(Longs.asList(values))
        .build();
  }

  /** Applies an operator. */
  String add(String operator, List<String> inputs, AttributeProto... attributes) {
    String value = operator.toLowerCase(Locale.ROOT) + "-" + ++values;
    proto.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(value)
            .addAllInput(inputs)
            .addOutput(value)
            .addAllAttribute(List.of(attributes)));
    return value;
  }

  /** Applies an operator that gives a second value beside the first, which is not wanted. */
  String addSecond(String operator, List<String> inputs, AttributeProto... attributes) {
    String first = add(operator, inputs, attributes);
    int last = proto.getNodeCount() - 1;
    String second = first + "-second";
    proto.setNode(last, proto.getNode(last).toBuilder().addOutput(second));
    return second;
  }

  /** Stores numbers under a name. */
  String store(String name, List<? extends Number> shape, float[] numbers) {
    ByteBuffer bytes = littleEndian(numbers.length * Float.BYTES);
    bytes.asFloatBuffer().put(numbers);
    return store(name, shape, TensorProto.DataType.FLOAT, bytes);
  }

  /** Stores numbers, whatever their name. */
  String constant(List<? extends Number> shape, float... numbers) {
    return store(CONSTANT + ++values, shape, numbers);
  }

  /** Stores one number. */
  String constant(double number) {
    return constant(List.of(), (float) number);
  }

  /** Stores a list of whole numbers, such as the axes of an operator. */
  String integers(long... numbers) {
    return integers(List.of(numbers.length), numbers);
  }

  private String integers(List<Integer> shape, long... numbers) {
    ByteBuffer bytes = littleEndian(numbers.length * Long.BYTES);
    bytes.asLongBuffer().put(numbers);
    return store(CONSTANT + ++values, shape, TensorProto.DataType.INT64, bytes);
  }

  /** Stores one whole number. */
  String integer(long number) {
    return integers(List.of(), number);
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String store(
      String name, List<? extends Number> shape, TensorProto.DataType type, ByteBuffer bytes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    shape.forEach(side -> tensor.addDims(side.longValue()));
    proto.addInitializer(tensor);
    return name;
  }

  /** Gives values of a shape another one; 0 keeps a side. */
  String reshape(String value, long... shape) {
    return add("Reshape", List.of(value, integers(shape)));
  }

  String transpose(String value, long... permutation) {
    return add("Transpose", List.of(value), attribute("perm", permutation));
  }

  /** Takes positions of the second axis. */
  String slice(String value, long from, long to) {
    return add("Slice", List.of(value, integers(from), integers(to), integers(1)));
  }

  String times(String value, double factor) {
    return add("Mul", List.of(value, constant(factor)));
  }

  String plus(String value, double term) {
    return add("Add", List.of(value, constant(term)));
  }

  void input(String name, List<Long> sides) {
    proto.addInput(info(name, TensorProto.DataType.FLOAT, sides));
  }

  /** Takes one whole number of each sample. */
  void integerInput(String name) {
    proto.addInput(info(name, TensorProto.DataType.INT64, List.of()));
  }

  /** Ends the graph with a value, known by a name that users see. */
  GraphProto output(String name, String value, List<Long> shape) {
    proto.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
    return proto
        .addOutput(info(name, TensorProto.DataType.FLOAT, shape))
        .setName("autoencoder")
        .build();
  }

  private static ValueInfoProto info(String name, TensorProto.DataType type, List<Long> shape) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    sides.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    for (long side : shape) {
      sides.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(side));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(sides)))
        .build();
  }
}
