package io.github.autoencoder4j.internal.engine;

import java.io.File;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * The folder into which JavaCPP unpacks native libraries before the system can load them. Where
 * that fails, what the system reports is the same as if they were not on the class path.
 */
final class NativeCache {

  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";

  /** The builds of ND4J's backend, as the folders of their binaries end. */
  private static final String[] EXTENSIONS = {
    "", "-onednn", "-onednn-avx2", "-onednn-avx512", "-avx2", "-avx512"
  };

  private NativeCache() {}

  /**
   * Whether all native libraries that ND4J needs are on the class path, so that it is not they that
   * are missing.
   *
   * @param platform as JavaCPP names it, such as {@code linux-x86_64}
   */
  static boolean isFilledFrom(String platform) {
    return hasLibrary("org/bytedeco/javacpp/" + platform, "jnijavacpp")
        && hasLibrary("org/bytedeco/openblas/" + platform, "jniopenblas_nolapack")
        && Stream.of(EXTENSIONS)
            .anyMatch(
                extension ->
                    hasLibrary(
                        "org/nd4j/linalg/cpu/nativecpu/bindings/" + platform + extension,
                        "jnind4jcpu"));
  }

  private static boolean hasLibrary(String folder, String name) {
    return Loader.class.getClassLoader().getResource(folder + "/" + System.mapLibraryName(name))
        != null;
  }

  /**
   * What to say if the libraries are there but cannot be loaded.
   *
   * @param failure what was thrown
   */
  static String unusable(Throwable failure) {
    return ("the native backend of ND4J is on the class path, but its libraries could not be"
            + " unpacked and loaded (%s). JavaCPP unpacks them into the first of these folders"
            + " that it can write to:%s\nOne of them must be writable, have 500 MB free the"
            + " first time and allow code to run (no noexec mount). To choose another folder,"
            + " start Java with -D%s=<folder>")
        .formatted(
            reason(failure),
            folders().stream().map(NativeCache::described).collect(Collectors.joining()),
            PROPERTY);
  }

  /** The first cause is what the system said; the others are what others made of it. */
  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString();
  }

  /** As JavaCPP looks for them. */
  private static Set<String> folders() {
    Set<String> folders = new LinkedHashSet<>();
    Stream.of(
            System.getProperty(PROPERTY),
            System.getProperty("org.bytedeco.javacpp.cacheDir"),
            System.getProperty("user.home") + "/.javacpp/cache",
            System.getProperty("java.io.tmpdir")
                + "/.javacpp-"
                + System.getProperty("user.name")
                + "/cache")
        .filter(Objects::nonNull)
        .forEach(folders::add);
    return folders;
  }

  private static String described(String folder) {
    File file = new File(folder);
    String state =
        !file.exists()
            ? "does not exist and cannot be created"
            : !file.canWrite()
                ? "cannot be written to"
                : String.format(Locale.ROOT, "%d MB free", file.getUsableSpace() >> 20);
    return "\n  " + folder + " (" + state + ")";
  }
}
