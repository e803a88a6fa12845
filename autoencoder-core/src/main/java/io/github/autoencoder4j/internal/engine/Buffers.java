package io.github.autoencoder4j.internal.engine;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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

  /** The memory of a row-major array of floats; its first value is at the buffer's position. */
  static FloatBuffer of(INDArray array) {
    // Views share the buffer of what they are a view of.
    FloatBuffer whole = array.data().asNioFloat();
    whole.position((int) array.offset());
    return whole;
  }
}
