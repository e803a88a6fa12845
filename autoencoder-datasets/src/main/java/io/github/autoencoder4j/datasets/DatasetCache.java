package io.github.autoencoder4j.datasets;

import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where downloaded data sets are kept: in the folder that the system property {@code
 * autoencoder4j.cache} names, else the environment variable {@code AUTOENCODER4J_CACHE}, else
 * {@code autoencoder4j} below {@code XDG_CACHE_HOME}, if that is an absolute path, or {@code
 * .cache} in the user's home. Whatever is in there may be deleted; it will be fetched again.
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
    return folder(System::getenv);
  }

  static Path folder(Function<String, @Nullable String> environment) {
    String xdg = environment.apply("XDG_CACHE_HOME");
    // Its specification has a path that is empty or relative ignored.
    Path base =
        xdg == null || !Path.of(xdg).isAbsolute()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return Stream.of(
            System.getProperty("autoencoder4j.cache"), environment.apply("AUTOENCODER4J_CACHE"))
        .filter(name -> name != null && !name.isBlank())
        .map(Path::of)
        .findFirst()
        .orElse(base.resolve("autoencoder4j"));
  }
}
