package io.github.autoencoder4j.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is said where the JVM denies what JavaCPP needs: native code (JEP 472) or the memory of
 * {@code sun.misc.Unsafe} (JEP 498), the latter by default from JDK 26 on.
 */
final class DeniedAccess {

  /** Causes may go round in circles. */
  private static final int MOST_CAUSES = 100;

  private static final String UNSAFE = "sun.misc.Unsafe";

  private DeniedAccess() {}

  /**
   * Explains a failure.
   *
   * @param failure what came of the first use of JavaCPP
   * @return what to do; empty if nothing was denied
   */
  static Optional<String> explanation(Throwable failure) {
    List<String> denied = new ArrayList<>();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++, cause = cause.getCause()) {
      if (cause instanceof IllegalCallerException) {
        denied.add("native code");
      } else if (cause instanceof UnsupportedOperationException && comesFromUnsafe(cause)) {
        denied.add(UNSAFE);
      }
    }
    return denied.isEmpty() ? Optional.empty() : Optional.of(explanation(denied.get(0)));
  }

  private static boolean comesFromUnsafe(@Nullable Throwable cause) {
    return cause != null
        && cause.getStackTrace().length > 0
        && cause.getStackTrace()[0].getClassName().equals(UNSAFE);
  }

  private static String explanation(String denied) {
    return "this JVM denies "
        + denied
        + ", which ND4J needs; to train, start Java with --enable-native-access=ALL-UNNAMED"
        + " --sun-misc-unsafe-memory-access=allow. A model that was saved needs neither:"
        + " Encoder.load(...), Decoder.load(...) and Reconstructor.load(...) of"
        + " io.github.autoencoder4j.runtime run it in plain Java";
  }
}
