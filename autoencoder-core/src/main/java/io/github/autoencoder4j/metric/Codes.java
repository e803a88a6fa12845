package io.github.autoencoder4j.metric;

import java.util.Objects;

/** The checks that every figure over codes or features makes. */
final class Codes {

  private Codes() {}

  /** Checks that there are codes, all of one length and finite, and returns the length. */
  static int require(float[][] codes) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("there are no codes: at least one is needed");
    }
    int length = requireCode(codes, 0).length;
    require(codes, length);
    return length;
  }

  private static float[] requireCode(float[][] codes, int index) {
    return Objects.requireNonNull(codes[index], () -> "code " + index + " is null");
  }

  /** Checks that all codes have the given length and are finite. */
  static void require(float[][] codes, int length) {
    for (int i = 0; i < codes.length; i++) {
      if (requireCode(codes, i).length != length) {
        throw new IllegalArgumentException(
            "codes must have %s values each, but code %s has %s"
                .formatted(length, i, codes[i].length));
      }
      for (float value : codes[i]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "code %s holds %s; codes must be finite: did the training diverge?"
                  .formatted(i, value));
        }
      }
    }
  }
}
