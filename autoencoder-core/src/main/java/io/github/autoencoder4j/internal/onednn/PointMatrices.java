package io.github.autoencoder4j.internal.onednn;

/** Has the weights of convolutions as tiles are multiplied by them. */
interface PointMatrices {

  /**
   * Gives the matrices of a convolution, {@code [points, phases * large, small]}: from each channel
   * of the large pictures, once for each phase of the stride, to each of the small.
   *
   * @param weight lies as {@code [small, large, height, width]}
   * @param large how many channels the large pictures have
   * @param small how many the small ones have
   */
  Tensor matrices(Filter filter, Learned weight, long large, long small);
}
