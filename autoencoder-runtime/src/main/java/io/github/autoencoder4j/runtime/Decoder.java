package io.github.autoencoder4j.runtime;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.inference.LoadedModel;
import io.github.autoencoder4j.internal.inference.Models;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.network.Spec;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The half of an autoencoder that turns codes into samples, such as a receiver has.
 *
 * <pre>{@code
 * autoencoder.save(file, Saving.decoder());
 * Decoder decoder = Decoder.load(file); // elsewhere
 * float[][] samples = decoder.decode(codes);
 * }</pre>
 *
 * <p>Thread-safe. It runs on a native backend where {@code autoencoder-core} is on the class path
 * with one, else in plain Java; {@code -Dautoencoder4j.backend=plain} forces that.
 */
public final class Decoder implements AutoCloseable {

  private final LoadedModel model;
  private final boolean isAlone;

  /**
   * Makes the door to a model; for those who load and train, such as {@code Autoencoder}.
   *
   * @param model whose half it is
   * @param isAlone whether closing this closes the model
   */
  public Decoder(LoadedModel model, boolean isAlone) {
    this.model = model;
    this.isAlone = isAlone;
  }

  /**
   * Loads the decoder of a model file, with every check of the file.
   *
   * @param file a model file that holds a decoder, alone or with its encoder, or, with {@code
   *     autoencoder-core}, a folder of checkpoints
   * @return a decoder that computes the same as the one that was saved: bit for bit on the same
   *     backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if the file holds an encoder only
   * @throws UncheckedIOException if the file does not exist or cannot be read
   */
  public static Decoder load(Path file) {
    return new Decoder(Models.load(file, Part.DECODER), true);
  }

  /**
   * Loads the decoder of a model from a stream.
   *
   * @param in one model and nothing after it; read to its end, not closed
   * @return a decoder that computes the same as the one that was saved: bit for bit on the same
   *     backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if the stream holds the other half only
   * @throws UncheckedIOException if the stream cannot be read
   */
  public static Decoder load(InputStream in) {
    return new Decoder(Models.load(in, Part.DECODER), true);
  }

  /**
   * Loads the decoder of a model that lies in memory.
   *
   * @param bytes one model and nothing else
   * @return a decoder that computes the same as the one that was saved: bit for bit on the same
   *     backend
   * @throws UnreadableModelException if it holds no model, a damaged one, or one that a newer
   *     version made
   * @throws IllegalStateException if it holds the other half only
   */
  public static Decoder load(byte[] bytes) {
    return load(new ByteArrayInputStream(bytes));
  }

  /**
   * Makes a decoder of weights that came by another way than a model file. It runs in plain Java.
   *
   * <pre>{@code
   * Decoder decoder = Decoder.of(spec, Weights.load(Path.of("decoder.safetensors")));
   * }</pre>
   *
   * @param spec what makes the autoencoder
   * @param weights those of its decoder, by name and shape as {@link #weights()} gives them
   * @return a decoder
   * @throws IllegalArgumentException if the weights do not fit, or one is not finite; the message
   *     lists all that is wrong
   */
  public static Decoder of(Spec spec, Weights weights) {
    return new Decoder(Models.of(spec, Part.DECODER, weights.arrays()), true);
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
    return model.infer(Part.DECODER, inference -> inference.decode(codes));
  }

  /**
   * Turns codes into samples of a class, where the autoencoder is conditioned on classes.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @param name the class of all of them
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not finite, there is
   *     no class of that name, or the autoencoder is not conditioned
   */
  public float[][] decode(float[][] codes, String name) {
    Objects.requireNonNull(name, "name");
    return decode(codes, Collections.nCopies(codes.length, name));
  }

  /**
   * Turns codes into samples of classes, where the autoencoder is conditioned on classes.
   *
   * @param codes {@code float[n][latentShape.size()]}, any finite values
   * @param classes the name of the class of each
   * @return {@code float[n][values]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if a row has another length, a value is not finite, there are
   *     not as many names as codes, one is of no class, or the autoencoder is not conditioned
   */
  public float[][] decode(float[][] codes, List<String> classes) {
    return model.infer(Part.DECODER, inference -> inference.decode(codes, classes));
  }

  /**
   * Turns one code into a sample.
   *
   * @param code {@code latentShape().size()} finite values
   * @return {@code float[outputShape().size()]} with values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if it has another length or a value is not finite
   */
  public float[] decode(float[] code) {
    float[] sample = new float[outputShape().size()];
    decode(code, sample);
    return sample;
  }

  /**
   * Turns one code into a sample, in an array of the caller's. In plain Java nothing is allocated,
   * unless the output does so.
   *
   * @param code {@code latentShape().size()} finite values
   * @param sample receives {@code outputShape().size()} values in [0, 1]
   * @throws IllegalStateException if the autoencoder was not trained
   * @throws IllegalArgumentException if one has another length or a value is not finite
   */
  public void decode(float[] code, float[] sample) {
    model.decode(code, sample);
  }

  /**
   * Lists the classes that it is conditioned on.
   *
   * @return their names in order; empty if it is not conditioned
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public List<String> classes() {
    return model.infer(Part.DECODER, inference -> inference.conditions().classes());
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
   * Gives the shape of one sample.
   *
   * @return the shape
   * @throws IllegalStateException if it is not known yet, which the first data decide
   */
  public ImageShape outputShape() {
    return model.requireArchitecture().input();
  }

  /**
   * Copies what it has learnt.
   *
   * @return by name, as it is now
   * @throws IllegalStateException if the autoencoder was not trained
   */
  public Weights weights() {
    return new Weights(model.infer(Part.DECODER, inference -> inference.weights(Part.DECODER)));
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
