package io.github.autoencoder4j.random;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * A named stream of random numbers that depends on nothing but a seed, a name and a position.
 *
 * <p>Every use of chance in a run draws from its own stream ({@code "weights"}, {@code "shuffle"},
 * {@code "corruption"} ...), so adding one use does not disturb the others. A stream may be opened
 * at a step (an epoch, a batch), which makes a run resumable: the numbers of step 7 do not depend
 * on how many were drawn in step 6.
 *
 * <p>The generator is SplitMix64 over a hashed starting point (Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators", OOPSLA 2014). It is meant for simulation, not for
 * cryptography. Instances are not thread-safe; open one per thread.
 *
 * <pre>{@code
 * RandomStream noise = RandomStream.of(7, "noise", epoch);
 * double z = noise.nextGaussian();
 * }</pre>
 */
public final class RandomStream implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  private RandomStream(long state) {
    this.state = state;
  }

  /**
   * Opens a stream at its start.
   *
   * @param seed the seed of the whole run
   * @param name what the numbers are used for; different names give unrelated numbers
   * @return a stream that yields the same numbers for the same arguments
   */
  public static RandomStream of(long seed, String name) {
    return of(seed, name, 0);
  }

  /**
   * Opens a stream at a step.
   *
   * @param seed the seed of the whole run
   * @param name what the numbers are used for; different names give unrelated numbers
   * @param step the epoch, batch or sample the numbers belong to
   * @return a stream that yields the same numbers for the same arguments
   */
  public static RandomStream of(long seed, String name, long step) {
    Objects.requireNonNull(name, "name");
    long hash = mix(seed + GOLDEN_GAMMA);
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ name.charAt(i));
    }
    return new RandomStream(mix(hash + GOLDEN_GAMMA * (step + 1)));
  }

  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /**
   * Returns the numbers 0 to {@code size - 1} in random order (Fisher and Yates).
   *
   * @param size how many numbers; at least 0
   * @return a new array that holds each number once
   * @throws IllegalArgumentException if {@code size} is negative
   */
  public int[] permutation(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must be at least 0, but was " + size);
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The finaliser of SplitMix64: every bit of the input moves about half of the output. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
