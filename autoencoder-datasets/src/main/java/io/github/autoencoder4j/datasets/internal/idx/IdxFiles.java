package io.github.autoencoder4j.datasets.internal.idx;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The four files of one IDX data set, found in a folder by their usual names.
 *
 * @param name what stands before {@code train-...} in the file names; empty for MNIST's own names
 * @param trainImages the images to train on
 * @param trainLabels their labels
 * @param testImages the images to test with
 * @param testLabels their labels
 */
public record IdxFiles(
    String name, Path trainImages, Path trainLabels, Path testImages, Path testLabels) {

  private static final Pattern USUAL_NAME =
      Pattern.compile(
          "(?:(?<name>.+)-)?(?<part>train|t10k|test)-(?<kind>images|labels)[-.]idx[13]-ubyte(\\.gz)?");

  private static final int LISTED = 20;

  /**
   * Finds the files.
   *
   * @param folder where they are
   * @param wanted the name of the data set; null if the folder holds only one
   * @return the files, of which each exists
   * @throws UnusableDataException if one is missing, or the folder holds several data sets
   * @throws UncheckedIOException if the folder cannot be listed
   */
  public static IdxFiles in(Path folder, @Nullable String wanted) {
    List<Path> there = list(folder);
    SortedMap<String, Map<String, Path>> sets = new TreeMap<>();
    for (Path file : there) {
      Matcher name = USUAL_NAME.matcher(fileName(file));
      if (name.matches() && Files.isRegularFile(file)) {
        String set = name.group("name") == null ? "" : name.group("name");
        String part = name.group("part").equals("train") ? "train" : "test";
        // The list is sorted, so a plain file comes before its gzipped twin and wins.
        sets.computeIfAbsent(set, key -> new TreeMap<>())
            .putIfAbsent(part + " " + name.group("kind"), file);
      }
    }
    if (wanted == null && sets.size() > 1) {
      throw new UnusableDataException(
          "%s holds several data sets: %s; choose one with Mnist.from(folder, name)"
              .formatted(folder, sets.keySet()));
    }
    String name = wanted != null ? wanted : sets.isEmpty() ? "" : sets.firstKey();
    Map<String, Path> files = sets.getOrDefault(name, Map.of());
    return new IdxFiles(
        name,
        file(files, "train", "images", name, folder, there),
        file(files, "train", "labels", name, folder, there),
        file(files, "test", "images", name, folder, there),
        file(files, "test", "labels", name, folder, there));
  }

  private static Path file(
      Map<String, Path> files,
      String part,
      String kind,
      String name,
      Path folder,
      List<Path> there) {
    Path file = files.get(part + " " + kind);
    if (file != null) {
      return file;
    }
    String prefix = name.isEmpty() ? "" : name + "-";
    String dimensions = kind.equals("images") ? "idx3" : "idx1";
    String looked =
        (part.equals("train") ? Stream.of("train") : Stream.of("t10k", "test"))
            .map(word -> prefix + word + "-" + kind + "-" + dimensions + "-ubyte[.gz]")
            .collect(Collectors.joining(" or "));
    String found =
        there.isEmpty()
            ? "the folder is empty"
            : "it holds %s%s"
                .formatted(
                    there.stream().limit(LISTED).map(IdxFiles::listed).toList(),
                    there.size() > LISTED ? " and " + (there.size() - LISTED) + " more" : "");
    throw new UnusableDataException(
        "%s has no %s %s file: looked for %s, but %s; put the four files of one data set there"
            .formatted(folder, part, kind, looked, found));
  }

  private static List<Path> list(Path folder) {
    if (!Files.exists(folder)) {
      throw new UnusableDataException(
          "%s does not exist; looked for a folder with four IDX files at %s"
              .formatted(folder, folder.toAbsolutePath()));
    }
    if (!Files.isDirectory(folder)) {
      throw new UnusableDataException(
          folder + " is a file, but must be a folder that holds the four IDX files");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list %s: %s".formatted(folder, e), e);
    }
  }

  /** Tells a folder from a file of the same name. */
  private static String listed(Path path) {
    return Files.isDirectory(path) ? fileName(path) + "/" : fileName(path);
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }
}
