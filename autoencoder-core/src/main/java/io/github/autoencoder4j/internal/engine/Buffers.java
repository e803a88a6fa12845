package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.network.Network;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Moves numbers between Java arrays and native ones. */
final class Buffers {

  private Buffers() {}

  /** Copies {@code values} over the whole of a row-major {@code target}. */
  static void write(float[] values, INDArray target) {
    if (target.dataType() == DataType.FLOAT) {
      of(target).put(values, 0, (int) target.length());
    } else {
      target.assign(Nd4j.createFromArray(values).reshape(target.shape()));
    }
  }

  /** Copies the whole of a row-major {@code source} to {@code target} from {@code offset} on. */
  static void read(INDArray source, float[] target, int offset) {
    if (source.dataType() == DataType.FLOAT) {
      of(source).get(target, offset, (int) source.length());
    } else {
      float[] values = source.dup('c').data().asFloat();
      System.arraycopy(values, 0, target, offset, values.length);
    }
  }

  /** Copies {@code values} over the whole of a row-major {@code target}, rounded to its type. */
  static void write(double[] values, INDArray target) {
    if (target.dataType() == DataType.FLOAT) {
      FloatBuffer buffer = of(target);
      for (double value : values) {
        buffer.put((float) value);
      }
    } else {
      target.assign(Nd4j.createFromArray(values).reshape(target.shape()));
    }
  }

  /** The part of all parameters, or of their gradients, that is one array. */
  static INDArray part(INDArray all, Network.Entry entry) {
    return all.reshape(all.length()).get(NDArrayIndex.interval(entry.offset(), (long) entry.end()));
  }

  /** A copy of the whole of a row-major {@code source}. */
  static double[] doubles(INDArray source) {
    if (source.dataType() != DataType.FLOAT) {
      return source.dup('c').data().asDouble();
    }
    FloatBuffer buffer = of(source);
    double[] values = new double[(int) source.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get();
    }
    return values;
  }

  /** The Euclidean norm of a row-major array. ND4J's own allocates, and takes twice as long. */
  static double norm(INDArray array) {
    if (array.dataType() != DataType.FLOAT) {
      return array.norm2Number().doubleValue();
    }
    FloatBuffer values = of(array);
    float[] chunk = new float[2048];
    double sum = 0;
    for (int left = (int) array.length(); left > 0; left -= chunk.length) {
      int n = Math.min(left, chunk.length);
      values.get(chunk, 0, n);
      sum += sumOfSquares(chunk, n);
    }
    return Math.sqrt(sum);
  }

  private static double sumOfSquares(float[] values, int n) {
    // Four sums, so that additions need not wait for one another.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < n; i++) {
      a += (double) values[i] * values[i];
    }
    return a + b + c + d;
  }

  /** Whether values lie one after the other, the last index fastest. */
  static boolean isRowMajor(INDArray array) {
    return array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array);
  }

  /** The memory of a row-major array of floats and of nothing else. */
  static FloatBuffer whole(INDArray array) {
    FloatBuffer memory = of(array);
    return memory.slice(memory.position(), (int) array.length());
  }

  /** The memory of a row-major array of floats; its first value is at the buffer's position. */
  static FloatBuffer of(INDArray array) {
    // Views share the buffer of what they are a view of.
    FloatBuffer whole = array.data().asNioFloat();
    whole.position((int) array.offset());
    return whole;
  }
}
