package io.github.autoencoder4j.datasets;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where downloaded data sets are kept: in the folder that the system property {@code
 * autoencoder4j.cache} names, else the environment variable {@code AUTOENCODER4J_CACHE}, else
 * {@code autoencoder4j} below {@code XDG_CACHE_HOME} or {@code .cache} in the user's home. Whatever
 * is in there may be deleted; it will be fetched again.
 *
 * <pre>{@code
 * Path where = DatasetCache.folder(); // -Dautoencoder4j.cache=DIR puts it elsewhere
 * }</pre>
 */
public final class DatasetCache {

  private DatasetCache() {}

  /**
   * The folder.
   *
   * @return a path that need not exist yet
   */
  public static Path folder() {
    Path base =
        System.getenv("XDG_CACHE_HOME") == null
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(System.getenv("XDG_CACHE_HOME"));
    return Stream.of(
            System.getProperty("autoencoder4j.cache"), System.getenv("AUTOENCODER4J_CACHE"))
        .filter(name -> name != null && !name.isBlank())
        .map(Path::of)
        .findFirst()
        .orElse(base.resolve("autoencoder4j"));
  }
}
