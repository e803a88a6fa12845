package io.github.autoencoder4j.runtime;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.internal.files.AtomicFile;
import io.github.autoencoder4j.internal.files.Disk;
import io.github.autoencoder4j.internal.files.Uninterrupted;
import io.github.autoencoder4j.internal.model.Safetensors;
import io.github.autoencoder4j.model.WeightArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What an autoencoder has learnt, by name, as other frameworks take it. Immutable.
 *
 * <pre>{@code
 * Weights weights = autoencoder.weights();
 * float[] first = weights.get("encoder-1.weight").toArray(); // [out, in], row-major
 * weights.save(Path.of("digits.safetensors")); // safetensors.torch.load_file("digits.safetensors")
 * }</pre>
 *
 * @param arrays in the order of the network: encoder, latent stages, decoder
 */
public record Weights(List<WeightArray> arrays) {

  /**
   * Copies the list.
   *
   * @param arrays in the order of the network
   */
  public Weights {
    arrays = List.copyOf(arrays);
  }

  /**
   * Finds an array.
   *
   * @param name such as {@code "encoder-1.weight"}
   * @return the array
   * @throws IllegalArgumentException if there is none of that name; the message lists those there
   *     are
   */
  public WeightArray get(String name) {
    return arrays.stream()
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no array \"%s\", but there are %s"
                        .formatted(name, arrays.stream().map(WeightArray::name).toList())));
  }

  /**
   * Writes a file of the format safetensors with 32-bit floats, at once or not at all.
   *
   * @param file the file; one that was there is replaced
   * @throws UncheckedIOException if it cannot be written; a file that was there is unharmed
   */
  public void save(Path file) {
    try {
      AtomicFile.write(file, Disk.SYSTEM, out -> Safetensors.write(arrays, out));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the weights could not be saved as %s (%s); a file that was there before is unharmed"
              .formatted(file, e),
          e);
    }
  }

  /**
   * Reads a file of the format safetensors.
   *
   * @param file with arrays of floats of 16, 32 or 64 bits, less than 2 GB in all and 256 KiB of
   *     header
   * @return its arrays, as 32-bit floats
   * @throws UnreadableModelException if it is no such file, or a damaged one
   * @throws UncheckedIOException if it does not exist or cannot be read
   */
  public static Weights load(Path file) {
    try {
      return new Weights(Uninterrupted.read(() -> Safetensors.read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(
          e instanceof NoSuchFileException
              ? "there is no file %s (looked for at %s)".formatted(file, file.toAbsolutePath())
              : "the weights %s cannot be read: %s".formatted(file, e),
          e);
    }
  }
}
