package io.github.autoencoder4j.runtime;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.internal.inference.LoadedModel;
import io.github.autoencoder4j.internal.inference.Models;
import io.github.autoencoder4j.internal.inference.Rows;
import io.github.autoencoder4j.model.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A whole trained autoencoder, as a program has it that never trains: what it makes of samples, and
 * how badly that fits them.
 *
 * <pre>{@code
 * try (Reconstructor reconstructor = Reconstructor.load(Path.of("model.aemodel"))) {
 *   double score = reconstructor.score(sample); // the larger, the odder
 * }
 * }</pre>
 *
 * <p>Thread-safe. It runs on a native backend where {@code autoencoder-core} is on the class path
 * with one, else in plain Java; {@code -Dautoencoder4j.backend=plain} forces that.
 */
public final class Reconstructor implements AutoCloseable {

  private final LoadedModel model;
  private final Encoder encoder;
  private final Decoder decoder;

  private Reconstructor(LoadedModel model) {
    this.model = model;
    this.encoder = new Encoder(model, false);
    this.decoder = new Decoder(model, false);
  }

  /**
   * Loads a model file, with every check of it.
   *
   * @param file a model file that holds encoder and decoder or, with {@code autoencoder-core}, a
   *     folder of checkpoints
   * @return what computes the same as the one that was saved: bit for bit on the same backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if the file holds a half only
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static Reconstructor load(Path file) {
    return new Reconstructor(Models.load(file, Part.WHOLE));
  }

  /**
   * Loads a model from a stream, such as a resource.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return what computes the same as the one that was saved: bit for bit on the same backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if the stream holds a half only
   * @throws UncheckedIOException if the stream cannot be read
   */
  public static Reconstructor load(InputStream in) {
    return new Reconstructor(Models.load(in, Part.WHOLE));
  }

  /**
   * Loads a model that lies in memory.
   *
   * @param bytes one model and nothing else
   * @return what computes the same as the one that was saved: bit for bit on the same backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if it holds a half only
   */
  public static Reconstructor load(byte[] bytes) {
    return load(new ByteArrayInputStream(bytes));
  }

  /**
   * Gives the encoder alone.
   *
   * @return the same weights; closing it leaves them alone
   */
  public Encoder encoder() {
    return encoder;
  }

  /**
   * Gives the decoder alone.
   *
   * @return the same weights; closing it leaves them alone
   */
  public Decoder decoder() {
    return decoder;
  }

  /**
   * Encodes samples and decodes their codes, with noise between if a latent stage adds some at
   * inference: for each sample by its number in the call, the same in every call.
   *
   * @param samples values in the range of the output, [0, 1] for most
   * @return {@code float[n][values]}
   * @throws IllegalArgumentException if the shape is not that of its samples
   * @throws UnusableDataException if a value is out of range
   */
  public float[][] reconstruct(ImageSource samples) {
    return Rows.collect(rows -> reconstruct(samples, rows));
  }

  /**
   * Encodes samples and decodes their codes, of which few are in memory at a time.
   *
   * @param samples values in the range of the output, [0, 1] for most
   * @param reconstructions takes each sample's, in order, on the thread that calls this
   * @throws IllegalArgumentException if the shape is not that of its samples
   * @throws UnusableDataException if a value is out of range; samples before it may have been taken
   * @throws UncheckedIOException if {@code reconstructions} throws an {@link IOException}
   */
  public void reconstruct(ImageSource samples, RowConsumer reconstructions) {
    Objects.requireNonNull(reconstructions, "reconstructions");
    model.inferAll(Part.WHOLE, inference -> inference.reconstruct(samples, reconstructions));
  }

  /**
   * Encodes samples and decodes their codes.
   *
   * @param samples {@code float[n][values]} in the range of the output, [0, 1] for most
   * @return {@code float[n][values]}
   * @throws IllegalArgumentException if a row has another length or a value is out of range
   */
  public float[][] reconstruct(float[][] samples) {
    return reconstruct(rows(samples));
  }

  /**
   * Judges a sample by its reconstruction: the loss that training made small, as {@code
   * Autoencoder.evaluate} gives it for this sample alone.
   *
   * @param sample values in the range of the output, {@code inputShape().size()} of them
   * @return the mean per value, in nats for likelihoods; the larger, the odder the sample
   * @throws IllegalArgumentException if it has another length or a value is out of range
   */
  public double score(float[] sample) {
    return scores(rows(new float[][] {sample}))[0];
  }

  /**
   * Judges samples by their reconstructions, as {@link #score} does.
   *
   * @param samples values in the range of the output, [0, 1] for most
   * @return one score for each
   * @throws IllegalArgumentException if the shape is not that of its samples
   * @throws UnusableDataException if a value is out of range
   */
  public double[] scores(ImageSource samples) {
    return model.infer(Part.WHOLE, inference -> inference.scores(samples));
  }

  private ImageSource rows(float[][] samples) {
    return ImageSource.of(inputShape(), model.range(inputShape()), samples);
  }

  /**
   * Gives the shape of one sample.
   *
   * @return the shape
   */
  public ImageShape inputShape() {
    return model.requireArchitecture().input();
  }

  /**
   * Gives the shape of one code.
   *
   * @return {@code 1 x k x 1} for a dense autoencoder with bottleneck {@code k}
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
    return new Weights(model.infer(Part.WHOLE, inference -> inference.weights(Part.WHOLE)));
  }

  /**
   * Says what computes.
   *
   * @return for people, such as {@code plain Java, at most 2 threads}
   */
  public String runsOn() {
    return model.runsOn();
  }

  /** Frees its memory. Closing twice is harmless. */
  @Override
  public void close() {
    model.close();
  }
}
