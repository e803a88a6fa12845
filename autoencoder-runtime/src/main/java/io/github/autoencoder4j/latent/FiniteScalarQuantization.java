package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rounds every number of a code to one of a few levels (after Mentzer et al., "Finite scalar
 * quantization: VQ-VAE made simple", ICLR 2024): with {@code L} levels, {@code t = tanh(z)} becomes
 * the nearest of
 *
 * <pre>{@code -1, -1 + 2 / (L - 1), ..., 1}</pre>
 *
 * <p>and gradients pass as if {@code t} were not rounded. Nothing is learnt, and no entry dies. The
 * levels are symmetric for every {@code L}, where the paper moves them by half a step if {@code L}
 * is even. A vector has one number for each number of levels, and its index counts through them,
 * the first the fastest: {@code i_1 + L_1 (i_2 + L_2 (...))}.
 *
 * <pre>{@code
 * Autoencoder digits =
 *     Autoencoder.conv().latent(7, 7, 4).quantize(FiniteScalarQuantization.levels(8, 5, 5, 5)).build();
 * digits.codebook().entries(); // 1,000
 * }</pre>
 *
 * @param levels how many each number of a vector has, in turn; each 2 to 256, with a product of at
 *     most 16,777,216; copied
 */
public record FiniteScalarQuantization(List<Integer> levels) implements Quantizer {

  private static final int MOST = 1 << 24;

  /**
   * Checks the numbers.
   *
   * @param levels how many each number of a vector has, in turn
   * @throws IllegalArgumentException if there are none, one is below 2 or above 256, or their
   *     product is above 16,777,216
   */
  public FiniteScalarQuantization {
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException(
          "finite scalar quantisation needs the levels of at least one number; 8, 5, 5, 5 is usual");
    }
    long entries = 1;
    for (int count : levels) {
      if (count < 2 || count > 256) {
        throw new IllegalArgumentException(
            "a number must have 2 to 256 levels, but was given " + count);
      }
      entries *= count;
      if (entries > MOST) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the levels %s make more than %,d vectors; let fewer numbers share an index",
                levels,
                MOST));
      }
    }
  }

  /**
   * Gives numbers their levels.
   *
   * @param levels how many each number of a vector has, in turn; the numbers of a dense code, or
   *     its channels, must be a multiple of how many are given here
   * @return the stage
   * @throws IllegalArgumentException if there are none, one is below 2 or above 256, or their
   *     product is above 16,777,216
   */
  public static FiniteScalarQuantization levels(int... levels) {
    return new FiniteScalarQuantization(Arrays.stream(levels).boxed().toList());
  }

  /** Counts the vectors of the codebook. */
  private int entries() {
    return levels.stream().reduce(1, (product, count) -> product * count);
  }

  /**
   * Checks that a code falls into such vectors.
   *
   * @throws IllegalArgumentException if it does not
   */
  @Override
  public ImageShape fedBy(ImageShape code) {
    Groups.of(code, levels.size());
    return code;
  }

  /** The level nearest to a number in [-1, 1]. */
  static int nearest(double squashed, int levels) {
    return (int) Math.round((squashed + 1) / 2 * (levels - 1));
  }

  /** The number that a level stands for. */
  static double value(int level, int levels) {
    return 2.0 * level / (levels - 1) - 1;
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new FiniteScalarKernel(levels, Groups.of(code, levels.size()));
  }

  @Override
  public Codebook codebook(ImageShape code, List<float[]> arrays) {
    return new GroupedCodebook(entries(), Groups.of(code, levels.size())) {

      @Override
      int nearest(float[] vector) {
        int index = 0;
        for (int d = vector.length - 1; d >= 0; d--) {
          int count = levels.get(d);
          double bounded = Math.max(-1, Math.min(1, vector[d]));
          index = index * count + FiniteScalarQuantization.nearest(bounded, count);
        }
        return index;
      }

      @Override
      void write(int index, float[] vector) {
        int rest = index;
        for (int d = 0; d < vector.length; d++) {
          vector[d] = (float) value(rest % levels.get(d), levels.get(d));
          rest /= levels.get(d);
        }
      }
    };
  }

  @Override
  public String describe() {
    return levels.stream().map(String::valueOf).collect(Collectors.joining(" x ", "", " levels"));
  }
}
