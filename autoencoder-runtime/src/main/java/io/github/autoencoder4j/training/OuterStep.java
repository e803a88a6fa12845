package io.github.autoencoder4j.training;

/**
 * How the weights of workers become one at the end of a round: where {@code x} are the weights that
 * all began with and {@code y} the mean of theirs, each weighted by how many samples it has,
 *
 * <pre>
 *   d = x - y,   m = momentum m + d,   x = x - rate (d + momentum m)
 * </pre>
 *
 * <p>With rate 1 and no momentum that is the mean (local SGD: Stich, ICLR 2019); with 0.7 and 0.9
 * it is the Nesterov step of DiLoCo (Douillard et al., arXiv 2311.08105). What optimisers remember
 * is always averaged.
 *
 * @param rate above 0
 * @param momentum at least 0, below 1
 */
public record OuterStep(double rate, double momentum) {

  /**
   * Checks the ranges.
   *
   * @param rate above 0
   * @param momentum at least 0, below 1
   * @throws IllegalArgumentException if one is out of its range
   */
  public OuterStep {
    if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the rate of the outer step must be above 0 and finite, but was " + rate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "the momentum of the outer step must be in [0, 1), but was " + momentum);
    }
  }

  /**
   * Takes the mean.
   *
   * @return rate 1, no momentum
   */
  public static OuterStep mean() {
    return new OuterStep(1, 0);
  }

  /**
   * Takes a step with momentum, for few or long rounds.
   *
   * @param rate above 0; 0.7 is usual
   * @param momentum at least 0, below 1; 0.9 is usual
   * @return the outer step
   * @throws IllegalArgumentException if one is out of its range
   */
  public static OuterStep nesterov(double rate, double momentum) {
    return new OuterStep(rate, momentum);
  }

  /**
   * Says whether it is the mean, which needs no memory.
   *
   * @return true for rate 1 without momentum
   */
  public boolean isMean() {
    return rate == 1 && momentum == 0;
  }
}
