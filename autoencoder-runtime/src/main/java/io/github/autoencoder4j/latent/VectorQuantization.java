package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import java.util.Locale;

/**
 * Replaces every vector of a code by the nearest one of a codebook that follows the codes (van den
 * Oord, Vinyals and Kavukcuoglu, "Neural discrete representation learning", NIPS 2017, with the
 * moving averages of its appendix). The term {@code "commitment"} keeps codes near their entries:
 *
 * <pre>{@code commitment sum |z - e|^2   in nats a sample, over its vectors z and their entries e}
 * </pre>
 *
 * <p>With {@code n_k} vectors of a batch at entry {@code k}, their sum {@code s_k} and the decay
 * {@code g}, each step of training moves the running count {@code N_k} and the entry:
 *
 * <pre>{@code
 * N_k' = g N_k + (1 - g) n_k
 * e_k' = (g N_k e_k + (1 - g) s_k) / N_k'
 * }</pre>
 *
 * <p>An entry whose count falls below a share of the mean count is dead, and is put where a vector
 * of the batch is, drawn by the seed, with the mean count; up to {@value #RESTARTS} in a step, one
 * for each of the first samples of a batch. So is the whole codebook in the first steps: it begins
 * with draws from the standard normal distribution of which nobody makes use. All of it is state
 * that files and checkpoints hold, and that no optimiser moves.
 *
 * <pre>{@code
 * Autoencoder digits = Autoencoder.conv().latent(7, 7, 16).vectorQuantize(512).build();
 * digits.fit(train, Training.epochs(10));
 * Codebook codebook = digits.codebook();
 * CodebookUsage usage = new CodebookUsage(codebook.entries());
 * digits.encode(test, (index, code) -> usage.add(codebook.indices(code)));
 * double perplexity = usage.perplexity(); // 512 if all entries are used alike
 * }</pre>
 *
 * @param entries how many vectors the codebook has; 2 to 65,536
 * @param dimension how many numbers a vector has; 0 for all channels at a place, or all of a dense
 *     code; at least 0
 * @param commitment the weight of the term; at least 0
 * @param decay of the moving averages; 0 or more, below 1
 * @param restart the share of the mean count below which an entry is dead; 0 for never, below 1
 */
public record VectorQuantization(
    int entries, int dimension, double commitment, double decay, double restart)
    implements Quantizer {

  /** How many entries are put elsewhere in a step at most. */
  static final int RESTARTS = 64;

  private static final int MOST = 65_536;

  /**
   * Checks the numbers.
   *
   * @param entries how many vectors the codebook has; 2 to 65,536
   * @param dimension how many numbers a vector has; 0 for all there are
   * @param commitment the weight of the term; at least 0
   * @param decay of the moving averages; 0 or more, below 1
   * @param restart the share of the mean count below which an entry is dead; 0 or more, below 1
   * @throws IllegalArgumentException if a number lies outside
   */
  public VectorQuantization {
    if (entries < 2 || entries > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a codebook must have 2 to %,d entries, but was given %,d; %s",
              MOST,
              entries,
              entries < 2
                  ? "a single one tells no samples apart"
                  : "cut codes into shorter vectors by dimension(...) instead"));
    }
    if (dimension < 0) {
      throw new IllegalArgumentException(
          "the vectors of a codebook must have at least 1 number, but were given "
              + dimension
              + "; 0 stands for all numbers at a place");
    }
    Weights.require(commitment, "the commitment to the codebook");
    requireShare(decay, "the decay of the codebook", "0.99 is usual");
    requireShare(restart, "the share of the mean count below which entries restart", "0 is never");
  }

  private static void requireShare(double share, String what, String usual) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          what + " must be at least 0 and below 1, but was " + share + "; " + usual);
    }
  }

  /**
   * Quantises all channels at a place, or the whole of a dense code, with one codebook.
   *
   * @param entries how many vectors the codebook has; 2 to 65,536
   * @return a stage with commitment 0.25, decay 0.99 and restarts below a tenth of the mean count
   * @throws IllegalArgumentException if {@code entries} lies outside
   */
  public static VectorQuantization entries(int entries) {
    return new VectorQuantization(entries, 0, 0.25, 0.99, 0.1);
  }

  /**
   * Cuts codes into shorter vectors, which share the codebook.
   *
   * @param numbers how many a vector has: a divisor of those of a dense code, or of its channels; 0
   *     for all
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative
   */
  public VectorQuantization dimension(int numbers) {
    return new VectorQuantization(entries, numbers, commitment, decay, restart);
  }

  /**
   * Weighs the term that keeps codes near their entries.
   *
   * @param weight at least 0
   * @return a changed copy
   * @throws IllegalArgumentException if it is negative or not finite
   */
  public VectorQuantization commitment(double weight) {
    return new VectorQuantization(entries, dimension, weight, decay, restart);
  }

  /**
   * Changes how long the codebook remembers.
   *
   * @param share of the past that remains after each step; at least 0, below 1
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public VectorQuantization decay(double share) {
    return new VectorQuantization(entries, dimension, commitment, share, restart);
  }

  /**
   * Changes which entries are dead.
   *
   * @param share of the mean count below which one is; 0 for never, below 1
   * @return a changed copy
   * @throws IllegalArgumentException if it lies outside
   */
  public VectorQuantization restart(double share) {
    return new VectorQuantization(entries, dimension, commitment, decay, share);
  }

  /**
   * Checks that a code falls into such vectors.
   *
   * @throws IllegalArgumentException if it does not
   */
  @Override
  public ImageShape fedBy(ImageShape code) {
    Groups.of(code, dimension);
    return code;
  }

  @Override
  public List<ParameterSpec> learned(ImageShape code) {
    int numbers = Groups.of(code, dimension).dimension();
    return List.of(
        new ParameterSpec(
            "codebook",
            List.of(entries, numbers),
            Kind.STATE,
            (index, random) -> random.nextGaussian()),
        new ParameterSpec("counts", List.of(entries), Kind.STATE, (index, random) -> 0),
        // Where a batch leaves vectors, each behind how many it is the sum of; else it is 0.
        new ParameterSpec(
            "candidates",
            List.of(Math.min(entries, RESTARTS), 1 + numbers),
            Kind.STATE,
            (index, random) -> 0));
  }

  @Override
  public List<String> terms() {
    return List.of("commitment");
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new VectorQuantizationKernel(this, Groups.of(code, dimension));
  }

  @Override
  public Codebook codebook(ImageShape code, List<float[]> arrays) {
    float[] numbers = arrays.get(0);
    int length = Groups.of(code, dimension).dimension();
    float[][] vectors = new float[entries][length];
    for (int i = 0; i < entries; i++) {
      System.arraycopy(numbers, i * length, vectors[i], 0, length);
    }
    return Codebook.of(vectors, code);
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder("codebook of ").append(entries);
    if (dimension > 0) {
      text.append(" by ").append(dimension);
    }
    return text.append(String.format(Locale.ROOT, ", commitment %.4g", commitment)).toString();
  }
}
