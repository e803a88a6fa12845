package io.github.autoencoder4j.baseline;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;

/**
 * The best linear code of image patches for a noisy channel: what an autoencoder with a
 * power-normalised, noisy latent should beat.
 *
 * <p>The coefficients of a {@link PatchPca} are scaled to unit mean power over the latent, in the
 * split that is optimal for the noise; the receiver scales what it gets to the least squared error
 * (Lee and Petersen, "Optimal Linear Coding for Vector Channels", IEEE Transactions on
 * Communications 1976). A linear code meets the power constraint on average over the training
 * images, not image by image.
 *
 * <pre>{@code
 * PatchPca twin = PatchPca.fit(train, 8, 8, 16);
 * LinearCode line = LinearCode.of(twin, 0.1); // 10 dB
 * double psnr = line.evaluate(test, 10, 7).psnr().mean(); // dogs: 21.2 dB
 * }</pre>
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class LinearCode {

  private final PatchPca pca;
  private final double noiseVariance;
  private final double[] powers;
  private final double[] senderScales;
  private final double[] receiverScales;

  private LinearCode(PatchPca pca, double noiseVariance, double[] powers) {
    double[] variances = pca.patchComponents().variances();
    this.pca = pca;
    this.noiseVariance = noiseVariance;
    this.powers = powers;
    this.senderScales = new double[powers.length];
    this.receiverScales = new double[powers.length];
    for (int i = 0; i < powers.length; i++) {
      if (powers[i] > 0) {
        senderScales[i] = Math.sqrt(powers[i] / variances[i]);
        receiverScales[i] = variances[i] * senderScales[i] / (powers[i] + noiseVariance);
      }
    }
  }

  /**
   * Makes the code for a noise level.
   *
   * @param pca the components of the patches; its latent shape is that of the code
   * @param noiseVariance variance of the noise a real entry of the latent; above 0
   * @return the code
   * @throws IllegalArgumentException if {@code noiseVariance} is not a number above 0, or the
   *     training patches did not vary
   */
  public static LinearCode of(PatchPca pca, double noiseVariance) {
    if (!(noiseVariance > 0 && Double.isFinite(noiseVariance))) {
      throw new IllegalArgumentException("noiseVariance must be above 0, but was " + noiseVariance);
    }
    return new LinearCode(
        pca,
        noiseVariance,
        PowerAllocation.allocate(pca.patchComponents().variances(), noiseVariance));
  }

  /**
   * The signal-to-noise ratio of the channel.
   *
   * @return {@code 10 log10(1 / noiseVariance)}, in dB
   */
  public double snrDb() {
    return -10 * Math.log10(noiseVariance);
  }

  /**
   * The power each coefficient of a patch is sent with.
   *
   * @return a new array of mean 1, one value a latent channel; 0 for coefficients not sent
   */
  public double[] powers() {
    return powers.clone();
  }

  /**
   * The mean squared error a value that is expected for images like the training images.
   *
   * @return {@code (sum of v_i s / (p_i + s) + variance of the coefficients left out) / values a
   *     patch}
   */
  public double expectedMse() {
    double[] variances = pca.patchComponents().variances();
    double error = pca.patchComponents().totalVariance();
    for (int i = 0; i < powers.length; i++) {
      error -= variances[i] * powers[i] / (powers[i] + noiseVariance);
    }
    return error / pca.patchShape().size();
  }

  /**
   * Encodes images.
   *
   * @param images {@code [n][imageShape.size()]}
   * @return {@code [n][latentShape.size()]}, laid out as {@code [channels, height, width]}, of unit
   *     mean power over images like the training images
   * @throws IllegalArgumentException if an image has another length
   */
  public float[][] encode(float[][] images) {
    float[][] codes = pca.encode(images);
    scale(codes, senderScales);
    return codes;
  }

  /**
   * Decodes what was received.
   *
   * @param received {@code [n][latentShape.size()]}: codes with noise
   * @return {@code [n][imageShape.size()]}
   * @throws IllegalArgumentException if a code has another length
   */
  public float[][] decode(float[][] received) {
    Moments.requireLength(received, pca.latentShape().size());
    float[][] codes = new float[received.length][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = received[i].clone();
    }
    scale(codes, receiverScales);
    return pca.decode(codes);
  }

  /**
   * Sends images through the channel.
   *
   * @param images {@code [n][imageShape.size()]}
   * @param seed the same seed gives the same noise
   * @return reconstructions {@code [n][imageShape.size()]}
   * @throws IllegalArgumentException if an image has another length
   */
  public float[][] transmit(float[][] images, long seed) {
    return transmit(images, RandomStream.of(seed, "channel noise"));
  }

  /**
   * Sends a data set through the channel several times and measures the error.
   *
   * @param images images of the shape the components were fitted to; at least one
   * @param draws how often each image is sent; at least 1, 10 for stable figures
   * @param seed the same seed gives the same noise
   * @return the errors over all images and draws
   * @throws IllegalArgumentException if {@code draws} is below 1, there is no image or the images
   *     have another size
   */
  public BaselineFigures evaluate(ImageSource images, int draws, long seed) {
    if (draws < 1) {
      throw new IllegalArgumentException("draws must be at least 1, but was " + draws);
    }
    RandomStream noise = RandomStream.of(seed, "channel noise");
    return BaselineFigures.measure(images, draws, batch -> transmit(batch, noise));
  }

  private float[][] transmit(float[][] images, RandomStream noise) {
    double std = Math.sqrt(noiseVariance);
    float[][] codes = encode(images);
    for (float[] code : codes) {
      for (int i = 0; i < code.length; i++) {
        code[i] += (float) (std * noise.nextGaussian());
      }
    }
    return decode(codes);
  }

  private void scale(float[][] codes, double[] scales) {
    ImageShape latent = pca.latentShape();
    int planeSize = latent.height() * latent.width();
    for (float[] code : codes) {
      for (int i = 0; i < code.length; i++) {
        code[i] = (float) (code[i] * scales[i / planeSize]);
      }
    }
  }
}
