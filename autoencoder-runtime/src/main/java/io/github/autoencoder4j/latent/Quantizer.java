package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;
import java.util.List;

/**
 * A stage after which every vector of a code is one of a finite list, and so is its index: what is
 * stored or sent of a sample are whole numbers.
 *
 * <p>A dense code falls into runs of numbers, a code of planes into a vector at each place, over
 * its channels. Gradients pass as if nothing were rounded ("straight through"). A code stays an
 * array of numbers for the decoder, so a decoder needs no codebook; {@link Codebook} turns codes
 * into indices and back.
 */
public sealed interface Quantizer extends LatentStage
    permits VectorQuantization, FiniteScalarQuantization {

  /**
   * Gives the list of vectors.
   *
   * @param code the shape of a code
   * @param arrays what the stage learnt, in the order of {@link #learned}, each row-major
   * @return the codebook as it is now
   * @throws IllegalArgumentException if a code does not fall into such vectors
   */
  Codebook codebook(ImageShape code, List<float[]> arrays);

  @Override
  default boolean limitsCopying() {
    return true;
  }

  @Override
  default boolean mayFollowQuantizer() {
    return false;
  }

  /**
   * Refuses stages in an order in which codes that were quantised would not stay so.
   *
   * @param stages in order
   * @throws IllegalArgumentException if one after a quantiser changes codes for good
   */
  static void requireOrder(List<LatentStage> stages) {
    LatentStage quantizer = null;
    for (LatentStage stage : stages) {
      if (quantizer != null && !stage.mayFollowQuantizer()) {
        throw new IllegalArgumentException(
            "\"%s\" after \"%s\" would turn codes into what is not in the codebook; put it before, and nothing but noise after"
                .formatted(stage.describe(), quantizer.describe()));
      }
      quantizer = stage instanceof Quantizer ? stage : quantizer;
    }
  }
}
