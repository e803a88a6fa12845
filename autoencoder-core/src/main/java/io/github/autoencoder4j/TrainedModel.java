package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.internal.inference.Transmission;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.LogLikelihood;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.runtime.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What an autoencoder computes once it is trained, and its weights on their way out and in. */
abstract sealed class TrainedModel permits Autoencoder {

  private final LiveModel live;
  private final Encoder encoder;
  private final Decoder decoder;

  TrainedModel(LiveModel live) {
    this.live = live;
    this.encoder = new Encoder(live, false);
    this.decoder = new Decoder(live, false);
  }

  /** The weights, and whose turn it is to use them. */
  final LiveModel live() {
    return live;
  }

  /**
   * Gives the encoder alone, for those who only need codes.
   *
   * @return the same weights, as they are whenever it is used; closing it leaves them alone
   */
  public Encoder encoder() {
    return encoder;
  }

  /**
   * Gives the decoder alone, for those who only need what codes stand for.
   *
   * @return the same weights, as they are whenever it is used; closing it leaves them alone
   */
  public Decoder decoder() {
    return decoder;
  }

  /**
   * Copies what it has learnt, by name, for other frameworks and for a look at it.
   *
   * <pre>{@code
   * autoencoder.weights().save(Path.of("digits.safetensors"));
   * }</pre>
   *
   * @return all arrays as they are now
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public Weights weights() {
    return new Weights(live.infer(Part.WHOLE, inference -> inference.weights(Part.WHOLE)));
  }

  /**
   * Takes over weights that were trained elsewhere, by this library or another, into the same
   * layers. It counts as trained then, and may be trained on; the optimiser starts afresh. Layouts
   * are those of PyTorch, where names differ:
   *
   * <pre>{@code
   * Autoencoder digits =
   *     Autoencoder.dense().input(28, 28).hidden(128).bottleneck(16).activation(RELU).build();
   * digits.importWeights(
   *     Weights.load(Path.of("digits.safetensors"))
   *         .withNames(
   *             Map.of(
   *                 "encoder.0", "encoder-1", "encoder.2", "bottleneck",
   *                 "decoder.0", "decoder-1", "decoder.2", "logits")));
   * }</pre>
   *
   * <p>{@code Network.of(autoencoder.spec().orElseThrow()).shapes()} lists what is needed, in
   * {@link WeightArray}'s layouts. How activations and outputs are called elsewhere, {@code
   * docs/migration.md} says.
   *
   * @param weights all arrays of the network and no others, by its names, of finite numbers
   * @throws IllegalArgumentException if an array is missing, left over, there twice, of another
   *     shape, or has a number that is not finite; the message lists all that does not fit, and
   *     nothing has changed
   * @throws IllegalStateException if the input shape is not known yet, only a half was loaded, it
   *     is called from where {@code fit} is refused, or the thread is interrupted while it waits
   */
  public void importWeights(Weights weights) {
    live.importWeights(weights);
  }

  /**
   * Turns samples into codes.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] encode(ImageSource samples) {
    return encoder.encode(samples);
  }

  /**
   * Turns samples into codes, of which few are in memory at a time: for data of any size. The codes
   * are those of {@link #encode(ImageSource)}, bit for bit.
   *
   * @param samples values in [0, 1]
   * @param codes takes the code of each sample, in order, on the thread that calls this; a run of
   *     training waits until it has taken all
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]; codes of samples before it
   *     may have been taken
   * @throws UncheckedIOException if {@code codes} throws an {@link IOException}; whatever else it
   *     throws is passed on
   */
  public void encode(ImageSource samples, RowConsumer codes) {
    encoder.encode(samples, codes);
  }

  /**
   * Turns samples into codes.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] encode(float[][] samples) {
    return encoder.encode(samples);
  }

  /**
   * Lists the classes that it is {@linkplain AutoencoderBuilder#conditionedOn conditioned on}.
   *
   * @return their names; empty if it is not conditioned, or the input shape is not known yet
   */
  public List<String> classes() {
    return live.spec().flatMap(Spec::condition).map(Condition::classes).orElse(List.of());
  }

  /**
   * Turns samples of {@linkplain AutoencoderBuilder#conditionedOn classes} into codes. Samples that
   * have classes, a {@link LabeledImageSource}, are encoded by {@link #encode(ImageSource)}.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @param classes the name of the class of each
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not in [0, 1], there
   *     are not as many names as rows, one is of no class, or the autoencoder is not conditioned
   */
  public float[][] encode(float[][] samples, List<String> classes) {
    return encoder.encode(samples, classes);
  }

  /**
   * Turns samples into the distributions that a variational code is drawn from; {@link
   * #encode(ImageSource)} gives their means.
   *
   * @param samples values in [0, 1]
   * @return a mean and a variance for each number of each code
   * @throws IllegalStateException if the autoencoder was not trained, or was not built with {@code
   *     variational()}
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public CodeDistributions encodeDistribution(ImageSource samples) {
    return encoder.encodeDistribution(samples);
  }

  /**
   * Estimates how likely samples are under a variational autoencoder, by importance sampling: for
   * each sample {@code ln 1/k sum_i p(x | z_i) p(z_i) / q(z_i | x)} with {@code k} codes drawn from
   * its own distribution (Burda, Grosse and Salakhutdinov, ICLR 2016). Compare models by it rather
   * than by their objective, which also counts how far the encoder's distributions are from the
   * right ones. Costs {@code k} passes through the decoder a sample.
   *
   * <pre>{@code
   * LogLikelihood likelihood = autoencoder.logLikelihood(blackAndWhite, 1_000, 1);
   * System.out.printf("%.2f +- %.2f nats%n", likelihood.mean(), likelihood.standardError());
   * }</pre>
   *
   * @param samples values in the output's range; black and white where it is {@code
   *     Output.bernoulli()}, since grey values have no probability
   * @param draws the number {@code k}, from 1 to 1,000,000; 100 give a tight bound, 5,000 are usual
   *     in publications
   * @param seed chooses the draws; the draws of a sample depend on its position only
   * @return the estimate for each sample, and their mean
   * @throws IllegalStateException if the autoencoder was not trained, was not built with {@code
   *     variational()}, has other latent stages that are noisy or look at several samples, or an
   *     output that is no likelihood
   * @throws IllegalArgumentException if {@code draws} is out of its range, there is no sample, or
   *     the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not in the output's range
   */
  public LogLikelihood logLikelihood(ImageSource samples, int draws, long seed) {
    return new LogLikelihood(
        live.infer(Part.WHOLE, inference -> inference.logLikelihoods(samples, draws, seed)), draws);
  }

  /**
   * Gives the vectors that codes are made of, where a stage quantises them: what turns codes into
   * indices and back. Decoding needs no codebook, since codes stay arrays of numbers.
   *
   * <pre>{@code
   * int[] indices = autoencoder.codebook().indices(autoencoder.encode(samples)[0]);
   * }</pre>
   *
   * @return the codebook as it is now
   * @throws IllegalStateException if the autoencoder was not trained, or nothing quantises codes
   */
  public Codebook codebook() {
    return encoder.codebook();
  }

  /**
   * Turns codes into samples. A code so large that sums in the network overflow gives what a
   * shorter one of the same direction does.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not finite
   */
  public float[][] decode(float[][] codes) {
    return decoder.decode(codes);
  }

  /**
   * Turns codes into samples of a {@linkplain AutoencoderBuilder#conditionedOn class}.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @param name the class of all of them
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not finite, there is
   *     no class of that name, or the autoencoder is not conditioned
   */
  public float[][] decode(float[][] codes, String name) {
    return decoder.decode(codes, name);
  }

  /**
   * Turns codes into samples of {@linkplain AutoencoderBuilder#conditionedOn classes}. The code of
   * a sample with another class gives what is alike in a sample of that class, such as its slant.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @param classes the name of the class of each
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not finite, there are
   *     not as many names as codes, one is of no class, or the autoencoder is not conditioned
   */
  public float[][] decode(float[][] codes, List<String> classes) {
    return decoder.decode(codes, classes);
  }

  /**
   * Encodes samples and decodes their codes, with noise between if a latent stage adds some at
   * inference: for each sample by its number in the call, the same in every call.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] reconstruct(ImageSource samples) {
    return Rows.collect(rows -> reconstruct(samples, rows));
  }

  /**
   * Encodes samples and decodes their codes, as {@link #reconstruct(ImageSource)} does, bit for
   * bit, with few of the results in memory at a time: for data of any size.
   *
   * <pre>{@code
   * autoencoder.reconstruct(table, (index, row) -> errors[index] = Mse.of(table.get(index), row));
   * }</pre>
   *
   * @param samples values in [0, 1]
   * @param reconstructions takes each sample's, in order, on the thread that calls this; a run of
   *     training waits until it has taken all
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]; samples before it may have
   *     been taken
   * @throws UncheckedIOException if {@code reconstructions} throws an {@link IOException}; whatever
   *     else it throws is passed on
   */
  public void reconstruct(ImageSource samples, RowConsumer reconstructions) {
    Objects.requireNonNull(reconstructions, "reconstructions");
    live.inferAll(Part.WHOLE, inference -> inference.reconstruct(samples, reconstructions));
  }

  /**
   * Encodes samples and decodes their codes, with noise between if a latent stage adds some at
   * inference: for each sample by its number in the call, the same in every call.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] reconstruct(float[][] samples) {
    return reconstruct(rows(samples));
  }

  /**
   * Encodes samples, adds noise to their codes as a channel would, and decodes them. A noise stage
   * of this autoencoder adds nothing here, whatever its phase.
   *
   * @param samples values in [0, 1]
   * @param noise the channel; its phase does not matter
   * @param seed chooses the noise; sample by sample the same for the same seed
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] transmit(ImageSource samples, LatentNoise noise, long seed) {
    Transmission channel = new Transmission(noise, seed);
    return Rows.collect(
        rows -> live.inferAll(Part.WHOLE, inference -> inference.transmit(samples, channel, rows)));
  }

  /**
   * Encodes samples, adds noise to their codes as a channel would, and decodes them.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @param noise the channel; its phase does not matter
   * @param seed chooses the noise; sample by sample the same for the same seed
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length or a value is not in [0, 1]
   */
  public float[][] transmit(float[][] samples, LatentNoise noise, long seed) {
    return transmit(rows(samples), noise, seed);
  }

  /**
   * Measures how well the samples survive a noisy channel, over several draws of the noise for
   * each.
   *
   * @param samples values in [0, 1]
   * @param noise the channel; its phase does not matter
   * @param draws how often each sample is sent; at least 1, at least 10 for figures to report
   * @param seed chooses the noise
   * @return the figures over all samples and draws; {@code images} counts every draw
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's, there are no samples or
   *     {@code draws} is below 1
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluateTransmission(
      ImageSource samples, LatentNoise noise, int draws, long seed) {
    if (draws < 1) {
      throw new IllegalArgumentException("there must be at least 1 draw, but were " + draws);
    }
    Transmission channel = new Transmission(noise, seed);
    return live.evaluate(evaluator -> evaluator.evaluate(samples, channel, draws));
  }

  /**
   * Measures how well the samples are reconstructed. No noise is added, unless a latent stage adds
   * some at inference.
   *
   * @param samples values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not the autoencoder's or there are no samples
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluate(ImageSource samples) {
    return evaluate(samples, samples);
  }

  /**
   * Measures how well the samples are reconstructed. No noise is added, unless a latent stage adds
   * some at inference.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not in [0, 1] or there
   *     are no samples
   */
  public Evaluation evaluate(float[][] samples) {
    return evaluate(rows(samples));
  }

  /**
   * Measures how well targets are reconstructed from other inputs, such as clean images from noisy
   * ones.
   *
   * @param inputs what is encoded, values in [0, 1]
   * @param targets what the reconstructions are compared with, values in [0, 1]
   * @return the figures
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a shape is not the autoencoder's, there are no samples, or
   *     not as many inputs as targets
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public Evaluation evaluate(ImageSource inputs, ImageSource targets) {
    return live.evaluate(evaluator -> evaluator.evaluate(inputs, targets));
  }

  /**
   * Measures how well some samples of a larger data set are reconstructed, for example those that
   * lie on this machine.
   *
   * @param samples values in the output's range; at least one
   * @param first how many samples of the whole come before them, since noise depends on the number
   *     of a sample; at least 0
   * @return to be added to the other parts
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if {@code first} is negative, or with {@link
   *     #evaluate(ImageSource)}
   * @throws UnusableDataException if a value is not in the range
   */
  public PartialEvaluation evaluatePart(ImageSource samples, int first) {
    if (first < 0) {
      throw new IllegalArgumentException("first must be at least 0, but was " + first);
    }
    return live.evaluate(evaluator -> evaluator.evaluatePart(samples, first));
  }

  private ImageSource rows(float[][] samples) {
    ImageShape shape = encoder.inputShape();
    return ImageSource.of(shape, live.range(shape), samples);
  }
}
