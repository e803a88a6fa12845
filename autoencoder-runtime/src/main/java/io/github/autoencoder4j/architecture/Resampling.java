package io.github.autoencoder4j.architecture;

/**
 * How a convolutional network changes the size of its feature maps. Neither leaves checkerboards.
 *
 * <pre>{@code
 * Autoencoder classic =
 *     Autoencoder.conv()
 *         .input(64, 64, 3)
 *         .latent(8, 8, 16)
 *         .resampling(Resampling.STRIDED)
 *         .residualBlocks(0)
 *         .build();
 * }</pre>
 */
public enum Resampling {
  /**
   * Blocks of {@code s x s} pixels become channels (space to depth) before a convolution, and
   * channels become blocks of pixels after one (sub-pixel convolution; Shi et al., CVPR 2016). All
   * convolutions have stride 1, which processors do fastest, and see {@code kernel x s} pixels.
   */
  SUBPIXEL,
  /**
   * Strided convolutions down and transposed ones up. With a kernel that is a multiple of the
   * stride, such as 4 for stride 2 and 9 for stride 3, every pixel is the sum of as many products,
   * so that no checkerboard appears (Odena et al., Distill 2016).
   */
  STRIDED
}
