package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codes of some samples side by side on their way through a {@link LatentStage}, with all that
 * its kernel may read and write. Used by one thread at a time, again and again.
 */
public final class LatentBatch {

  /** What the codes are computed for. */
  public enum Mode {
    /** A step of training follows: with noise, fresh in every step, and with terms. */
    TRAINING,
    /** The objective is judged: with terms, and with noise that is the same at every call. */
    OBJECTIVE,
    /** The decoder is to reconstruct: with what noise belongs to inference. */
    RECONSTRUCTION,
    /** Somebody wants the codes: without noise. */
    ENCODING;

    /**
     * Says whether terms of the objective are asked for.
     *
     * @return true in training and for the objective
     */
    public boolean hasTerms() {
      return this == TRAINING || this == OBJECTIVE;
    }
  }

  private final int n;
  private final double[] input;
  private final double[] output;
  private final double[] outputGradient;
  private final double[] inputGradient;
  private final double[] kept;
  private final double[] conditions;
  private final double[] moved;
  private final double[] movedGradient;
  private double[] rowNorms = {};
  private double[] rowNormGradients = {};
  private final List<double[]> arrays;
  private final List<double[]> gradients;
  private final double[] terms;
  private final double[] logWeights;
  private final double[] shares;
  private final long seed;
  private final String stream;
  private Mode mode = Mode.ENCODING;
  private long first;
  private int iteration;
  private double gradientScale;

  /** The name of the random numbers of a pass; null until somebody asks for some. */
  private @Nullable String name;

  /**
   * Makes room.
   *
   * @param stage whose codes they are
   * @param code the shape of the codes that it yields
   * @param n how many samples; at least 1
   * @param seed chooses what is drawn at random
   * @param stream the name of its random numbers, unique in the network
   * @param training whether there will be backward passes, which take memory of their own
   */
  public LatentBatch(
      LatentStage stage, ImageShape code, int n, long seed, String stream, boolean training) {
    this.n = n;
    this.seed = seed;
    this.stream = stream;
    input = new double[Math.multiplyExact(n, stage.fedBy(code).size())];
    output = new double[Math.multiplyExact(n, code.size())];
    inputGradient = new double[training ? input.length : 0];
    outputGradient = new double[training ? output.length : 0];
    kept = new double[Math.multiplyExact(n, stage.kernel(code).kept())];
    conditions = new double[Math.multiplyExact(n, stage.conditions())];
    moved = new double[stage.contracts() ? input.length : 0];
    movedGradient = new double[training ? moved.length : 0];
    List<ParameterSpec> learned = stage.learned(code);
    arrays = learned.stream().map(spec -> new double[(int) spec.length()]).toList();
    gradients =
        learned.stream().map(spec -> new double[training ? (int) spec.length() : 0]).toList();
    terms = new double[stage.terms().size()];
    logWeights = new double[stage.draws() > 1 ? n : 0];
    shares = new double[logWeights.length];
  }

  /**
   * Begins with other samples: terms and gradients are zero again.
   *
   * @param purpose what the codes are computed for
   * @param position the number of the first sample in its batch or call
   * @param step the number of the training step
   * @param scale what the gradient of a term in nats per sample is multiplied by
   */
  public void begin(Mode purpose, long position, int step, double scale) {
    this.mode = purpose;
    this.first = position;
    this.iteration = step;
    this.gradientScale = scale;
    this.name = null;
    Arrays.fill(terms, 0);
    Arrays.fill(rowNormGradients, 0);
    gradients.forEach(gradient -> Arrays.fill(gradient, 0));
  }

  /**
   * Counts the samples.
   *
   * @return at least 1
   */
  public int n() {
    return n;
  }

  /**
   * Gives the position of the first sample.
   *
   * @return from 0; in its batch in training, else in its call
   */
  public long first() {
    return first;
  }

  /**
   * Says what the codes are computed for.
   *
   * @return the mode
   */
  public Mode mode() {
    return mode;
  }

  /**
   * Gives the number of the training step, for schedules.
   *
   * @return from 0; in other modes than training the number of steps made
   */
  public int iteration() {
    return iteration;
  }

  /**
   * Gives what the stage is fed.
   *
   * @return {@code [n, fed]}, the memory itself
   */
  public double[] input() {
    return input;
  }

  /**
   * Gives what the stage yields.
   *
   * @return {@code [n, code]}, the memory itself
   */
  public double[] output() {
    return output;
  }

  /**
   * Gives the gradient of the objective with respect to the output.
   *
   * @return {@code [n, code]}, the memory itself
   */
  public double[] outputGradient() {
    return outputGradient;
  }

  /**
   * Gives the gradient of the objective with respect to the input.
   *
   * @return {@code [n, fed]}, the memory itself
   */
  public double[] inputGradient() {
    return inputGradient;
  }

  /**
   * Gives what the forward pass keeps for the backward pass.
   *
   * @return {@code [n, kept]}, the memory itself
   */
  public double[] kept() {
    return kept;
  }

  /**
   * Gives the class of each sample, a one among zeros.
   *
   * @return {@code [n, classes]}, the memory itself; empty but for a {@link Condition}
   */
  public double[] conditions() {
    return conditions;
  }

  /**
   * Gives what the stage would be fed if each sample lay a small step elsewhere.
   *
   * @return {@code [n, fed]}, the memory itself; empty but for a {@link Contractive}, which reads
   *     it in modes that judge unless there are {@link #rowNorms()}
   */
  public double[] moved() {
    return moved;
  }

  /**
   * Gives the gradient of the objective with respect to {@link #moved()}.
   *
   * @return {@code [n, fed]}, the memory itself
   */
  public double[] movedGradient() {
    return movedGradient;
  }

  /**
   * Says that the stage is fed by one layer {@code z = W x + b}, and how much its numbers depend on
   * a sample.
   *
   * @param squares {@code |W_j|^2} for each number that the stage is fed, over the values of a
   *     sample; kept until it is called again
   */
  public void setRowNorms(double[] squares) {
    rowNorms = squares.clone();
    if (rowNormGradients.length != squares.length) {
      rowNormGradients = new double[squares.length];
    }
  }

  /**
   * Gives the squared norms of the rows of the one layer before.
   *
   * @return {@code [fed]}, the memory itself; empty unless {@link #setRowNorms} was called
   */
  public double[] rowNorms() {
    return rowNorms;
  }

  /**
   * Gives the gradients of {@link #rowNorms()}, which the kernel adds to.
   *
   * @return {@code [fed]}, sums over the samples, the memory itself
   */
  public double[] rowNormGradients() {
    return rowNormGradients;
  }

  /**
   * Gives the arrays of the stage.
   *
   * @return in the order of {@link LatentStage#learned}, each row-major
   */
  public List<double[]> arrays() {
    return arrays;
  }

  /**
   * Gives the gradients of the arrays, which the kernel adds to.
   *
   * @return in the order of {@link LatentStage#learned}, each row-major
   */
  public List<double[]> gradients() {
    return gradients;
  }

  /**
   * Gives what the gradient of a term in nats per sample is multiplied by, since the objective is a
   * mean over samples and their values.
   *
   * @return {@code 1 / (samples of the whole batch * values of a sample)}
   */
  public double gradientScale() {
    return gradientScale;
  }

  /**
   * Adds to a term of the objective.
   *
   * @param term its position in {@link LatentStage#terms()}
   * @param nats what a sample adds, its weight included
   */
  public void addTerm(int term, double nats) {
    terms[term] += nats;
  }

  /**
   * Gives the terms so far.
   *
   * @return sums over the samples in nats, the memory itself
   */
  public double[] terms() {
    return terms;
  }

  /**
   * Gives how likely each draw is before it is compared with its sample, {@code ln p(z) - ln q(z |
   * x)}; the kernel writes it.
   *
   * @return {@code [n]}, the memory itself; empty if the stage draws once
   */
  public double[] logWeights() {
    return logWeights;
  }

  /**
   * Gives the share that each draw has in the gradient of its sample.
   *
   * @return {@code [n]}, which sum to 1 for each sample, the memory itself; empty if the stage
   *     draws once
   */
  public double[] shares() {
    return shares;
  }

  /**
   * Gives random numbers that depend on the seed, the sample, and in training the step, but not on
   * how its batch was cut.
   *
   * @param sample its position, from 0
   * @return a new stream, the same at every call within a pass
   */
  public RandomStream random(int sample) {
    String numbers = name;
    if (numbers == null) {
      numbers = stream + "/" + (mode == Mode.TRAINING ? iteration : "inference");
      name = numbers;
    }
    return RandomStream.of(seed, numbers, first + sample);
  }
}
