package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.model.Part;

/** The halves of a network: what is said where one is missing. */
public final class Parts {

  private Parts() {}

  /**
   * Refuses what a half cannot do.
   *
   * @param there what was loaded
   * @param needed what is asked for
   * @throws IllegalStateException if that is not there
   */
  public static void require(Part there, Part needed) {
    if (there != Part.WHOLE && needed != there) {
      throw new IllegalStateException(
          "this needs %s, but the file that this autoencoder was loaded from holds %s only; save it with %s"
              .formatted(
                  describe(needed),
                  describe(there),
                  needed == Part.WHOLE
                      ? "Saving.whole()"
                      : "Saving.whole() or Saving.%s()"
                          .formatted(needed == Part.ENCODER ? "encoder" : "decoder")));
    }
  }

  private static String describe(Part part) {
    return switch (part) {
      case WHOLE -> "encoder and decoder";
      case ENCODER -> "the encoder";
      case DECODER -> "the decoder";
    };
  }
}
