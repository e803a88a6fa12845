package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;

/**
 * One step between encoder and decoder. Stages are applied in the order in which they were given,
 * with any architecture; gradients flow through them.
 *
 * <pre>{@code
 * Autoencoder dogs =
 *     Autoencoder.conv().latent(8, 8, 16)
 *         .latentStage(PowerNormalization.perExample())
 *         .latentStage(LatentNoise.snrDb(10))
 *         .build();
 * }</pre>
 *
 * <p>A stage is an immutable value that says what it needs: how wide a code it is fed, which arrays
 * it learns, and which terms it adds to the objective. Its {@link LatentKernel} computes it, over
 * plain arrays, so that it runs wherever the layers around it do. Your own stages train, encode and
 * decode like those of the library; only model files and checkpoints know those of the library
 * alone, and refuse others.
 */
public interface LatentStage {

  /**
   * Gives the shape that it must be fed to yield codes of a shape.
   *
   * @param code the shape of the code that it yields
   * @return with the same height and width; the code's own unless the stage changes the width
   */
  default ImageShape fedBy(ImageShape code) {
    return code;
  }

  /**
   * Lists the arrays that it learns.
   *
   * @param code the shape of the code that it yields
   * @return in the order in which the kernel sees them; empty if it learns nothing
   */
  default List<ParameterSpec> learned(ImageShape code) {
    return List.of();
  }

  /**
   * Names the terms that it adds to the objective.
   *
   * @return such as {@code "kl"}, in the order in which the kernel counts them; empty for none
   */
  default List<String> terms() {
    return List.of();
  }

  /**
   * Counts the codes that it draws for each sample in training and where the objective is judged.
   * If there are several, the encoder sees each sample once, and the kernel what comes of it once
   * for each draw, side by side. The kernel says how likely each draw is in {@link
   * LatentBatch#logWeights()}, and multiplies the gradients of its own by {@link
   * LatentBatch#shares()}; the objective is then the bound of many draws, {@code -ln 1/k sum_i
   * exp(-loss_i + logWeight_i)}, and the stage's first term what of it is not loss.
   *
   * @return at least 1
   */
  default int draws() {
    return 1;
  }

  /**
   * Counts the numbers that it is told of each sample beside its code, in {@link
   * LatentBatch#conditions()}.
   *
   * @return 0 for none
   */
  default int conditions() {
    return 0;
  }

  /**
   * Says whether it compares the code of each sample with that of the sample moved a small step,
   * which it finds in {@link LatentBatch#moved()}, in training and where the objective is judged.
   *
   * @return true for {@link Contractive} codes
   */
  default boolean contracts() {
    return false;
  }

  /**
   * Says whether noise that it adds in training stands in the way of copying the input.
   *
   * @return false for stages that are not random
   */
  default boolean isNoisy() {
    return false;
  }

  /**
   * Says whether it stands in the way of copying the input where a code has as many numbers as a
   * sample has values: by noise, or since few numbers are in use or each says little.
   *
   * @return false if a network could copy through it
   */
  default boolean limitsCopying() {
    return isNoisy();
  }

  /**
   * Says whether codes that were quantised may come to it, and still be known as what they were.
   *
   * @return false if it would change them for good, or makes no sense on them
   */
  default boolean mayFollowQuantizer() {
    return true;
  }

  /**
   * Gives what computes it.
   *
   * @param code the shape of the code that it yields
   * @return a kernel without state of its own, which threads may share
   */
  LatentKernel kernel(ImageShape code);

  /**
   * The stage in a few words, for tables.
   *
   * @return for example {@code "power normalisation"}
   */
  String describe();
}
