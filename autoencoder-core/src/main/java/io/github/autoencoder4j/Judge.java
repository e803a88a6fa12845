package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.compute.OutputNumbers;
import io.github.autoencoder4j.internal.engine.Engine;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.metric.BinaryCrossEntropy;
import io.github.autoencoder4j.metric.CrossEntropySummary;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.metric.PsnrSummary;
import io.github.autoencoder4j.output.OutputKernel;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Compares reconstructions with their targets, batch by batch. */
final class Judge {

  private final OutputKernel kernel;
  private final int size;

  /** Figures of pictures mean nothing elsewhere. */
  private final boolean pictures;

  private final BinaryCrossEntropy crossEntropy;
  private final Mse squaredError = new Mse();
  private final Psnr psnr;
  private double lossSum;
  private double objectiveLossSum;
  private final Map<String, Double> termSums = new LinkedHashMap<>();
  private int judged;

  Judge(Engine network) {
    kernel = OutputNumbers.kernel(network.table(), network.store());
    size = network.table().sample().size();
    pictures = network.spec().output().range().equals(ValueRange.UNIT);
    crossEntropy = new BinaryCrossEntropy(size);
    psnr = new Psnr(size);
  }

  /**
   * Adds samples.
   *
   * @param wanted {@code n} targets side by side
   * @param fed what the decoder yielded for each
   */
  void add(float[] wanted, float[] fed, int n) {
    double[] numbers = new double[fed.length];
    double[] targets = new double[wanted.length];
    float[] outputs = new float[wanted.length];
    float[] means = new float[wanted.length];
    int width = fed.length / n;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < width; j++) {
        double z = fed[i * width + j];
        numbers[i * width + j] = z;
        if (j < size) {
          targets[i * size + j] = wanted[i * size + j];
          outputs[i * size + j] = kernel.link().of(z);
          means[i * size + j] = fed[i * width + j];
        }
      }
    }
    for (int i = 0; i < n; i++) {
      kernel.toValues(FloatBuffer.wrap(outputs).position(i * size));
    }
    lossSum += kernel.lossAndGradient(numbers, targets, new double[fed.length], n);
    squaredError.add(wanted, outputs);
    if (pictures) {
      crossEntropy.addLogits(wanted, means);
      psnr.add(wanted, outputs);
    }
    judged += n;
  }

  /** Adds the objective of {@code n} samples, where it is more than the loss of reconstructions. */
  void add(Objective objective, int n) {
    objectiveLossSum += objective.reconstruction() * n;
    objective.terms().forEach((name, value) -> termSums.merge(name, value * n, Double::sum));
  }

  Evaluation evaluation(double penalty) {
    double loss = lossSum / ((double) judged * size);
    Map<String, Double> terms = new LinkedHashMap<>();
    termSums.forEach((name, sum) -> terms.put(name, sum / judged));
    return new Evaluation(
        judged,
        loss,
        new Objective(terms.isEmpty() ? loss : objectiveLossSum / judged, terms),
        pictures ? crossEntropy.summary() : new CrossEntropySummary(Double.NaN, Double.NaN, size),
        squaredError.mean(),
        pictures ? psnr.summary() : none(judged),
        penalty);
  }

  /** What there is to add to other parts. */
  PartialEvaluation part(double penalty) {
    return new PartialEvaluation(evaluation(penalty), pictures ? psnr.errors() : new double[0]);
  }

  /** Where values may lie outside [0, 1]. */
  static PsnrSummary none(int images) {
    double none = Double.NaN;
    return new PsnrSummary(none, none, none, none, none, none, images, 0);
  }
}
