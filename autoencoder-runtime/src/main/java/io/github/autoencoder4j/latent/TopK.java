package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;

/**
 * Keeps the largest numbers of each code and sets the others to 0 (Makhzani and Frey, "k-sparse
 * autoencoders", ICLR 2014): {@code z_j} where it is among the {@code k} largest, else 0. Gradients
 * flow to those that are kept. Of equal numbers the first ones are kept.
 *
 * <p>Encoding may keep more than training, which the paper found better for classifiers.
 *
 * <pre>{@code
 * Autoencoder.dense().hidden().bottleneck(1000).sparse(Sparse.topK(25).encoding(75)).build();
 * }</pre>
 *
 * @param k how many numbers are kept in training; at least 1
 * @param encodingK how many are kept when encoding, reconstructing and judging; at least 1
 */
public record TopK(int k, int encodingK) implements Sparse {

  /**
   * Checks the numbers. Whether a code has so many is checked when its shape is known.
   *
   * @param k how many numbers are kept in training; at least 1
   * @param encodingK how many are kept when encoding; at least 1
   * @throws IllegalArgumentException if a number is below 1
   */
  public TopK {
    require(k, "in training");
    require(encodingK, "when encoding");
  }

  private static void require(int k, String when) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "top-k must keep at least 1 number of each code "
              + when
              + ", but k was "
              + k
              + "; a fortieth of the code is usual");
    }
  }

  /**
   * Keeps another number when encoding, reconstructing and judging.
   *
   * @param other at least 1; one to three times {@code k} is usual
   * @return a changed copy
   * @throws IllegalArgumentException if it is below 1
   */
  public TopK encoding(int other) {
    return new TopK(k, other);
  }

  /**
   * Checks that there are so many numbers.
   *
   * @throws IllegalArgumentException if a code has fewer
   */
  @Override
  public ImageShape fedBy(ImageShape code) {
    int most = Math.max(k, encodingK);
    if (most > code.size()) {
      throw new IllegalArgumentException(
          "top-k cannot keep %s numbers of a code that has %s; choose a smaller k or a larger code"
              .formatted(most, code.size()));
    }
    return code;
  }

  @Override
  public LatentKernel kernel(ImageShape code) {
    return new TopKKernel(this, code.size());
  }

  @Override
  public String describe() {
    return k == encodingK ? "top " + k : "top " + k + ", top " + encodingK + " when encoding";
  }
}
