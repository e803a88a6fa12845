package io.github.autoencoder4j.datasets.internal.items;

/**
 * A candidate that was left out.
 *
 * @param file the path below the folder or inside the archive, shortened if it is very long
 * @param reason what was wrong with it, for people to read
 */
public record Skipped(String file, String reason) {

  @Override
  public String toString() {
    return file + ": " + reason;
  }
}
