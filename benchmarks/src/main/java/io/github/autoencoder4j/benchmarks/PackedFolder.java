package io.github.autoencoder4j.benchmarks;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.PackedImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packed images in a temporary folder, which goes with them.
 *
 * @param folder theirs alone
 * @param images open
 */
record PackedFolder(Path folder, PackedImages images) implements AutoCloseable {

  static PackedFolder of(LabeledImageSource source) throws IOException {
    Path folder = Files.createTempDirectory("bench-packed");
    return new PackedFolder(folder, PackedImages.pack(source, folder.resolve("images")));
  }

  @Override
  public void close() {
    images.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the packed images in %s could not be deleted".formatted(folder), e);
    }
  }
}
