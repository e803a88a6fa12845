package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.CovarianceRoot;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;

/** One weighted normal distribution. */
final class MixtureComponent {

  final double weight;
  final double[] mean;
  private final CovarianceRoot root;
  private final double logConstant;

  MixtureComponent(double weight, double[] mean, CovarianceRoot root) {
    this.weight = weight;
    this.mean = mean;
    this.root = root;
    this.logConstant =
        Math.log(weight) - 0.5 * (mean.length * Math.log(2 * Math.PI) + root.logDeterminant());
  }

  /** {@code ln (weight * density)}. */
  double logJoint(float[] latent) {
    double[] x = new double[mean.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = latent[i] - mean[i];
    }
    return logConstant - 0.5 * root.inverseQuadraticForm(x);
  }

  float[] draw(RandomStream random) {
    double[] normal = new double[mean.length];
    Arrays.setAll(normal, i -> random.nextGaussian());
    double[] code = root.times(normal);
    Arrays.setAll(code, i -> code[i] + mean[i]);
    return Codes.toFloats(code);
  }
}
