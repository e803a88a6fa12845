package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.architecture.Node;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.network.Network;
import java.util.List;
import java.util.stream.Stream;

/** The halves of a network: what belongs to them, and what is said where one is missing. */
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

  /** Lists the numbers of a part, in the order of the network. */
  static List<Network.Entry> entries(Network network, Part part) {
    return Stream.of(
            part == Part.DECODER ? List.<Node>of() : network.encoder(),
            part == Part.DECODER ? List.<Node>of() : network.stages(),
            part == Part.ENCODER ? List.<Node>of() : network.decoder(),
            part == Part.ENCODER ? List.<Node>of() : List.of(network.output()))
        .flatMap(nodes -> network.parameters(nodes).stream())
        .toList();
  }

  private static String describe(Part part) {
    return switch (part) {
      case WHOLE -> "encoder and decoder";
      case ENCODER -> "the encoder";
      case DECODER -> "the decoder";
    };
  }
}
