package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.internal.onednn.JavaCpp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The door before ND4J's native code. ND4J loads the first build on the class path without asking
 * the processor, and ends the JVM if it does not fit; here the processor is asked first, and then
 * the build.
 */
final class NativeBackend {

  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  /** Those with an artifact {@code autoencoder-native-...} of their own. */
  static final List<String> PLATFORMS =
      List.of("linux-x86_64", "linux-arm64", "windows-x86_64", "macosx-x86_64", "macosx-arm64");

  private static volatile boolean ready;

  /** Why it cannot be used, once an attempt has failed. */
  private static volatile @Nullable String reason;

  private NativeBackend() {}

  /**
   * Makes sure that a native backend can be used.
   *
   * @throws IllegalStateException if there is none on the class path that the processor can run,
   *     with the lines to add, or its libraries cannot be unpacked, with where that was tried
   */
  static void require() {
    if (!ready) {
      load();
    }
  }

  // Not a static initialiser: what that throws reaches callers as an error of another name.
  private static synchronized void load() {
    if (System.getProperty(EXTENSION) == null && lacksAvx2()) {
      // Empty, it matches none of the extensions that JavaCPP would try before the plain build.
      System.setProperty(EXTENSION, "");
    }
    try {
      int threads = JavaCpp.load(NativeBackend::open);
      // As if it had been loaded by this thread, whose number it is.
      operations().setOmpNumThreads(threads);
    } catch (UnfitException e) {
      throw new IllegalStateException(
          "the native backend of ND4J on the class path was built for newer processors than this"
              + " one; add its plain build to the dependencies, and take out others, such as those"
              + " that end in avx512:"
              + lines("plain-build.txt", Loader.getPlatform()),
          e);
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(reason(e), e);
    }
    ready = true;
  }

  /** How many threads ND4J lets native code use. */
  private static int open() {
    try {
      Nd4jBackend.load();
    } catch (Nd4jBackend.NoAvailableBackendException e) {
      throw new IllegalStateException(e);
    }
    if (!operations().isMinimalRequirementsMet()) {
      throw new UnfitException();
    }
    // The Java half may be there without the binary: only using it tells.
    Nd4j.getExecutioner();
    // And the JVM may deny what reaches into native memory, which loading does not.
    Nd4j.createUninitialized(1).close();
    return operations().ompGetMaxThreads();
  }

  private static NativeOps operations() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  /** The same at every attempt: only the first is told by the JVM what went wrong. */
  private static String reason(Throwable failure) {
    String text = reason;
    if (text == null) {
      text = DeniedAccess.explanation(failure).orElseGet(() -> unusable(failure));
      reason = text;
    }
    return text;
  }

  private static String unusable(Throwable failure) {
    String platform = Loader.getPlatform();
    return NativeCache.isFilledFrom(platform)
        ? NativeCache.unusable(failure)
        : missing(platform, lacksAvx2());
  }

  /**
   * What to say if no backend can be used.
   *
   * @param platform as JavaCPP names it, such as {@code linux-x86_64}
   * @param lacksAvx2 whether the processor is too old for the builds that everybody else takes
   */
  static String missing(String platform, boolean lacksAvx2) {
    String found = "no native backend of ND4J can be used on " + platform;
    if (!PLATFORMS.contains(platform)) {
      return found
          + ", for which there are no lines to add: there are for "
          + String.join(", ", PLATFORMS)
          + "; if ND4J has a build for this platform, add org.nd4j:nd4j-native and"
          + " org.bytedeco:openblas with its classifier";
    }
    String text =
        found + "; add to the dependencies, if it is not there:" + lines("backend.txt", platform);
    return lacksAvx2
        ? text + "\nand, as this processor has no AVX2:" + lines("plain-build.txt", platform)
        : text;
  }

  /** The lines of a resource for a platform, each after a line break. */
  private static String lines(String resource, String platform) {
    try (InputStream in = NativeBackend.class.getResourceAsStream(resource)) {
      byte[] text = Objects.requireNonNull(in, resource).readAllBytes();
      return new String(text, StandardCharsets.UTF_8)
          .replace("PLATFORM", platform)
          .lines()
          .map("\n"::concat)
          .collect(Collectors.joining());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The binary wants more of the processor than it has; ND4J would end the JVM. */
  private static final class UnfitException extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  /**
   * Lets native code that the action calls use so many threads, for this thread alone and until the
   * action ends.
   */
  static void onThreads(int threads, Runnable action) {
    NativeOps operations = operations();
    int before = operations.ompGetMaxThreads();
    operations.setOmpNumThreads(threads);
    try {
      action.run();
    } finally {
      operations.setOmpNumThreads(before);
    }
  }

  /** Whether this is an x86-64 Linux machine whose processor says it has no AVX2. */
  private static boolean lacksAvx2() {
    Path cpuInfo = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpuInfo)) {
      return false;
    }
    try {
      return lacksAvx2(System.getProperty("os.arch", ""), Files.readString(cpuInfo));
    } catch (IOException e) {
      // Not knowing is no reason to take the slow build.
      return false;
    }
  }

  /**
   * Whether a processor says that it has no AVX2.
   *
   * @param arch the system property {@code os.arch}
   * @param cpuInfo what Linux tells in {@code /proc/cpuinfo}
   */
  static boolean lacksAvx2(String arch, String cpuInfo) {
    String name = arch.toLowerCase(Locale.ROOT);
    if (!(name.equals("amd64") || name.equals("x86_64"))) {
      return false;
    }
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .map(line -> !Arrays.asList(line.split("\\s+")).contains("avx2"))
        .orElse(false);
  }
}
