package io.github.autoencoder4j.keras;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.runtime.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The door to Keras: reads the weights of a saved model, for {@code Autoencoder.importWeights}.
 *
 * <pre>{@code
 * autoencoder.importWeights(
 *     Keras.weights(Path.of("digits.keras"))
 *         .withNames(
 *             Map.of(
 *                 "dense", "encoder-1", "dense_1", "bottleneck",
 *                 "dense_2", "decoder-1", "dense_3", "logits")));
 * }</pre>
 */
public final class Keras {

  private Keras() {}

  /**
   * Reads the weights of a {@code .keras} file of Keras 3, or of a whole model in an {@code .h5}
   * file of Keras 2 or 3. Arrays are named after their layers as {@code "dense.weight"} and {@code
   * "dense.bias"}, within a nested model {@code "encoder.dense.weight"}, and laid out as {@link
   * WeightArray} says; a layer without a bias gets one of zeros.
   *
   * <p>Layers are {@code Dense}, {@code Conv2D} and {@code Conv2DTranspose} with square kernels and
   * equal strides, or both of one row, {@code Conv1D} and {@code Conv1DTranspose}, with a padding
   * that is the same on all sides: {@code "same"} where kernel and stride are both odd or both
   * even, {@code "valid"} where they are equal. Between them may stand what has no weights and no
   * part in a trained network, such as {@code Dropout}, and activations, which the autoencoder is
   * told by its builder.
   *
   * @param file the model, less than 2 GB
   * @return its arrays, in the order of its layers
   * @throws IllegalArgumentException if a layer has no counterpart here, whose results would
   *     differ; the message lists all of them
   * @throws UnreadableModelException if it is no such file, damaged, or has weights without the
   *     configuration that says what they are
   * @throws UncheckedIOException if it does not exist or cannot be read
   */
  public static Weights weights(Path file) {
    try (KerasFile model = KerasFile.open(file)) {
      List<WeightArray> arrays = new ArrayList<>();
      for (KerasLayer layer : new LayerList().read(model.config())) {
        arrays.addAll(layer.arrays(model));
      }
      return new Weights(arrays);
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof NoSuchFileException
              ? "there is no file %s (looked for at %s)".formatted(file, file.toAbsolutePath())
              : "the Keras model %s cannot be read: %s".formatted(file, e),
          e);
    }
  }
}
