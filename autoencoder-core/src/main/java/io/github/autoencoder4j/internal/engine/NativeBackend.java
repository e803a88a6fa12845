package io.github.autoencoder4j.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
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

  private static volatile boolean ready;

  private NativeBackend() {}

  /**
   * Makes sure that a native backend can be used.
   *
   * @throws IllegalStateException if there is none on the class path that the processor can run,
   *     with the lines to add
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
      Nd4jBackend.load();
      if (!NativeOpsHolder.getInstance().getDeviceNativeOps().isMinimalRequirementsMet()) {
        throw new UnfitException();
      }
      // The Java half may be there without the binary: only using it tells.
      Nd4j.getExecutioner();
    } catch (UnfitException e) {
      throw new IllegalStateException(
          "the native backend of ND4J on the class path was built for newer processors than this"
              + " one; take the artifact org.nd4j:nd4j-native:1.0.0-M2.1 with the plain classifier"
              + " of this platform, such as linux-x86_64, in place of one such as"
              + " linux-x86_64-onednn-avx512",
          e);
    } catch (Nd4jBackend.NoAvailableBackendException | RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "no native backend of ND4J can be used; add org.nd4j:nd4j-native:1.0.0-M2.1 to the class"
              + " path, and the same artifact with the classifier of this platform, such as"
              + " linux-x86_64-onednn-avx2",
          e);
    }
    ready = true;
  }

  /** The binary wants more of the processor than it has; ND4J would end the JVM. */
  private static final class UnfitException extends Exception {

    private static final long serialVersionUID = 1L;
  }

  /**
   * Lets native code that the action calls use one core, on this thread alone and until it ends.
   */
  static void onOneCore(Runnable action) {
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int threads = operations.ompGetMaxThreads();
    operations.setOmpNumThreads(1);
    try {
      action.run();
    } finally {
      operations.setOmpNumThreads(threads);
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
