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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a network has learnt, by name, as other frameworks take and give it. Immutable.
 *
 * <pre>{@code
 * Weights weights = autoencoder.weights();
 * float[] first = weights.get("encoder-1.weight").toArray(); // [out, in], row-major
 * weights.save(Path.of("digits.safetensors")); // safetensors.torch.load_file("digits.safetensors")
 * autoencoder.importWeights(Weights.load(Path.of("theirs.safetensors"))); // with its names
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
   * Adds arrays, such as those of a decoder that lies in a file of its own.
   *
   * @param others what is added, after these
   * @return all of them
   */
  public Weights with(Weights others) {
    return new Weights(Stream.concat(arrays.stream(), others.arrays.stream()).toList());
  }

  /**
   * Gives arrays other names, where another framework calls them otherwise.
   *
   * <pre>{@code
   * weights.withNames(Map.of("encoder.0", "encoder-1")); // encoder.0.weight is encoder-1.weight
   * }</pre>
   *
   * @param names for names of arrays, or what stands before a dot in them, what is to stand there;
   *     if several fit an array, the longest counts. Whatever is not there stays
   * @return the same arrays in the same order
   * @throws IllegalArgumentException if a name to be changed is that of no array, or two arrays
   *     would have the same; the message lists the arrays that are there
   */
  public Weights withNames(Map<String, String> names) {
    Set<String> unused = new TreeSet<>(names.keySet());
    List<WeightArray> named = new ArrayList<>();
    Map<String, String> origins = new HashMap<>();
    for (WeightArray array : arrays) {
      String name = array.name();
      int end = name.length();
      while (end > 0 && !names.containsKey(name.substring(0, end))) {
        end = name.lastIndexOf('.', end - 1);
      }
      if (end > 0) {
        unused.remove(name.substring(0, end));
        name = Objects.requireNonNull(names.get(name.substring(0, end))) + name.substring(end);
      }
      String other = origins.put(name, array.name());
      if (other != null) {
        throw new IllegalArgumentException(
            "\"%s\" and \"%s\" would both be named \"%s\"".formatted(other, array.name(), name));
      }
      named.add(array.withName(name));
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "no array is called %s, or so up to a dot; there are %s"
              .formatted(unused, arrays.stream().map(WeightArray::name).toList()));
    }
    return new Weights(named);
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
