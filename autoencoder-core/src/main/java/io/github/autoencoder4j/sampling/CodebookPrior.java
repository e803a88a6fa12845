package io.github.autoencoder4j.sampling;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.random.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Draws codes of a codebook, index by index, as often as codes had them: at each place by itself,
 * or in view of the indices to the left and above, which are drawn before it.
 *
 * <pre>{@code
 * float[][] codes = autoencoder.encode(train); // with vectorQuantize(512)
 * CodebookPrior prior =
 *     CodebookPrior.neighbors(autoencoder.codebook(), autoencoder.latentShape(), codes);
 * float[][] images = autoencoder.decode(prior.sample(9, 7));
 * double bits = -prior.logProbability(code) / Math.log(2); // if the code is sent by it
 * }</pre>
 *
 * <p>A context {@code c} gives way to a coarser one, with the probabilities {@code p'}, where it
 * was seldom seen (Witten and Bell, "The zero-frequency problem", IEEE Transactions on Information
 * Theory, 1991):
 *
 * <pre>{@code p(i | c) = (count(c, i) + kinds(c) p'(i)) / (count(c) + kinds(c))}</pre>
 *
 * <p>where {@code kinds(c)} is how many different indices were seen in it. The contexts are, from
 * fine to coarse: the indices to the left and above; the place and the index to its left; the
 * place; none, in which all entries are alike. So every code has a probability, even one with an
 * entry that no other had.
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class CodebookPrior implements LatentSampler {

  /** With more, contexts could have numbers that 64 bits do not hold. */
  private static final int MOST_ENTRIES = 1_000_000;

  private final Codebook codebook;

  /** How many places a row has; 0 if neighbours do not matter. */
  private final int width;

  /** How many indices stand before those of the next kind. */
  private final int places;

  private final int latentSize;

  /** From coarse to fine. */
  private final List<ContextCounts> counts = new ArrayList<>();

  private CodebookPrior(Codebook codebook, int width, int places, float[][] codes) {
    Codes.require(codes, 1);
    if (codebook.entries() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "a codebook may have up to %s entries to be drawn from, but has %s"
              .formatted(MOST_ENTRIES, codebook.entries()));
    }
    this.codebook = codebook;
    this.width = width;
    this.places = places;
    this.latentSize = codes[0].length;
    int length = codebook.length();
    int contexts = width == 0 ? 1 : 3;
    long[][] seen = new long[contexts][Math.multiplyExact(codes.length, length)];
    for (int i = 0; i < codes.length; i++) {
      int[] indices = codebook.indices(codes[i]);
      for (int v = 0; v < length; v++) {
        for (int order = 0; order < contexts; order++) {
          seen[order][i * length + v] =
              context(order, indices, v) * codebook.entries() + indices[v];
        }
      }
    }
    for (long[] pairs : seen) {
      counts.add(new ContextCounts(codebook.entries(), pairs));
    }
  }

  /**
   * Learns how often each entry stands at each place, whatever stands at the others.
   *
   * @param codebook of the autoencoder
   * @param codes {@code [n][d]}, finite; at least one
   * @return the distribution
   * @throws IllegalArgumentException if there are no codes, they are not of this codebook, or it
   *     has more than a million entries
   */
  public static CodebookPrior places(Codebook codebook, float[][] codes) {
    return new CodebookPrior(codebook, 0, codebook.length(), codes);
  }

  /**
   * Learns how often each entry stands at each place in view of its neighbours to the left and
   * above. Where several vectors share a place, each is compared with those of its own kind.
   *
   * @param codebook of the autoencoder
   * @param code the shape of a code, whose rows tell which indices are neighbours
   * @param codes {@code [n][d]}, finite; at least one
   * @return the distribution
   * @throws IllegalArgumentException if there are no codes, they are not of this shape and
   *     codebook, or it has more than a million entries
   */
  public static CodebookPrior neighbors(Codebook codebook, ImageShape code, float[][] codes) {
    Objects.requireNonNull(codebook, "codebook");
    if (code.size() != codebook.length() * codebook.dimension()) {
      throw new IllegalArgumentException(
          "codes of shape %s have %s values, but those of the codebook have %s"
              .formatted(code, code.size(), codebook.length() * codebook.dimension()));
    }
    int places = code.height() * code.width();
    // The vectors of a dense code stand in one row.
    return places == 1
        ? new CodebookPrior(codebook, codebook.length(), codebook.length(), codes)
        : new CodebookPrior(codebook, code.width(), places, codes);
  }

  /** The number of the context of an index among those of one order. */
  private long context(int order, int[] indices, int v) {
    long values = codebook.entries() + 1L;
    int left = order > 0 && v % width > 0 ? indices[v - 1] + 1 : 0;
    return switch (order) {
      case 0 -> v;
      case 1 -> v * values + left;
      default -> (v % places >= width ? indices[v - width] + 1 : 0) * values + left;
    };
  }

  @Override
  public int latentSize() {
    return latentSize;
  }

  @Override
  public float[][] sample(int n, long seed) {
    Codes.requireCount(n);
    RandomStream random = RandomStream.of(seed, "codebook");
    float[][] codes = new float[n][];
    for (int i = 0; i < n; i++) {
      int[] indices = new int[codebook.length()];
      for (int v = 0; v < indices.length; v++) {
        indices[v] = draw(indices, v, random);
      }
      codes[i] = codebook.code(indices);
    }
    return codes;
  }

  /** An index, given those before it. */
  private int draw(int[] indices, int v, RandomStream random) {
    for (int order = counts.size() - 1; order >= 0; order--) {
      ContextCounts seen = counts.get(order);
      long context = context(order, indices, v);
      long count = seen.count(context);
      long one = random.nextLong(Math.max(1, count + seen.kinds(context)));
      if (one < count) {
        return seen.index(context, one);
      }
    }
    return random.nextInt(codebook.entries());
  }

  /**
   * Computes how likely a code is.
   *
   * @param code as {@code encode} gives it
   * @return the logarithm of its probability, in nats; below 0
   * @throws IllegalArgumentException if the code has another size or holds what is not finite
   */
  public double logProbability(float[] code) {
    Codes.requireLength(code, latentSize);
    int[] indices = codebook.indices(code);
    double sum = 0;
    for (int v = 0; v < indices.length; v++) {
      double probability = 1.0 / codebook.entries();
      for (int order = 0; order < counts.size(); order++) {
        ContextCounts seen = counts.get(order);
        long context = context(order, indices, v);
        int kinds = seen.kinds(context);
        if (kinds > 0) {
          probability =
              (seen.count(context, indices[v]) + kinds * probability)
                  / (seen.count(context) + kinds);
        }
      }
      sum += Math.log(probability);
    }
    return sum;
  }
}
