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

  /** Factors of at least one half, so that a product of them stays above the smallest double. */
  private static final int FACTORS = 1_000;

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
    FloatBuffer z = Buffers.of(logits);
    FloatBuffer t = Buffers.of(targets);
    FloatBuffer y = Buffers.of(gradient);
    int count = (int) logits.length();
    return switch (loss) {
      case BINARY_CROSS_ENTROPY -> crossEntropy(z, t, y, count);
      case MEAN_SQUARED_ERROR -> squaredError(t, y, count);
    };
  }

  // One pass over memory; ND4J's operations would take seven. The logarithms of many factors are
  // the
  // logarithm of their product, which saves nearly all of them.
  private static double crossEntropy(FloatBuffer z, FloatBuffer t, FloatBuffer y, int count) {
    float scale = 1f / count;
    int z0 = z.position();
    int t0 = t.position();
    int y0 = y.position();
    double sum = 0;
    for (int start = 0; start < count; start += FACTORS) {
      int end = Math.min(count, start + FACTORS);
      double product = 1;
      for (int i = start; i < end; i++) {
        float logit = z.get(z0 + i);
        float target = t.get(t0 + i);
        float output = y.get(y0 + i);
        sum += Math.max(logit, 0f) - target * logit;
        product *= Math.max(output, 1 - output);
        y.put(y0 + i, (output - target) * scale);
      }
      sum -= Math.log(product);
    }
    return sum / count;
  }

  private static double squaredError(FloatBuffer t, FloatBuffer y, int count) {
    float scale = 2f / count;
    int t0 = t.position();
    int y0 = y.position();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      float output = y.get(y0 + i);
      float error = output - t.get(t0 + i);
      sum += (double) error * error;
      y.put(y0 + i, scale * error * output * (1 - output));
    }
    return sum / count;
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
