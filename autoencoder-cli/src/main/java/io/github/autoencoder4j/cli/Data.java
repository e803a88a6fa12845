package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.datasets.Table;
import io.github.autoencoder4j.datasets.Tables;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The samples that a path holds.
 *
 * @param samples pictures, or the rows of a table
 * @param schema what the columns of a table are; empty for pictures
 * @param leftOut what could not be used, one line each
 */
record Data(ImageSource samples, Optional<TableSchema> schema, List<String> leftOut) {

  /** The same, of samples that were told something. */
  Data with(ImageSource others) {
    return new Data(others, schema, leftOut);
  }

  /**
   * The classes that there are: the labels of IDX files, the folders that pictures lie in.
   *
   * @throws UnusableDataException if there are less than two
   */
  List<String> classes() {
    List<String> names =
        samples instanceof LabeledImageSource labeled ? labeled.classNames() : List.of();
    if (names.size() < 2) {
      throw new UnusableDataException(
          "--by-class needs two classes or more, but these data have %s; put the pictures of each class into a folder of its own, or leave --by-class out"
              .formatted(names.isEmpty() ? "none" : "only \"" + names.get(0) + "\""));
    }
    return names;
  }

  private enum Kind {
    TABLE,
    IDX,
    PICTURES
  }

  /**
   * Reads data to train on: of IDX files those for training.
   *
   * @param path where they are
   * @param size what pictures are scaled to; null for 64x64 in colour
   */
  static Data toTrainOn(Path path, @Nullable ImageShape size) {
    return switch (kind(path)) {
      case TABLE -> table(Tables.from(path).read());
      case IDX -> idx(Mnist.from(path).train(), size);
      case PICTURES -> pictures(path, size == null ? new ImageShape(64, 64, 3) : size);
    };
  }

  /**
   * Reads data for a model: of IDX files those for tests, pictures as large as it takes them, and
   * the columns of a table as its schema has them.
   */
  static Data of(Path path, Autoencoder model) {
    ImageShape shape = model.inputShape();
    return switch (kind(path)) {
      case TABLE ->
          table(
              model
                  .columns()
                  .map(schema -> Tables.from(path).read(schema))
                  .orElseThrow(
                      () ->
                          new UnusableDataException(
                              "%s is a table, but this model takes pictures of %s; give a folder of pictures"
                                  .formatted(path, shape))));
      case IDX -> idx(requirePictures(path, model, Mnist.from(path).test()), shape);
      case PICTURES -> pictures(requirePictures(path, model, path), shape);
    };
  }

  private static <T> T requirePictures(Path path, Autoencoder model, T data) {
    if (model.columns().isPresent()) {
      throw new UnusableDataException(
          "%s holds pictures, but this model takes rows of a table; give a CSV file with its columns"
              .formatted(path));
    }
    return data;
  }

  private static Kind kind(Path path) {
    if (!Files.exists(path)) {
      throw new UnusableDataException("there is no file or folder " + path);
    }
    String name = path.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (Files.isRegularFile(path) && name.matches(".*\\.(csv|tsv|txt)")) {
      return Kind.TABLE;
    }
    return Files.isDirectory(path) && holdsIdx(path) ? Kind.IDX : Kind.PICTURES;
  }

  private static boolean holdsIdx(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().contains("-images"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder %s: %s".formatted(folder, e), e);
    }
  }

  private static Data table(Table table) {
    return new Data(
        table,
        Optional.of(table.schema()),
        table.leftOut().stream().map(Object::toString).toList());
  }

  private static Data idx(LabeledImageSource samples, @Nullable ImageShape size) {
    if (size != null && !size.accepts(samples.shape())) {
      throw new UnusableDataException(
          "these IDX files hold pictures of %s, not of %s; they are not scaled"
              .formatted(samples.shape(), size));
    }
    return new Data(samples, Optional.empty(), List.of());
  }

  private static Data pictures(Path path, ImageShape size) {
    if (size.channels() != 1 && size.channels() != 3) {
      throw new UnusableDataException(
          "pictures have 1 channel or 3, but %s was asked for".formatted(size));
    }
    ImageFiles files = ImageFiles.from(path).resize(size.height(), size.width());
    LoadedImages loaded = (size.channels() == 1 ? files.grey() : files).load();
    return new Data(
        loaded, Optional.empty(), loaded.skipped().stream().map(Object::toString).toList());
  }

  /** Tells what was left out, the first few by name: nothing is dropped in silence. */
  void report(Answer answer) {
    answer.put("samples", samples.size());
    if (!leftOut.isEmpty()) {
      answer.put("left out", leftOut.size());
      leftOut.stream().limit(5).forEach(line -> answer.note("left out: " + line));
      if (leftOut.size() > 5) {
        answer.note("left out: " + (leftOut.size() - 5) + " more");
      }
    }
  }
}
