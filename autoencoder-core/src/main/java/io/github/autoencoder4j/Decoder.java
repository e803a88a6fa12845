package io.github.autoencoder4j;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.Part;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The half of an autoencoder that turns codes into samples, such as a receiver has.
 *
 * <pre>{@code
 * autoencoder.save(file, Saving.decoder());
 * Decoder decoder = Decoder.load(file); // elsewhere
 * float[][] samples = decoder.decode(codes);
 * }</pre>
 *
 * <p>Thread-safe, as {@link Autoencoder} is.
 */
public final class Decoder implements AutoCloseable {

  private final LiveModel live;
  private final boolean isAlone;

  Decoder(LiveModel live, boolean isAlone) {
    this.live = live;
    this.isAlone = isAlone;
  }

  /**
   * Loads the decoder of a model file, with all checks that {@link Autoencoder#load(Path)} makes.
   *
   * @param file a model file that holds a decoder, alone or with its encoder, or a folder of
   *     checkpoints
   * @return a decoder that computes the same as the one that was saved, bit for bit
   * @throws UnreadableModelException if {@link Autoencoder#load(Path)} does
   * @throws IllegalStateException if the file holds an encoder only
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static Decoder load(Path file) {
    return new Decoder(ModelFiles.half(ModelFiles.load(file), Part.DECODER), true);
  }

  /**
   * Loads the decoder of a model from a stream, as {@link Autoencoder#load(InputStream)} does.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return a decoder that computes the same as the one that was saved, bit for bit
   * @throws UnreadableModelException if {@link Autoencoder#load(InputStream)} does
   * @throws IllegalStateException if the stream holds the other half only
   * @throws UncheckedIOException if the stream cannot be read, or no temporary file be written
   */
  public static Decoder load(InputStream in) {
    return new Decoder(ModelFiles.half(ModelFiles.load(in), Part.DECODER), true);
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
    return live.infer(Part.DECODER, inference -> inference.decode(codes));
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
   * Gives the shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape outputShape() {
    return live.requireArchitecture().input();
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
