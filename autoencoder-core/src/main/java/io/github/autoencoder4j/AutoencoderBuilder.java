package io.github.autoencoder4j;

import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.CodeNorm;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.Contractive;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.latent.Quantizer;
import io.github.autoencoder4j.latent.Sparse;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.latent.Wasserstein;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The choices every autoencoder offers, whatever its architecture. Each has a sensible default, and
 * they may be made in any order. A builder may be used again: what it built does not change with
 * it.
 *
 * <pre>{@code
 * Autoencoder denoiser =
 *     Autoencoder.dense()
 *         .input(28, 28)
 *         .corruption(Corruption.gaussian(0.4))
 *         .powerNormalize()
 *         .latentNoise(0.1)
 *         .l2(1e-5)
 *         .seed(7)
 *         .build();
 * }</pre>
 *
 * @param <B> the builder itself
 */
public abstract sealed class AutoencoderBuilder<B extends AutoencoderBuilder<B>>
    permits DenseBuilder, ConvBuilder {

  private @Nullable ImageShape input;
  private Output output;
  private double l1;
  private double l2;
  private @Nullable Corruption corruption;
  private final List<LatentStage> stages = new ArrayList<>();
  private @Nullable Condition condition;
  private Optimizer optimizer;
  private Initialization initialization = Initialization.AUTOMATIC;
  private long seed = 1;

  AutoencoderBuilder(Output output, Optimizer optimizer) {
    this.output = output;
    this.optimizer = optimizer;
  }

  abstract B self();

  /** Whether the shape of a sample was told, and is not to be taken from data. */
  boolean knowsInput() {
    return input != null;
  }

  /** The layers for samples of a shape, as chosen now. */
  abstract Function<ImageShape, Architecture> layers();

  /**
   * The shape of one sample, grey. Left out, it is taken from the first data the autoencoder is
   * trained on.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @return this builder
   * @throws IllegalArgumentException if a side is below 1
   */
  public B input(int height, int width) {
    return input(ImageShape.grey(height, width));
  }

  /**
   * The shape of one sample. Left out, it is taken from the first data the autoencoder is trained
   * on.
   *
   * @param height rows; at least 1
   * @param width columns; at least 1
   * @param channels planes, such as 3 for RGB; at least 1
   * @return this builder
   * @throws IllegalArgumentException if a side is below 1
   */
  public B input(int height, int width, int channels) {
    return input(new ImageShape(height, width, channels));
  }

  /**
   * The shape of one sample. Left out, it is taken from the first data the autoencoder is trained
   * on.
   *
   * @param shape the shape; {@link ImageShape#vector} for rows of a table
   * @return this builder
   */
  public B input(ImageShape shape) {
    this.input = Objects.requireNonNull(shape, "shape");
    return self();
  }

  /**
   * What training minimises.
   *
   * @param loss how reconstructions are compared with their targets
   * @return this builder
   */
  public B loss(Loss loss) {
    return output(Objects.requireNonNull(loss, "loss").output());
  }

  /**
   * Sets how the numbers of the decoder are read as samples, and how far those are from their
   * targets.
   *
   * @param output what stands at the end of the network
   * @return this builder
   */
  public B output(Output output) {
    this.output = Objects.requireNonNull(output, "output");
    return self();
  }

  /**
   * Adds {@code factor * sum|W|} over all weights to the mean loss per pixel, as Keras does.
   *
   * @param factor at least 0; 0 by default
   * @return this builder
   * @throws IllegalArgumentException if {@code factor} is negative or not finite
   */
  public B l1(double factor) {
    this.l1 = new Penalty(factor, 0).l1();
    return self();
  }

  /**
   * Adds {@code factor * sum(W^2)} over all weights to the mean loss per pixel, as Keras does: no
   * factor one half, no biases.
   *
   * @param factor at least 0; 0 by default, 1e-4 is usual
   * @return this builder
   * @throws IllegalArgumentException if {@code factor} is negative or not finite
   */
  public B l2(double factor) {
    this.l2 = new Penalty(0, factor).l2();
    return self();
  }

  /**
   * Makes it a denoising autoencoder: in training it sees corrupted samples and is asked for the
   * clean ones. Encoding and reconstructing corrupt nothing.
   *
   * @param corruption the noise
   * @return this builder
   */
  public B corruption(Corruption corruption) {
    this.corruption = Objects.requireNonNull(corruption, "corruption");
    return self();
  }

  /**
   * Scales every code to unit power, {@link PowerNormalization#perExample()}. Stages are applied in
   * the order of these calls.
   *
   * @return this builder
   */
  public B powerNormalize() {
    return latentStage(PowerNormalization.perExample());
  }

  /**
   * Adds noise to codes while training, {@link LatentNoise#variance(double)}. Stages are applied in
   * the order of these calls.
   *
   * @param variance of every value, not its standard deviation; at least 0
   * @return this builder
   * @throws IllegalArgumentException if {@code variance} is negative or not finite
   */
  public B latentNoise(double variance) {
    return latentStage(LatentNoise.variance(variance));
  }

  /**
   * Makes codes distributions, and the objective the evidence lower bound: the same as {@code
   * latentStage(Variational.standard())}.
   *
   * @return this builder
   */
  public B variational() {
    return latentStage(Variational.standard());
  }

  /**
   * Draws codes together to the standard normal distribution, and leaves each as it is: the same as
   * {@code latentStage(Wasserstein.standard())}.
   *
   * @return this builder
   */
  public B wasserstein() {
    return latentStage(Wasserstein.standard());
  }

  /**
   * Keeps codes near 0, which with {@link #l2} is the regularised autoencoder: the same as {@code
   * latentStage(new CodeNorm(weight))}.
   *
   * @param weight twice what a sample pays for a code of length 1, in nats; at least 0
   * @return this builder
   * @throws IllegalArgumentException if {@code weight} is negative or not finite
   */
  public B regularized(double weight) {
    return latentStage(new CodeNorm(weight));
  }

  /**
   * Makes codes depend little on small changes of a sample, which is the contractive autoencoder:
   * the same as {@code latentStage(Contractive.of(weight))}. To the loss of a sample, summed over
   * its values, it adds {@code weight |J|^2} with the squared Frobenius norm of the Jacobian of its
   * code (Rifai et al., ICML 2011): exactly where the encoder is one dense layer, else estimated
   * with one more pass through the encoder in training.
   *
   * <pre>{@code
   * Autoencoder.dense().hidden(400).bottleneck(32).powerNormalize().contractive(0.1).build();
   * }</pre>
   *
   * @param weight what the squared norm is multiplied by, in nats; above 0
   * @return this builder
   * @throws IllegalArgumentException if {@code weight} is not above 0 or not finite, or another
   *     stage than {@link #powerNormalize()} comes before
   */
  public B contractive(double weight) {
    return latentStage(Contractive.of(weight));
  }

  /**
   * Lets few numbers of a code be in use at a time. Stages are applied in the order of these calls.
   *
   * @param stage such as {@code Sparse.topK(25)}
   * @return this builder
   */
  public B sparse(Sparse stage) {
    return latentStage(stage);
  }

  /**
   * Replaces every vector of a code by one of a codebook that is learnt: the same as {@code
   * quantize(VectorQuantization.entries(entries))}. A vector are the channels at a place, or the
   * whole of a dense code.
   *
   * @param entries how many vectors the codebook has; 2 to 65,536
   * @return this builder
   * @throws IllegalArgumentException if {@code entries} lies outside, or codes are quantised before
   */
  public B vectorQuantize(int entries) {
    return quantize(VectorQuantization.entries(entries));
  }

  /**
   * Makes codes lists of indices. Stages are applied in the order of these calls; only noise may
   * follow this one.
   *
   * @param stage such as {@code VectorQuantization.entries(512).dimension(8)} or {@code
   *     FiniteScalarQuantization.levels(8, 5, 5, 5)}
   * @return this builder
   * @throws IllegalArgumentException if codes are quantised before
   */
  public B quantize(Quantizer stage) {
    return latentStage(stage);
  }

  /**
   * Tells encoder and decoder the class of each sample: a conditional autoencoder, with {@link
   * #variational()} the conditional variational one. Then {@code fit} wants a {@link
   * io.github.autoencoder4j.data.LabeledImageSource}, and {@link Autoencoder#decode(float[][],
   * String)} draws samples of a class.
   *
   * <pre>{@code
   * Autoencoder digits =
   *     Autoencoder.dense().hidden(400).bottleneck(20).variational()
   *         .conditionedOn("0", "1", "2", "3", "4", "5", "6", "7", "8", "9").build();
   * digits.fit(Mnist.train(), Training.epochs(10));
   * float[][] sevens = digits.decode(Gaussian.standard(20).sample(9, 1), "7");
   * }</pre>
   *
   * @param classes their names, as in the class names of the data, in any order; 2 to 1,000
   * @return this builder
   * @throws IllegalArgumentException if they are too few or too many, a name is blank, or there
   *     twice
   */
  public B conditionedOn(String... classes) {
    return conditionedOn(List.of(classes));
  }

  /**
   * Tells encoder and decoder the class of each sample, as {@link #conditionedOn(String...)} does.
   *
   * @param classes their names, such as {@code data.classNames()}; 2 to 1,000
   * @return this builder
   * @throws IllegalArgumentException if they are too few or too many, a name is blank, or there
   *     twice
   */
  public B conditionedOn(List<String> classes) {
    return latentStage(new Condition(classes));
  }

  /**
   * Adds a step between encoder and decoder, after those added before. A {@link Condition} comes
   * last, whenever it is added.
   *
   * @param stage what happens to codes
   * @return this builder
   * @throws IllegalArgumentException if codes are quantised before, which it would undo, or it is a
   *     {@link Contractive} stage and another than {@link #powerNormalize()} comes before
   */
  public B latentStage(LatentStage stage) {
    if (stage instanceof Condition classes) {
      condition = classes;
      return self();
    }
    List<LatentStage> all = new ArrayList<>(stages);
    all.add(Objects.requireNonNull(stage, "stage"));
    Quantizer.requireOrder(all);
    Contractive.requireOrder(all);
    stages.add(stage);
    return self();
  }

  /**
   * How weights follow gradients. By default {@code Optimizer.adam(2e-3)} for dense and {@code
   * Optimizer.adam(1e-3)} for convolutional layers.
   *
   * @param optimizer with a fixed learning rate or a schedule. One that leaves the range of
   *     learning rates is refused by the run that would come there
   * @return this builder
   */
  public B optimizer(Optimizer optimizer) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    return self();
  }

  /**
   * How the first weights of layers are drawn.
   *
   * @param initialization {@link Initialization#AUTOMATIC}, what suits each layer, by default
   * @return this builder
   */
  public B initialization(Initialization initialization) {
    this.initialization = Objects.requireNonNull(initialization, "initialization");
    return self();
  }

  /**
   * Chooses the first weights, the order of the samples, the noise and the dropout. The same seed
   * on the same machine gives the same weights, bit for bit.
   *
   * @param seed any number; 1 by default
   * @return this builder
   */
  public B seed(long seed) {
    this.seed = seed;
    return self();
  }

  /**
   * Builds the autoencoder. It has to be trained before it can encode.
   *
   * @return a new autoencoder that does not change with this builder
   * @throws IllegalArgumentException if choices do not fit each other, or the network would have
   *     more than {@link Integer#MAX_VALUE} parameters
   */
  public Autoencoder build() {
    if (corruption != null && !corruption.fits(output.range())) {
      throw new IllegalArgumentException(
          "%s sets values to the smallest or largest possible one, but with the output \"%s\" values must only %s; choose Corruption.gaussian(...) or Corruption.masking(...)"
              .formatted(corruption, output.describe(), output.range().rule()));
    }
    Function<ImageShape, Architecture> layers = layers();
    List<LatentStage> chosen =
        Stream.concat(stages.stream(), Stream.ofNullable(condition)).toList();
    Output end = output;
    Penalty penalty = new Penalty(l1, l2);
    Optional<Corruption> noise = Optional.ofNullable(corruption);
    Optimizer steps = optimizer;
    Initialization start = initialization;
    long number = seed;
    Blueprint blueprint =
        shape -> new Spec(layers.apply(shape), chosen, end, penalty, noise, steps, start, number);
    return new Autoencoder(
        new LiveModel(
            blueprint, input == null ? null : Blueprint.requireTrainable(blueprint.spec(input))));
  }
}
