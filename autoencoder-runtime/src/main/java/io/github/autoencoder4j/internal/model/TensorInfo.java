package io.github.autoencoder4j.internal.model;

import java.util.List;

/**
 * What a file says of one of its tensors; its size has been checked against the file.
 *
 * @param name unique in the file
 * @param type what the numbers are
 * @param shape how many there are along each dimension; immutable
 * @param count how many there are in all
 * @param offset where they begin in the file
 * @param sha256 the digest of their bytes, in hexadecimal
 */
public record TensorInfo(
    String name, TensorType type, List<Integer> shape, int count, long offset, String sha256) {

  /**
   * How much room the numbers take.
   *
   * @return in bytes
   */
  public long bytes() {
    return (long) count * type.bytes();
  }
}
