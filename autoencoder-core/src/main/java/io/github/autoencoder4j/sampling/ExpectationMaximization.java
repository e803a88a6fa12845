package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.internal.numerics.Cholesky;
import io.github.autoencoder4j.internal.numerics.Covariance;
import io.github.autoencoder4j.internal.numerics.CovarianceRoot;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjDoubleConsumer;
import java.util.stream.IntStream;

/** Fits a {@link GaussianMixture} to codes. */
final class ExpectationMaximization {

  /** Keeps a component that no code belongs to from dividing by zero. */
  private static final double SMALLEST_COUNT = 1e-10;

  /** Most codes belong to one component only. */
  private static final double NEGLIGIBLE_SHARE = 1e-12;

  private final float[][] codes;
  private final int count;
  private final boolean diagonal;
  private final double addedVariance;

  /** How much of each code each component accounts for, {@code [component][code]}. */
  private final double[][] shares;

  ExpectationMaximization(float[][] codes, int count, boolean diagonal, double regularization) {
    this.codes = codes;
    this.count = count;
    this.diagonal = diagonal;
    this.addedVariance = regularization * meanVariance(codes);
    this.shares = new double[count][codes.length];
  }

  GaussianMixture run(long seed, int maxIterations, double tolerance) {
    assignToNearest(startingCentres(RandomStream.of(seed, "k-means++")));
    double previous = Double.NEGATIVE_INFINITY;
    for (int iteration = 1; ; iteration++) {
      List<MixtureComponent> components = maximize();
      double likelihood = expect(components);
      if (iteration == maxIterations || likelihood - previous <= tolerance) {
        return new GaussianMixture(components, iteration, likelihood);
      }
      previous = likelihood;
    }
  }

  /** Each next centre is a code drawn with the square of its distance to the nearest centre. */
  private float[][] startingCentres(RandomStream random) {
    float[][] centres = new float[count][];
    double[] nearest = new double[codes.length];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    centres[0] = codes[random.nextInt(codes.length)];
    for (int k = 1; k < count; k++) {
      float[] last = centres[k - 1];
      double sum = 0;
      for (int i = 0; i < codes.length; i++) {
        nearest[i] = Math.min(nearest[i], square(codes[i], last));
        sum += nearest[i];
      }
      double left = random.nextDouble() * sum;
      int chosen = 0;
      while (chosen < codes.length - 1 && left >= nearest[chosen]) {
        left -= nearest[chosen++];
      }
      centres[k] = codes[chosen];
    }
    return centres;
  }

  private void assignToNearest(float[][] centres) {
    for (int i = 0; i < codes.length; i++) {
      int nearest = 0;
      for (int k = 1; k < count; k++) {
        nearest = square(codes[i], centres[k]) < square(codes[i], centres[nearest]) ? k : nearest;
      }
      shares[nearest][i] = 1;
    }
  }

  private List<MixtureComponent> maximize() {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(k -> diagonal ? diagonal(shares[k]) : full(shares[k]))
        .toList();
  }

  private MixtureComponent full(double[] share) {
    double[] mean = mean(share);
    int d = mean.length;
    double[][] covariance = new double[d][d];
    double[] x = new double[d];
    forEachMember(
        share,
        (code, weight) -> {
          for (int i = 0; i < d; i++) {
            x[i] = code[i] - mean[i];
          }
          for (int i = 0; i < d; i++) {
            Covariance.addScaled(covariance[i], weight * x[i], x);
          }
        });
    for (int i = 0; i < d; i++) {
      covariance[i][i] += addedVariance;
    }
    return new MixtureComponent(total(share) / codes.length, mean, Cholesky.of(covariance));
  }

  private MixtureComponent diagonal(double[] share) {
    double[] mean = mean(share);
    double[] variances = new double[mean.length];
    Arrays.fill(variances, addedVariance);
    forEachMember(
        share,
        (code, weight) -> {
          for (int i = 0; i < mean.length; i++) {
            double difference = code[i] - mean[i];
            variances[i] += weight * difference * difference;
          }
        });
    CovarianceRoot root = CovarianceRoot.diagonal(variances);
    return new MixtureComponent(total(share) / codes.length, mean, root);
  }

  private double[] mean(double[] share) {
    double[] mean = new double[codes[0].length];
    forEachMember(
        share,
        (code, weight) -> {
          for (int i = 0; i < mean.length; i++) {
            mean[i] += weight * code[i];
          }
        });
    return mean;
  }

  /** Visits the codes of a component with their weights in it, which sum to 1. */
  private void forEachMember(double[] share, ObjDoubleConsumer<float[]> visitor) {
    double total = total(share);
    for (int n = 0; n < codes.length; n++) {
      if (share[n] > NEGLIGIBLE_SHARE) {
        visitor.accept(codes[n], share[n] / total);
      }
    }
  }

  /** Sets the shares and returns the mean log likelihood. */
  private double expect(List<MixtureComponent> components) {
    double[] likelihoods = new double[codes.length];
    Arrays.parallelSetAll(
        likelihoods,
        n -> {
          double[] joint = components.stream().mapToDouble(c -> c.logJoint(codes[n])).toArray();
          double sum = GaussianMixture.logSum(joint);
          for (int k = 0; k < count; k++) {
            shares[k][n] = Math.exp(joint[k] - sum);
          }
          return sum;
        });
    return Arrays.stream(likelihoods).sum() / codes.length;
  }

  private static double total(double[] share) {
    return SMALLEST_COUNT + Arrays.stream(share).sum();
  }

  private static double meanVariance(float[][] codes) {
    double[] mean = Codes.mean(codes);
    double sum = 0;
    for (float[] code : codes) {
      for (int i = 0; i < mean.length; i++) {
        sum += (code[i] - mean[i]) * (code[i] - mean[i]);
      }
    }
    Codes.requireVariance(sum, codes.length);
    return sum / codes.length / mean.length;
  }

  private static double square(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = (double) x[i] - y[i];
      sum += difference * difference;
    }
    return sum;
  }
}
