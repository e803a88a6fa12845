package io.github.autoencoder4j.metric;

import com.google.common.math.Quantiles;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.numerics.NeighborSearch;
import io.github.autoencoder4j.internal.sources.CheckedSource;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The real images that samples are judged by.
 *
 * <p>Distances to training images are taken in pixels, neighbourhoods in a feature space of the
 * caller's choice, such as principal components of the training images. The neighbourhood of an
 * image reaches to its {@code k}-th nearest neighbour of its own set: {@code k} = {@value
 * #PRECISION_NEIGHBORS} for precision and recall (Kynkäänniemi et al., "Improved Precision and
 * Recall Metric for Assessing Generative Models", NeurIPS 2019), {@code k} = {@value
 * #COVERAGE_NEIGHBORS} for density and coverage (Naeem et al., "Reliable Fidelity and Diversity
 * Metrics for Generative Models", ICML 2020). Real images are those of the test set, so that copies
 * of training images do not count as fidelity.
 *
 * <pre>{@code
 * Pca pca = Pca.fit(train.slice(0, 2_000), 64);
 * GenerativeReference real = GenerativeReference.of(train, test, pca::encode);
 * float[][] latents = Gaussian.lowRank(codes).sample(256, 7);
 * float[][] samples = autoencoder.decode(latents);
 * GenerativeFigures figures = real.judge(samples, latents, autoencoder.encode(samples));
 * }</pre>
 *
 * <p>Instances are thread-safe as long as the sources and the features are.
 */
public final class GenerativeReference {

  /** The neighbour that bounds a neighbourhood for precision and recall. */
  public static final int PRECISION_NEIGHBORS = 3;

  /** The neighbour that bounds a neighbourhood for density and coverage. */
  public static final int COVERAGE_NEIGHBORS = 5;

  private final NeighborSearch training;
  private final UnaryOperator<float[][]> features;
  private final float[][] realFeatures;
  private final double[] precisionRadii;
  private final double[] coverageRadii;
  private final double[] testDistances;

  private GenerativeReference(
      ImageSource train, float[][] test, UnaryOperator<float[][]> features) {
    this.training = new NeighborSearch(train.size(), train.shape().size(), train::get);
    this.features = features;
    this.testDistances = distances(training, test);
    this.realFeatures = features.apply(test);
    NeighborSearch.Neighbors[] neighbors = neighborsAmongThemselves(realFeatures);
    this.precisionRadii = radii(neighbors, PRECISION_NEIGHBORS);
    this.coverageRadii = radii(neighbors, COVERAGE_NEIGHBORS);
  }

  /**
   * Takes the real images, finds the test images' nearest training images and measures the
   * neighbourhoods.
   *
   * @param train the images the model was trained on; at least one
   * @param test images of the same shape it was not trained on; at least 6
   * @param features maps images {@code [n][d]} to features {@code [n][f]}, for example {@code
   *     pca::encode}; {@code UnaryOperator.identity()} for pixels
   * @return the reference
   * @throws IllegalArgumentException if the shapes differ, there is no training image or there are
   *     too few test images
   */
  public static GenerativeReference of(
      ImageSource train, ImageSource test, UnaryOperator<float[][]> features) {
    return ofChecked(CheckedSource.of(train), CheckedSource.of(test), features);
  }

  private static GenerativeReference ofChecked(
      ImageSource train, ImageSource test, UnaryOperator<float[][]> features) {
    if (!train.shape().equals(test.shape())) {
      throw new IllegalArgumentException(
          "training and test images must have one shape, but are %s and %s"
              .formatted(train.shape(), test.shape()));
    }
    requireEnough(test.size(), "test images");
    return new GenerativeReference(train, test.toArrays(), features);
  }

  /**
   * Judges decoded draws.
   *
   * @param samples decoded images {@code [n][d]}, at least 6; clamp them first if the decoder can
   *     leave [0, 1]
   * @param latents the codes they were decoded from, {@code [n][k]}
   * @param reencoded the codes of the samples, {@code [n][k]}
   * @return the figures
   * @throws IllegalArgumentException if there are too few samples, the counts or lengths differ or
   *     a value is not finite
   */
  public GenerativeFigures judge(float[][] samples, float[][] latents, float[][] reencoded) {
    requireEnough(samples.length, "samples");
    if (latents.length != samples.length || reencoded.length != samples.length) {
      throw new IllegalArgumentException(
          "there must be a latent and a re-encoded latent for each of %s samples, but there are %s and %s"
              .formatted(samples.length, latents.length, reencoded.length));
    }
    int latentSize = Codes.require(latents);
    Codes.require(reencoded, latentSize);
    double[] sampleDistances = distances(training, samples);
    double near = Quantiles.percentiles().index(5).compute(testDistances);
    Meetings met = meet(samples);
    double roundTrip = meanDistance(latents, reencoded);
    return new GenerativeFigures(
        samples.length,
        mean(sampleDistances),
        mean(testDistances),
        share(samples.length, j -> sampleDistances[j] < near),
        share(samples.length, j -> met.precise[j]),
        share(realFeatures.length, i -> met.recalled[i]),
        (double) met.inside.sum() / COVERAGE_NEIGHBORS / samples.length,
        share(realFeatures.length, i -> met.covered[i]),
        roundTrip,
        roundTrip / meanDistance(latents, new float[latents.length][latentSize]));
  }

  /**
   * Tells which real images lie within the neighbourhoods of samples: the images whose share is
   * {@link GenerativeFigures#recall()}. Two sets of samples can so be compared image by image.
   *
   * @param samples decoded images {@code [n][d]}, at least 6
   * @return a new array, one value a test image in their order
   * @throws IllegalArgumentException if there are too few samples
   */
  public boolean[] recalled(float[][] samples) {
    requireEnough(samples.length, "samples");
    return meet(samples).recalled;
  }

  /**
   * Tells which real images have a sample in their neighbourhood: the images whose share is {@link
   * GenerativeFigures#coverage()}. Two sets of samples can so be compared image by image.
   *
   * @param samples decoded images {@code [n][d]}, at least 6
   * @return a new array, one value a test image in their order
   * @throws IllegalArgumentException if there are too few samples
   */
  public boolean[] covered(float[][] samples) {
    requireEnough(samples.length, "samples");
    return meet(samples).covered;
  }

  private Meetings meet(float[][] samples) {
    float[][] sampleFeatures = features.apply(samples);
    double[] sampleRadii = radii(neighborsAmongThemselves(sampleFeatures), PRECISION_NEIGHBORS);
    Meetings met = new Meetings(realFeatures.length, samples.length);
    // Row by row: all pairs of ten thousand images by as many would take 800 MB.
    IntStream.range(0, realFeatures.length)
        .parallel()
        .forEach(i -> met.note(i, realFeatures[i], sampleFeatures, sampleRadii));
    return met;
  }

  /** Which real images and samples are neighbours. */
  private final class Meetings {

    /** Samples that lie near a real image. Threads may meet at one, but all write the same. */
    private final boolean[] precise;

    /** Real images that lie near a sample. */
    private final boolean[] recalled;

    /** Real images with a sample near them. */
    private final boolean[] covered;

    private final LongAdder inside = new LongAdder();

    Meetings(int real, int samples) {
      precise = new boolean[samples];
      recalled = new boolean[real];
      covered = new boolean[real];
    }

    void note(int real, float[] features, float[][] sampleFeatures, double[] sampleRadii) {
      int near = 0;
      for (int j = 0; j < sampleFeatures.length; j++) {
        double squared = NeighborSearch.square(features, sampleFeatures[j]);
        if (squared <= precisionRadii[real]) {
          precise[j] = true;
        }
        recalled[real] |= squared <= sampleRadii[j];
        near += squared <= coverageRadii[real] ? 1 : 0;
      }
      covered[real] = near > 0;
      inside.add(near);
    }
  }

  private static double share(int count, IntPredicate predicate) {
    return (double) IntStream.range(0, count).filter(predicate).count() / count;
  }

  private static NeighborSearch.Neighbors[] neighborsAmongThemselves(float[][] points) {
    Codes.require(points);
    // One more than needed: each point is its own nearest.
    return NeighborSearch.of(points).nearest(points, COVERAGE_NEIGHBORS + 1);
  }

  private static double[] radii(NeighborSearch.Neighbors[] neighbors, int k) {
    return Arrays.stream(neighbors).mapToDouble(n -> n.squaredDistances[k]).toArray();
  }

  private static double[] distances(NeighborSearch search, float[][] images) {
    Codes.require(images, search.dimensions());
    return Arrays.stream(search.nearest(images, 1))
        .mapToDouble(neighbors -> Math.sqrt(neighbors.squaredDistances[0]))
        .toArray();
  }

  private static double meanDistance(float[][] x, float[][] y) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> Math.sqrt(NeighborSearch.square(x[i], y[i])))
        .average()
        .orElseThrow();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static void requireEnough(int count, String what) {
    if (count <= COVERAGE_NEIGHBORS) {
      throw new IllegalArgumentException(
          "at least %s %s are needed for neighbourhoods, but there are %s"
              .formatted(COVERAGE_NEIGHBORS + 1, what, count));
    }
  }
}
