package io.github.autoencoder4j.metric;

/**
 * Binary cross-entropy of reconstructions, natural logarithm, mean over pixels and images: {@code
 * -t ln p - (1 - t) ln(1 - p)}.
 *
 * <p>Probabilities are clipped to [{@value #CLIP}, 1 - {@value #CLIP}], as Keras does; logits need
 * no clipping and stay exact where the sigmoid saturates. Grey targets have a floor above zero,
 * their own entropy, which is gathered beside the loss.
 *
 * <p>An instance gathers images as they come, in batches of any size; it is not thread-safe.
 *
 * <pre>{@code
 * BinaryCrossEntropy loss = new BinaryCrossEntropy(28 * 28);
 * loss.add(originals, probabilities); // float[n][784], or one flat batch
 * double perPixel = loss.summary().perPixel();
 * }</pre>
 */
public final class BinaryCrossEntropy {

  /** Probabilities nearer to 0 or 1 than this are moved to this distance. */
  public static final double CLIP = 1e-7;

  private final int imageSize;
  private double loss;
  private double floor;
  private long pixels;

  /**
   * Starts with no images.
   *
   * @param imageSize pixels an image: height x width x channels; at least 1
   * @throws IllegalArgumentException if {@code imageSize} is below 1
   */
  public BinaryCrossEntropy(int imageSize) {
    this.imageSize = ImagePairs.requirePositiveSize(imageSize);
  }

  /**
   * The loss of probabilities.
   *
   * @param targets values in [0, 1]
   * @param probabilities as many values in [0, 1]; clipped
   * @return mean loss a pixel, in nats
   * @throws IllegalArgumentException if the lengths differ or are zero, a target lies outside [0,
   *     1] or a probability is not a number
   */
  public static double ofProbabilities(float[] targets, float[] probabilities) {
    BinaryCrossEntropy loss = new BinaryCrossEntropy(1);
    loss.add(targets, probabilities);
    return loss.summary().perPixel();
  }

  /**
   * The loss of logits, {@code p = 1 / (1 + exp(-logit))}, computed as {@code max(x, 0) - x t +
   * ln(1 + exp(-|x|))}.
   *
   * @param targets values in [0, 1]
   * @param logits as many finite values
   * @return mean loss a pixel, in nats
   * @throws IllegalArgumentException if the lengths differ or are zero, a target lies outside [0,
   *     1] or a logit is not finite
   */
  public static double ofLogits(float[] targets, float[] logits) {
    BinaryCrossEntropy loss = new BinaryCrossEntropy(1);
    loss.addLogits(targets, logits);
    return loss.summary().perPixel();
  }

  /**
   * The least loss these targets allow: their mean entropy {@code -t ln t - (1 - t) ln(1 - t)}. For
   * the MNIST test set it is 0.0581.
   *
   * @param targets values in [0, 1]
   * @return mean entropy a pixel, in nats; 0 if every target is 0 or 1
   * @throws IllegalArgumentException if there is no target, or one lies outside [0, 1]
   */
  public static double floor(float[] targets) {
    BinaryCrossEntropy loss = new BinaryCrossEntropy(1);
    loss.add(targets, targets);
    return loss.summary().floorPerPixel();
  }

  /**
   * Adds one image or a batch of images, one after the other in the arrays.
   *
   * @param targets {@code n * imageSize} values in [0, 1]
   * @param probabilities as many values in [0, 1]; clipped
   * @throws IllegalArgumentException if the lengths differ or are no multiple of the image size, a
   *     target lies outside [0, 1] or a probability is not a number
   */
  public void add(float[] targets, float[] probabilities) {
    ImagePairs.count(targets, probabilities, imageSize);
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]));
      double t = targets[i];
      sum -= t * Math.log(p) + (1 - t) * Math.log1p(-p);
    }
    gather(targets, sum);
  }

  /**
   * Adds images.
   *
   * @param targets {@code [n][imageSize]} values in [0, 1]
   * @param probabilities {@code [n][imageSize]} values in [0, 1]; clipped
   * @throws IllegalArgumentException if the counts or lengths differ, a target lies outside [0, 1]
   *     or a probability is not a number
   */
  public void add(float[][] targets, float[][] probabilities) {
    ImagePairs.requireSameCount(targets, probabilities);
    for (int i = 0; i < targets.length; i++) {
      add(targets[i], probabilities[i]);
    }
  }

  /**
   * Adds one image or a batch of images whose reconstructions are logits: what a network puts out
   * before its sigmoid.
   *
   * @param targets {@code n * imageSize} values in [0, 1]
   * @param logits as many finite values
   * @throws IllegalArgumentException if the lengths differ or are no multiple of the image size, a
   *     target lies outside [0, 1] or a logit is not finite
   */
  public void addLogits(float[] targets, float[] logits) {
    ImagePairs.count(targets, logits, imageSize);
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double x = logits[i];
      sum += Math.max(x, 0) - x * targets[i] + Math.log1p(Math.exp(-Math.abs(x)));
    }
    gather(targets, sum);
  }

  /**
   * The figures of the images added so far.
   *
   * @return loss and floor
   * @throws IllegalStateException if no image was added
   */
  public CrossEntropySummary summary() {
    ImagePairs.requireAny(pixels);
    return new CrossEntropySummary(loss / pixels, floor / pixels, imageSize);
  }

  private void gather(float[] targets, double sum) {
    double entropies = 0;
    for (float t : targets) {
      if (t > 0 && t < 1) {
        entropies -= t * Math.log(t) + (1.0 - t) * Math.log1p(-t);
      } else if (t != 0 && t != 1) {
        throw new IllegalArgumentException(
            "targets of binary cross-entropy must lie in [0, 1], but one is " + t);
      }
    }
    loss += ImagePairs.requireFinite(sum);
    floor += entropies;
    pixels += targets.length;
  }
}
