package io.github.autoencoder4j.latent;

/**
 * A stage after which few numbers of a code are in use at a time, so that a code may have more
 * numbers than a sample has values, and each comes to stand for something.
 *
 * <pre>{@code
 * Autoencoder digits =
 *     Autoencoder.dense().hidden().bottleneck(1000).sparse(Sparse.topK(25)).build();
 * digits.fit(train, Training.epochs(20));
 * CodeUsage usage = new CodeUsage();
 * digits.encode(test, (index, code) -> usage.add(code));
 * int dead = usage.deadUnits(); // numbers of the code that are never in use
 * }</pre>
 *
 * <p>A <em>unit</em> is a number of a dense code, or a channel of a code of planes, at all
 * positions.
 */
public sealed interface Sparse extends LatentStage
    permits TopK, LifetimeSparsity, CodeL1, TargetRate {

  /**
   * Keeps the largest numbers of each code.
   *
   * @param k how many; at least 1
   * @return the same number in training and when encoding
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  static TopK topK(int k) {
    return new TopK(k, k);
  }

  /**
   * Keeps the largest numbers of each unit over a batch, while training.
   *
   * @param share of the batch; above 0, below 1
   * @return the stage
   * @throws IllegalArgumentException if {@code share} lies outside
   */
  static LifetimeSparsity lifetime(double share) {
    return new LifetimeSparsity(share);
  }

  /**
   * Adds the sum of each code to the objective.
   *
   * @param weight in nats for each unit of the sum; at least 0
   * @return the stage
   * @throws IllegalArgumentException if {@code weight} is negative or not finite
   */
  static CodeL1 l1(double weight) {
    return new CodeL1(weight);
  }

  /**
   * Draws the mean of each unit to a rate.
   *
   * @param rate above 0, below 1; 0.05 is usual
   * @param weight what the divergence is multiplied by; at least 0
   * @return the stage
   * @throws IllegalArgumentException if a number lies outside
   */
  static TargetRate targetRate(double rate, double weight) {
    return new TargetRate(rate, weight);
  }

  @Override
  default boolean limitsCopying() {
    return true;
  }

  @Override
  default boolean mayFollowQuantizer() {
    return false;
  }
}
