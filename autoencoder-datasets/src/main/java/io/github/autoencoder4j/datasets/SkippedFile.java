package io.github.autoencoder4j.datasets;

import io.github.autoencoder4j.datasets.internal.items.Skipped;
import java.util.List;
import java.util.Objects;

/**
 * A file that gave no picture, and why. Data sets made from many files leave such files out and
 * list them.
 *
 * @param file the path below the folder or inside the archive, with {@code /} between names; of one
 *     that has more than 200 characters the beginning and the end
 * @param reason what was wrong with it, for people to read
 */
public record SkippedFile(String file, String reason) {

  /**
   * Checks that both are there.
   *
   * @param file the path below the folder or inside the archive
   * @param reason what was wrong with it
   */
  public SkippedFile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(reason, "reason");
  }

  static List<SkippedFile> listOf(List<Skipped> files) {
    return files.stream().map(file -> new SkippedFile(file.file(), file.reason())).toList();
  }

  /**
   * File and reason in one line.
   *
   * @return for example {@code "beagle/17.jpg: is truncated"}
   */
  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
