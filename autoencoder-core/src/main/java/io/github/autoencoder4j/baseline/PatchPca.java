package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Principal components of image patches: the linear twin of a convolutional autoencoder. Each
 * position of the latent sees its own patch of the image, without overlap, and holds the patch's
 * first principal coefficients; all positions share the components.
 *
 * <p>For 64x64x3 images and a latent of 8x8x16 the patches are 8x8x3 and 16 of their 192
 * coefficients are kept: as many numbers as the autoencoder's latent has.
 *
 * <pre>{@code
 * PatchPca twin = PatchPca.fit(train, 8, 8, 16);
 * double line = twin.evaluate(test).psnr().mean(); // dogs: 23.2 dB
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class PatchPca implements Baseline {

  private final PatchGrid grid;
  private final Pca pca;

  private PatchPca(PatchGrid grid, Pca pca) {
    this.grid = grid;
    this.pca = pca;
  }

  /**
   * Fits to images, for a latent of the given shape.
   *
   * @param source the training images; at least one, and more patches than values a patch
   * @param latentHeight rows of the latent; divides the image height
   * @param latentWidth columns of the latent; divides the image width
   * @param latentChannels coefficients kept of each patch; 1 to the values of a patch
   * @return the fitted components
   * @throws IllegalArgumentException if a latent side is below 1 or does not divide the image's, a
   *     patch has more than 4,096 values, there are more channels than that, or too few images
   */
  public static PatchPca fit(
      ImageSource source, int latentHeight, int latentWidth, int latentChannels) {
    ImageSource images = CheckedSource.of(source);
    PatchGrid grid = PatchGrid.of(images.shape(), latentHeight, latentWidth);
    int patchSize = grid.patch().size();
    long patches = (long) images.size() * grid.count();
    if (latentChannels < 1 || latentChannels > patchSize) {
      throw new IllegalArgumentException(
          "latentChannels must lie in 1 to %s, the values of a %s patch, but was %s"
              .formatted(patchSize, grid.patch(), latentChannels));
    }
    if (patchSize > Pca.MAX_SIZE) {
      throw new IllegalArgumentException(
          "patches of %s have %s values, but at most %s can be decomposed; give the latent more rows and columns"
              .formatted(grid.patch(), patchSize, Pca.MAX_SIZE));
    }
    if (patches <= patchSize || patches > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a fit needs more than %s and at most %s patches, but %s images have %s"
              .formatted(patchSize, Integer.MAX_VALUE, images.size(), patches));
    }
    return new PatchPca(grid, Pca.fitByScatter(patches(images, grid), latentChannels));
  }

  private static RowSource patches(ImageSource images, PatchGrid grid) {
    return new RowSource() {
      @Override
      public int rows() {
        return images.size() * grid.count();
      }

      @Override
      public int length() {
        return grid.patch().size();
      }

      @Override
      public void forEach(Consumer<float[]> visitor) {
        float[] patch = new float[length()];
        RowSource.of(images)
            .forEach(
                image -> {
                  for (int position = 0; position < grid.count(); position++) {
                    grid.cut(image, position, patch);
                    visitor.accept(patch);
                  }
                });
      }
    };
  }

  /**
   * The shape of the images.
   *
   * @return the shape of the training images
   */
  public ImageShape imageShape() {
    return grid.image();
  }

  /**
   * The shape of a patch.
   *
   * @return image sides divided by latent sides
   */
  public ImageShape patchShape() {
    return grid.patch();
  }

  /**
   * The shape of a code.
   *
   * @return latent height, width and channels
   */
  public ImageShape latentShape() {
    return new ImageShape(grid.rows(), grid.columns(), pca.latentSize());
  }

  /**
   * The components of the patches.
   *
   * @return principal components over all training patches
   */
  public Pca patchComponents() {
    return pca;
  }

  /**
   * Computes the coefficients of images.
   *
   * @param images {@code [n][imageShape().size()]}
   * @return {@code [n][latentShape().size()]}, laid out as {@code [channels, height, width]}
   * @throws IllegalArgumentException if an image has another length
   */
  public float[][] encode(float[][] images) {
    Moments.requireLength(images, grid.image().size());
    return Arrays.stream(images).map(this::encode).toArray(float[][]::new);
  }

  /**
   * Puts images together from coefficients.
   *
   * @param codes {@code [n][latentShape().size()]}, laid out as {@code [channels, height, width]}
   * @return {@code [n][imageShape().size()]}
   * @throws IllegalArgumentException if a code has another length
   */
  public float[][] decode(float[][] codes) {
    Moments.requireLength(codes, latentShape().size());
    return Arrays.stream(codes).map(this::decode).toArray(float[][]::new);
  }

  @Override
  public float[][] reconstruct(float[][] images) {
    return decode(encode(images));
  }

  private float[] encode(float[] image) {
    float[][] patches = new float[grid.count()][grid.patch().size()];
    for (int position = 0; position < patches.length; position++) {
      grid.cut(image, position, patches[position]);
    }
    return toPlanes(pca.encode(patches));
  }

  private float[] decode(float[] code) {
    float[][] patches = pca.decode(toPositions(code, grid.count()));
    float[] image = new float[grid.image().size()];
    for (int position = 0; position < patches.length; position++) {
      grid.paste(patches[position], position, image);
    }
    return image;
  }

  /** Coefficients by position to planes by coefficient. */
  private static float[] toPlanes(float[][] coefficients) {
    int positions = coefficients.length;
    float[] code = new float[positions * coefficients[0].length];
    for (int i = 0; i < code.length; i++) {
      code[i] = coefficients[i % positions][i / positions];
    }
    return code;
  }

  private static float[][] toPositions(float[] code, int positions) {
    float[][] coefficients = new float[positions][code.length / positions];
    for (int i = 0; i < code.length; i++) {
      coefficients[i % positions][i / positions] = code[i];
    }
    return coefficients;
  }
}
