package io.github.autoencoder4j.runtime;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.inference.Inference;
import io.github.autoencoder4j.internal.inference.LoadedModel;
import io.github.autoencoder4j.internal.inference.Models;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.model.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The half of an autoencoder that turns samples into codes, such as a sender has.
 *
 * <pre>{@code
 * autoencoder.save(file, Saving.encoder());
 * Encoder encoder = Encoder.load(file); // elsewhere
 * float[][] codes = encoder.encode(samples);
 * }</pre>
 *
 * <p>Thread-safe. It runs on a native backend where {@code autoencoder-core} is on the class path
 * with one, else in plain Java; {@code -Dautoencoder4j.backend=plain} forces that.
 */
public final class Encoder implements AutoCloseable {

  private final LoadedModel model;
  private final boolean isAlone;

  /**
   * Makes the door to a model; for those who load and train, such as {@code Autoencoder}.
   *
   * @param model whose half it is
   * @param isAlone whether closing this closes the model
   */
  public Encoder(LoadedModel model, boolean isAlone) {
    this.model = model;
    this.isAlone = isAlone;
  }

  /**
   * Loads the encoder of a model file, with every check of the file.
   *
   * @param file a model file that holds an encoder, alone or with its decoder, or, with {@code
   *     autoencoder-core}, a folder of checkpoints
   * @return an encoder that computes the same as the one that was saved: bit for bit on the same
   *     backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if the file holds a decoder only
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static Encoder load(Path file) {
    return new Encoder(Models.load(file, Part.ENCODER), true);
  }

  /**
   * Loads the encoder of a model from a stream.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return an encoder that computes the same as the one that was saved: bit for bit on the same
   *     backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if the stream holds the other half only
   * @throws UncheckedIOException if the stream cannot be read
   */
  public static Encoder load(InputStream in) {
    return new Encoder(Models.load(in, Part.ENCODER), true);
  }

  /**
   * Loads the encoder of a model that lies in memory.
   *
   * @param bytes one model and nothing else
   * @return an encoder that computes the same as the one that was saved: bit for bit on the same
   *     backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if it holds the other half only
   */
  public static Encoder load(byte[] bytes) {
    return load(new ByteArrayInputStream(bytes));
  }

  /**
   * Turns samples into codes.
   *
   * @param samples values in [0, 1]
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not that of its samples
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public float[][] encode(ImageSource samples) {
    return Rows.collect(rows -> encode(samples, rows));
  }

  /**
   * Turns samples into codes, of which few are in memory at a time: for data of any size.
   *
   * @param samples values in [0, 1]
   * @param codes takes the code of each sample, in order, on the thread that calls this; a run of
   *     training waits until it has taken all
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if the shape is not that of its samples
   * @throws UnusableDataException if a value is not a number in [0, 1]; codes of samples before it
   *     may have been taken
   * @throws UncheckedIOException if {@code codes} throws an {@link IOException}; whatever else it
   *     throws is passed on
   */
  public void encode(ImageSource samples, RowConsumer codes) {
    Objects.requireNonNull(codes, "codes");
    model.inferAll(Part.ENCODER, inference -> inference.encode(samples, codes));
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
    return encode(ImageSource.of(inputShape(), model.range(inputShape()), samples));
  }

  /**
   * Turns samples into codes, where the autoencoder is conditioned on classes. Samples that have
   * classes, a {@link LabeledImageSource}, are encoded by {@link #encode(ImageSource)}.
   *
   * @param samples {@code float[n][values]} with values in [0, 1]
   * @param classes the name of the class of each
   * @return {@code float[n][latentShape.size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not in [0, 1], there
   *     are not as many names as rows, one is of no class, or the autoencoder is not conditioned
   */
  public float[][] encode(float[][] samples, List<String> classes) {
    ImageSource rows = ImageSource.of(inputShape(), model.range(inputShape()), samples);
    return Rows.collect(
        codes ->
            model.inferAll(
                Part.ENCODER,
                inference ->
                    inference.encode(inference.conditions().labeled(rows, classes), codes)));
  }

  /**
   * Turns one sample into its code.
   *
   * @param sample values in [0, 1], {@code inputShape().size()} of them
   * @return {@code float[latentShape().size()]}
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if it has another length or a value is not in [0, 1]
   */
  public float[] encode(float[] sample) {
    float[] code = new float[latentShape().size()];
    encode(sample, code);
    return code;
  }

  /**
   * Turns one sample into its code, in an array of the caller's. In plain Java nothing is
   * allocated, unless a latent stage does so.
   *
   * @param sample values in [0, 1], {@code inputShape().size()} of them
   * @param code receives {@code latentShape().size()} values
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if one has another length or a value is not in [0, 1]
   */
  public void encode(float[] sample, float[] code) {
    model.encode(sample, code);
  }

  /**
   * Turns samples into the distributions that a variational code is drawn from; {@link #encode}
   * gives their means.
   *
   * @param samples values in [0, 1]
   * @return a mean and a variance for each number of each code
   * @throws IllegalStateException if the autoencoder was not trained, or was not built with {@code
   *     variational()}
   * @throws IllegalArgumentException if the shape is not that of its samples
   * @throws UnusableDataException if a value is not a number in [0, 1]
   */
  public CodeDistributions encodeDistribution(ImageSource samples) {
    return model.infer(Part.ENCODER, inference -> inference.distributions(samples));
  }

  /**
   * Gives the vectors that codes are made of, where a stage quantises them: what turns codes into
   * indices and back.
   *
   * @return the codebook as it is now
   * @throws IllegalStateException if the autoencoder was not trained, or nothing quantises codes
   */
  public Codebook codebook() {
    return model
        .infer(Part.ENCODER, Inference::codebook)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "codes are not quantised, so there is no codebook; build with"
                        + " vectorQuantize(...) or quantize(...)"));
  }

  /**
   * Lists the classes that it is conditioned on.
   *
   * @return their names in order; empty if it is not conditioned
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public List<String> classes() {
    return model.infer(Part.ENCODER, inference -> inference.conditions().classes());
  }

  /**
   * Gives the shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape inputShape() {
    return model.requireArchitecture().input();
  }

  /**
   * Gives the shape of one code.
   *
   * @return {@code 1 x k x 1} for a dense autoencoder with bottleneck {@code k}
   * @throws IllegalStateException if the input shape is not known yet, which the first data decide
   */
  public ImageShape latentShape() {
    return model.requireArchitecture().latent();
  }

  /**
   * Copies what it has learnt.
   *
   * @return by name, as it is now
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public Weights weights() {
    return new Weights(model.infer(Part.ENCODER, inference -> inference.weights(Part.ENCODER)));
  }

  /**
   * Says what computes.
   *
   * @return for people, such as {@code plain Java, at most 2 threads}
   */
  public String runsOn() {
    return model.runsOn();
  }

  /**
   * Frees the memory of one that was loaded. One that an autoencoder gave leaves the autoencoder as
   * it is. Closing twice is harmless.
   */
  @Override
  public void close() {
    if (isAlone) {
      model.close();
    }
  }
}
