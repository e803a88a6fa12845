package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.model.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
 * <p>Thread-safe, as {@link Autoencoder} is.
 */
public final class Encoder implements AutoCloseable {

  private final LiveModel live;
  private final boolean isAlone;

  Encoder(LiveModel live, boolean isAlone) {
    this.live = live;
    this.isAlone = isAlone;
  }

  /**
   * Loads the encoder of a model file, with all checks that {@link Autoencoder#load(Path)} makes.
   *
   * @param file a model file that holds an encoder, alone or with its decoder, or a folder of
   *     checkpoints
   * @return an encoder that computes the same as the one that was saved, bit for bit
   * @throws UnreadableModelException if {@link Autoencoder#load(Path)} does
   * @throws IllegalStateException if the file holds a decoder only
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static Encoder load(Path file) {
    return new Encoder(ModelFiles.half(ModelFiles.load(file), Part.ENCODER), true);
  }

  /**
   * Loads the encoder of a model from a stream, as {@link Autoencoder#load(InputStream)} does.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return an encoder that computes the same as the one that was saved, bit for bit
   * @throws UnreadableModelException if {@link Autoencoder#load(InputStream)} does
   * @throws IllegalStateException if the stream holds the other half only
   * @throws UncheckedIOException if the stream cannot be read, or no temporary file be written
   */
  public static Encoder load(InputStream in) {
    return new Encoder(ModelFiles.half(ModelFiles.load(in), Part.ENCODER), true);
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
    live.inferAll(Part.ENCODER, inference -> inference.encode(samples, codes));
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
    return encode(ImageSource.of(inputShape(), live.range(inputShape()), samples));
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
    return live.infer(Part.ENCODER, inference -> inference.distributions(samples));
  }

  /**
   * Gives the shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape inputShape() {
    return live.requireArchitecture().input();
  }

  /**
   * Gives the shape of one code.
   *
   * @return {@code 1 x k x 1} for a dense autoencoder with bottleneck {@code k}
   * @throws IllegalStateException if the input shape is not known yet, which the first data decide
   */
  public ImageShape latentShape() {
    return live.requireArchitecture().latent();
  }

  /**
   * Frees the native memory of one that was loaded, as {@link Autoencoder#close()} does. One that
   * an autoencoder gave leaves the autoencoder as it is. Closing twice is harmless.
   */
  @Override
  public void close() {
    if (isAlone) {
      live.close();
    }
  }
}
