package io.github.autoencoder4j.latent;

import io.github.autoencoder4j.data.ImageShape;

/**
 * The vectors that codes are made of, and their indices. Immutable: it stays as it is when the
 * autoencoder that gave it is trained on.
 *
 * <pre>{@code
 * Codebook codebook = autoencoder.codebook();
 * int[] indices = codebook.indices(autoencoder.encode(samples)[0]); // what is sent
 * float[][] received = autoencoder.decode(new float[][] {codebook.code(indices)});
 * }</pre>
 */
public interface Codebook {

  /**
   * Makes a codebook of vectors, as {@link VectorQuantization} has it: for who has a decoder and
   * the vectors only.
   *
   * @param vectors {@code [entries][dimension]}; copied
   * @param code the shape of a code
   * @return a codebook whose indices are those of the vectors
   * @throws IllegalArgumentException if there are no vectors, they differ in length or hold what is
   *     not finite, or a code does not fall into such vectors
   */
  static Codebook of(float[][] vectors, ImageShape code) {
    return new VectorCodebook(vectors, code);
  }

  /**
   * Counts the vectors of the list.
   *
   * @return indices are 0 to one less
   */
  int entries();

  /**
   * Counts the numbers of a vector.
   *
   * @return at least 1
   */
  int dimension();

  /**
   * Counts the indices of a code.
   *
   * @return one for each vector: at places row by row, and where several vectors share a place, all
   *     places of the first before those of the second
   */
  int length();

  /**
   * Gives a vector.
   *
   * @param index 0 to {@code entries() - 1}
   * @return {@code [dimension]}, a copy
   * @throws IllegalArgumentException if there is no such index
   */
  float[] entry(int index);

  /**
   * Finds the indices of a code.
   *
   * @param code as {@code encode} gives it; any other is taken for the nearest one
   * @return {@code [length]}
   * @throws IllegalArgumentException if the code has another size or holds what is not finite
   */
  int[] indices(float[] code);

  /**
   * Makes the code of indices.
   *
   * @param indices {@code [length]}
   * @return what a decoder is given, bit for bit as it was encoded
   * @throws IllegalArgumentException if there are more or fewer, or one is not in the list
   */
  float[] code(int[] indices);

  /**
   * Says how much a code takes if every index takes as much as any other.
   *
   * @return {@code length log2(entries)} in bits
   */
  default double bits() {
    return length() * (Math.log(entries()) / Math.log(2));
  }
}
