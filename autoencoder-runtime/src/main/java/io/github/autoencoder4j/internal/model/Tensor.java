package io.github.autoencoder4j.internal.model;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.List;

/**
 * Numbers to be written under a name, row-major.
 *
 * @param name unique in its file
 * @param type what the numbers are
 * @param shape how many there are along each dimension
 * @param values the numbers, from position to limit; not copied
 */
record Tensor(String name, TensorType type, List<Integer> shape, Buffer values) {

  /** How many bytes are moved at a time; a multiple of every type's. */
  static final int CHUNK = 1 << 16;

  Tensor {
    ContainerFormat.requireTensorName(name);
    shape = List.copyOf(shape);
    long count = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (count != values.remaining()) {
      throw new IllegalArgumentException(
          "tensor %s of shape %s needs %s values, but was given %s"
              .formatted(name, shape, count, values.remaining()));
    }
  }

  long bytes() {
    return (long) values.remaining() * type.bytes();
  }

  /** Takes the bytes of a tensor piece by piece. */
  @FunctionalInterface
  interface Sink {
    void take(byte[] bytes, int length) throws IOException;
  }

  void stream(Sink sink) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int step = CHUNK / type.bytes();
    for (int start = values.position(); start < values.limit(); start += step) {
      int n = Math.min(step, values.limit() - start);
      Buffer piece = values.slice(start, n);
      if (piece instanceof FloatBuffer floats) {
        chunk.asFloatBuffer().put(floats);
      } else if (piece instanceof DoubleBuffer doubles) {
        chunk.asDoubleBuffer().put(doubles);
      } else if (piece instanceof LongBuffer longs) {
        chunk.asLongBuffer().put(longs);
      } else if (piece instanceof IntBuffer ints) {
        chunk.asIntBuffer().put(ints);
      } else {
        chunk.duplicate().put((ByteBuffer) piece);
      }
      sink.take(chunk.array(), n * type.bytes());
    }
  }
}
