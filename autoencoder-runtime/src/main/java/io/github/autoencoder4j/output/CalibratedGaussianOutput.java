package io.github.autoencoder4j.output;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.data.ValueRange;
import java.util.List;

/**
 * Real numbers with Gaussian noise of the one variance that makes the data most likely, which is
 * the mean squared error of their reconstructions: the optimal sigma-VAE, if codes are variational
 * (Rybkin, Daniilidis and Levine, "Simple and effective VAE training with calibrated decoders",
 * ICML 2021). So the reconstruction and the terms of the latent stages are weighed against each
 * other without a setting.
 *
 * <p>With {@code e} the mean squared error of a batch, each step of training moves the variance
 * {@code v} and the batches {@code n} that it is of, which begin at 1 and 0:
 *
 * <pre>{@code
 * n' = 0.99 n + 1
 * v' = (0.99 n v + e) / n',   at least 1e-6
 * }</pre>
 *
 * <p>The paper takes {@code e} itself, where the mean over many batches is closer to that of the
 * data. The loss of a batch is that of {@link GaussianOutput} with the variance before it. Both are
 * state that files and checkpoints hold, as {@code output.variance} and {@code output.count}.
 */
public record CalibratedGaussianOutput() implements Output {

  /** Values that never change would be worth infinitely much. */
  private static final double LEAST = 1e-6;

  private static final double DECAY = 0.99;

  @Override
  public ValueRange range() {
    return ValueRange.REALS;
  }

  @Override
  public List<ParameterSpec> learned() {
    return List.of(
        new ParameterSpec("variance", List.of(1), Kind.STATE, (index, random) -> 1),
        new ParameterSpec("count", List.of(1), Kind.STATE, (index, random) -> 0));
  }

  /** That of the variance at first. */
  @Override
  public OutputKernel kernel() {
    return new GaussianOutput(1).kernel();
  }

  @Override
  public OutputKernel kernel(List<double[]> arrays) {
    return new GaussianOutput(variance(arrays)).kernel();
  }

  private static double variance(List<double[]> arrays) {
    return Math.max(LEAST, arrays.get(0)[0]);
  }

  @Override
  public void updateState(List<double[]> arrays, double loss) {
    double variance = variance(arrays);
    // The loss is (e / v + ln(2 pi v)) / 2.
    double squaredError = variance * (2 * loss - Math.log(2 * Math.PI * variance));
    double before = DECAY * arrays.get(1)[0];
    arrays.get(0)[0] = Math.max(LEAST, (before * variance + squaredError) / (before + 1));
    arrays.get(1)[0] = before + 1;
  }

  @Override
  public String describe() {
    return "Gaussian of calibrated variance";
  }
}
