package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.loss.Loss;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The mean loss of a batch and its gradient with respect to the logits, computed together.
 *
 * <p>With {@code y = sigmoid(z)}: the binary cross-entropy {@code -t ln y - (1 - t) ln(1 - y)} is
 * {@code max(z, 0) - t z - ln(max(y, 1 - y))}, where no term overflows, and its derivative is
 * {@code y - t}. The derivative of {@code (y - t)^2} is {@code 2 (y - t) y (1 - y)}.
 */
final class ReconstructionLoss {

  /**
   * How many values are worked on at a time, on Java's own arrays, where the compiler knows what it
   * has and uses vector instructions. So many factors of at least one half have a product above the
   * smallest double.
   */
  private static final int CHUNK = 1_000;

  private ReconstructionLoss() {}

  /**
   * Computes the loss and its gradient.
   *
   * @param logits row-major
   * @param targets of the same shape, row-major
   * @param gradient of the same shape, row-major; receives d loss / d logits
   * @return the mean loss
   */
  static double compute(Loss loss, INDArray logits, INDArray targets, INDArray gradient) {
    Nd4j.getExecutioner().exec(new Sigmoid(logits, gradient));
    if (logits.dataType() != DataType.FLOAT) {
      return computeByOperations(loss, logits, targets, gradient);
    }
    return compute(
        loss,
        Buffers.of(logits).slice(),
        Buffers.of(targets).slice(),
        Buffers.of(gradient).slice(),
        (int) logits.length(),
        logits.length());
  }

  /**
   * Computes the loss and its gradient where the sigmoid is known.
   *
   * @param logits what the network computed
   * @param targets of the same length
   * @param output holds the sigmoid of the logits; receives d loss / d logits
   * @param count how many values
   * @param whole how many values the mean is over; more than {@code count} for a part of a batch
   * @return the mean loss, or what this part adds to it
   */
  static double compute(
      Loss loss,
      FloatBuffer logits,
      FloatBuffer targets,
      FloatBuffer output,
      int count,
      long whole) {
    float[] z = new float[CHUNK];
    float[] t = new float[CHUNK];
    float[] y = new float[CHUNK];
    double sum = 0;
    for (int start = 0; start < count; start += CHUNK) {
      int n = Math.min(CHUNK, count - start);
      targets.get(start, t, 0, n);
      output.get(start, y, 0, n);
      if (loss == Loss.BINARY_CROSS_ENTROPY) {
        logits.get(start, z, 0, n);
      }
      sum +=
          switch (loss) {
            case BINARY_CROSS_ENTROPY -> crossEntropy(z, t, y, n, 1f / whole);
            case MEAN_SQUARED_ERROR -> squaredError(t, y, n, 2f / whole);
          };
      output.put(start, y, 0, n);
    }
    return sum / whole;
  }

  // The logarithms of many factors are the logarithm of their product, which saves nearly all of
  // them. Sums and products are taken in four strands, so that one need not wait for the other.
  private static double crossEntropy(float[] z, float[] t, float[] y, int n, float scale) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(z[i], 0f) - t[i] * z[i];
    }
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double product0 = 1;
    double product1 = 1;
    double product2 = 1;
    double product3 = 1;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      sum0 += z[i];
      sum1 += z[i + 1];
      sum2 += z[i + 2];
      sum3 += z[i + 3];
      product0 *= Math.max(y[i], 1 - y[i]);
      product1 *= Math.max(y[i + 1], 1 - y[i + 1]);
      product2 *= Math.max(y[i + 2], 1 - y[i + 2]);
      product3 *= Math.max(y[i + 3], 1 - y[i + 3]);
    }
    for (; i < n; i++) {
      sum0 += z[i];
      product0 *= Math.max(y[i], 1 - y[i]);
    }
    for (int j = 0; j < n; j++) {
      y[j] = (y[j] - t[j]) * scale;
    }
    return sum0 + sum1 + sum2 + sum3 - Math.log(product0 * product1 * product2 * product3);
  }

  private static double squaredError(float[] t, float[] y, int n, float scale) {
    // Two sums, so that one addition need not wait for the other.
    double even = 0;
    double odd = 0;
    for (int i = 0; i < n; i++) {
      t[i] = y[i] - t[i];
    }
    for (int i = 0; i + 1 < n; i += 2) {
      even += (double) t[i] * t[i];
      odd += (double) t[i + 1] * t[i + 1];
    }
    if (n % 2 == 1) {
      even += (double) t[n - 1] * t[n - 1];
    }
    for (int i = 0; i < n; i++) {
      y[i] = scale * t[i] * y[i] * (1 - y[i]);
    }
    return even + odd;
  }

  /** The same for any data type; {@code output} holds the sigmoid and becomes the gradient. */
  static double computeByOperations(Loss loss, INDArray logits, INDArray targets, INDArray output) {
    long count = logits.length();
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> {
        INDArray largest = Transforms.max(output, output.rsub(1.0), true);
        double sum =
            Transforms.relu(logits, true).sub(targets.mul(logits)).sumNumber().doubleValue()
                - Transforms.log(largest, false).sumNumber().doubleValue();
        output.subi(targets).muli(1.0 / count);
        yield sum / count;
      }
      case MEAN_SQUARED_ERROR -> {
        INDArray slope = output.rsub(1.0).muli(output);
        output.subi(targets);
        double sum = output.mul(output).sumNumber().doubleValue();
        output.muli(slope).muli(2.0 / count);
        yield sum / count;
      }
    };
  }
}
