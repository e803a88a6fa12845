package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;

/**
 * A mixture of normal distributions, fitted by expectation maximisation (Dempster, Laird and Rubin
 * 1977) from a k-means++ start (Arthur and Vassilvitskii 2007). Ten components with full covariance
 * are what "From Variational to Deterministic Autoencoders" (Ghosh et al., ICLR 2020) draws from.
 *
 * <pre>{@code
 * GaussianMixture mixture = GaussianMixture.components(10).fit(codes, 7);
 * float[][] drawn = autoencoder.decode(mixture.sample(100, 7));
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class GaussianMixture implements LatentDensity {

  private final List<MixtureComponent> components;
  private final int iterations;
  private final double meanLogLikelihood;

  GaussianMixture(List<MixtureComponent> components, int iterations, double meanLogLikelihood) {
    this.components = List.copyOf(components);
    this.iterations = iterations;
    this.meanLogLikelihood = meanLogLikelihood;
  }

  /**
   * Starts a fit with full covariances, regularisation 1e-6, at most 100 iterations and tolerance
   * 1e-3.
   *
   * @param components how many normal distributions; at least 1
   * @return settings that can be changed before {@link Builder#fit}
   * @throws IllegalArgumentException if {@code components} is below 1
   */
  public static Builder components(int components) {
    return new Builder(components);
  }

  /**
   * The share of each component.
   *
   * @return a new array of values that sum to 1
   */
  public double[] weights() {
    return components.stream().mapToDouble(component -> component.weight).toArray();
  }

  /**
   * The mean of each component.
   *
   * @return a new array {@code [components][latentSize()]}
   */
  public double[][] means() {
    return components.stream().map(component -> component.mean.clone()).toArray(double[][]::new);
  }

  /**
   * How many iterations the fit took.
   *
   * @return at least 1; the allowed maximum if it had not converged by then
   */
  public int iterations() {
    return iterations;
  }

  /**
   * How well the mixture explains the codes it was fitted to.
   *
   * @return mean log density of the codes, in nats
   */
  public double meanLogLikelihood() {
    return meanLogLikelihood;
  }

  @Override
  public int latentSize() {
    return components.get(0).mean.length;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    RandomStream random = RandomStream.of(seed, "Gaussian mixture");
    float[][] codes = new float[n][];
    for (int s = 0; s < n; s++) {
      double left = random.nextDouble();
      int chosen = 0;
      while (chosen < components.size() - 1 && left >= components.get(chosen).weight) {
        left -= components.get(chosen++).weight;
      }
      codes[s] = components.get(chosen).draw(random);
    }
    return codes;
  }

  @Override
  public double logDensity(float[] latent) {
    Codes.requireLength(latent, latentSize());
    return logSum(components.stream().mapToDouble(c -> c.logJoint(latent)).toArray());
  }

  /** {@code ln sum exp x}, safe from underflow. */
  static double logSum(double[] x) {
    double largest = Arrays.stream(x).max().orElseThrow();
    return largest + Math.log(Arrays.stream(x).map(v -> Math.exp(v - largest)).sum());
  }

  /** The settings of a fit. Not thread-safe. */
  public static final class Builder {

    private final int components;
    private boolean diagonal;
    private double regularization = 1e-6;
    private int maxIterations = 100;
    private double tolerance = 1e-3;

    private Builder(int components) {
      if (components < 1) {
        throw new IllegalArgumentException("components must be at least 1, but was " + components);
      }
      this.components = components;
    }

    /**
     * Uses diagonal covariances: {@code d} variances a component in place of a {@code d x d}
     * matrix. Take it where there are few codes or many dimensions.
     *
     * @return this builder
     */
    public Builder diagonal() {
      this.diagonal = true;
      return this;
    }

    /**
     * What is added to the diagonal of every covariance, as a share of the codes' mean variance, so
     * that every covariance can be inverted. A component may still shrink onto a code that lies far
     * from all others; a larger share keeps it wider.
     *
     * @param regularization above 0
     * @return this builder
     * @throws IllegalArgumentException if it is not a number above 0
     */
    public Builder regularization(double regularization) {
      if (!(regularization > 0 && Double.isFinite(regularization))) {
        throw new IllegalArgumentException(
            "regularization must be above 0, but was " + regularization);
      }
      this.regularization = regularization;
      return this;
    }

    /**
     * When to stop at the latest.
     *
     * @param maxIterations at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxIterations(int maxIterations) {
      if (maxIterations < 1) {
        throw new IllegalArgumentException(
            "maxIterations must be at least 1, but was " + maxIterations);
      }
      this.maxIterations = maxIterations;
      return this;
    }

    /**
     * Stops once an iteration gains less.
     *
     * @param tolerance gain in mean log likelihood, in nats a code; at least 0
     * @return this builder
     * @throws IllegalArgumentException if it is not a number from 0 on
     */
    public Builder tolerance(double tolerance) {
      if (!(tolerance >= 0)) {
        throw new IllegalArgumentException("tolerance must be at least 0, but was " + tolerance);
      }
      this.tolerance = tolerance;
      return this;
    }

    /**
     * Fits the mixture.
     *
     * @param codes {@code [n][d]}, finite; at least 2 and one a component, not all equal
     * @param seed the same seed gives the same mixture
     * @return the fitted mixture
     * @throws IllegalArgumentException if there are too few codes, codes differ in length, are not
     *     finite or are all equal
     */
    public GaussianMixture fit(float[][] codes, long seed) {
      Codes.require(codes, Math.max(2, components));
      return new ExpectationMaximization(codes, components, diagonal, regularization)
          .run(seed, maxIterations, tolerance);
    }
  }
}
