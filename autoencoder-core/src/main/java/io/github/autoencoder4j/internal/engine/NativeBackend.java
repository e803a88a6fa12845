package io.github.autoencoder4j.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * The door before ND4J's native code. ND4J loads the first build on the class path without asking
 * the processor, and ends the JVM if it does not fit; here the processor is asked first.
 */
final class NativeBackend {

  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private NativeBackend() {}

  /**
   * Makes sure that a native backend can be used.
   *
   * @throws IllegalStateException if there is none on the class path, with the lines to add
   */
  static void require() {
    Holder.check();
  }

  /** Initialised once, on first use. */
  private static final class Holder {

    static {
      if (System.getProperty(EXTENSION) == null && lacksAvx2()) {
        // JavaCPP tries the extensions in this list only; none is left but the plain build.
        System.setProperty(EXTENSION, "");
      }
      try {
        Nd4jBackend.load();
      } catch (Nd4jBackend.NoAvailableBackendException e) {
        throw new IllegalStateException(
            "no native backend of ND4J is on the class path; add org.nd4j:nd4j-native:1.0.0-M2.1"
                + " and the same artifact with the classifier of this platform, such as"
                + " linux-x86_64-onednn-avx2",
            e);
      }
    }

    static void check() {}
  }

  /** Whether this is an x86-64 Linux machine whose processor says it has no AVX2. */
  private static boolean lacksAvx2() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    Path cpuInfo = Path.of("/proc/cpuinfo");
    if (!(arch.equals("amd64") || arch.equals("x86_64")) || !Files.isReadable(cpuInfo)) {
      return false;
    }
    try {
      String flags = Files.readString(cpuInfo);
      return flags.contains("flags") && !flags.contains(" avx2 ");
    } catch (IOException e) {
      // Not knowing is no reason to take the slow build.
      return false;
    }
  }
}
