package io.github.autoencoder4j.viz;

import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Codes of any number of values in the plane, by principal components or by t-SNE, with the share
 * of neighbours that they keep there, without which such a picture says little.
 *
 * <pre>{@code
 * float[][] codes = autoencoder.encode(test); // [n][32]
 * LatentProjection plane = LatentProjection.tsne(codes, 1);
 * plane.scatter(test.labels()).classNames(test.classNames()).draw().save(Path.of("tsne.png"));
 * double kept = plane.neighborsKept(); // 0.55, say
 * }</pre>
 *
 * <p>Principal components are linear: distances can only shrink, and the axes mean something. t-SNE
 * keeps neighbours instead; neither the size of its clusters nor the distances between them mean
 * anything (Wattenberg et al., "How to Use t-SNE Effectively", Distill, 2016).
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class LatentProjection {

  private static final int MAX_TSNE = 5_000;
  private static final int NEIGHBORS = 10;
  private static final double PERPLEXITY = 30;

  private final String method;
  private final String axis;
  private final float[][] points;
  private final double kept;

  private LatentProjection(String method, String axis, float[][] codes, double[][] places) {
    this.method = method;
    this.axis = axis;
    points = new float[codes.length][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new float[] {(float) places[0][i], (float) places[1][i]};
    }
    kept = kept(codes, points);
  }

  /**
   * Projects codes on the two directions in which they vary most.
   *
   * @param codes {@code float[n][k]}, finite, at least one; at most 4,096 if {@code k} is more than
   *     that
   * @return the codes in the plane; codes of one number lie on a line
   * @throws IllegalArgumentException if there is no code or too many, or they differ in length or
   *     are not finite
   */
  public static LatentProjection pca(float[][] codes) {
    return new LatentProjection("PCA", "principal axis", codes, principal(checked(codes)));
  }

  /**
   * Places codes by exact t-SNE, from their principal components on (Kobak and Berens, Nature
   * Communications 10, 2019), with a perplexity of 30, less where there are fewer than 91 codes.
   * Takes time by the square of their number: seconds for 1,000 codes, minutes for 5,000.
   *
   * @param codes {@code float[n][k]}, finite; 1 to 5,000
   * @param seed moves the start by little, which parts equal codes; the same seed gives the same
   *     places, however many threads there are
   * @return the codes in the plane
   * @throws IllegalArgumentException if there is no code or too many, or they differ in length or
   *     are not finite
   */
  public static LatentProjection tsne(float[][] codes, long seed) {
    checked(codes);
    int n = codes.length;
    if (n > MAX_TSNE) {
      throw new IllegalArgumentException(
          "t-SNE of all pairs is for %s codes at most, but there are %s; take a part of them"
              .formatted(MAX_TSNE, n));
    }
    double[][] start = principal(codes);
    double deviation = Math.sqrt(Arrays.stream(start[0]).map(v -> v * v).sum() / n);
    RandomStream random = RandomStream.of(seed, "t-SNE");
    for (double[] side : start) {
      for (int i = 0; i < n; i++) {
        // The largest component has a standard deviation of 1e-4, as is usual.
        double share = deviation > 0 ? side[i] / deviation : 0;
        side[i] = 1e-4 * (share + 0.01 * random.nextGaussian());
      }
    }
    double perplexity = Math.max(1, Math.min(PERPLEXITY, (n - 1) / 3.0));
    return new LatentProjection(
        String.format(Locale.ROOT, "t-SNE with perplexity %.3g", perplexity),
        "t-SNE",
        codes,
        n == 1 ? new double[2][1] : Tsne.place(codes, perplexity, start));
  }

  private static double[][] principal(float[][] codes) {
    double[][] places = new double[2][codes.length];
    int components = Math.min(2, Math.min(codes.length - 1, codes[0].length));
    if (components > 0) {
      float[][] projected = Pca.fit(codes, components).encode(codes);
      for (int i = 0; i < codes.length; i++) {
        for (int k = 0; k < components; k++) {
          places[k][i] = projected[i][k];
        }
      }
    }
    return places;
  }

  private static float[][] checked(float[][] codes) {
    if (codes.length == 0) {
      throw new IllegalArgumentException("a projection needs at least one code, but got none");
    }
    for (int i = 0; i < codes.length; i++) {
      if (codes[i].length == 0 || codes[i].length != codes[0].length) {
        throw new IllegalArgumentException(
            "codes must have equally many values and at least one, but code %s has %s and code 0 has %s"
                .formatted(i, codes[i].length, codes[0].length));
      }
      for (float value : codes[i]) {
        Require.finite("a value of code " + i, value);
      }
    }
    return codes;
  }

  /** Of each code's nearest, the share that is among the nearest of its point; their mean. */
  private static double kept(float[][] codes, float[][] points) {
    int n = codes.length;
    int k = Math.min(NEIGHBORS, n - 1);
    if (k == 0) {
      return 1;
    }
    long hits =
        IntStream.range(0, n)
            .parallel()
            .mapToLong(
                i -> {
                  List<Integer> near = nearest(points, i, k);
                  return nearest(codes, i, k).stream().filter(near::contains).count();
                })
            .sum();
    return (double) hits / ((long) n * k);
  }

  private static List<Integer> nearest(float[][] rows, int i, int k) {
    double[] squares = new double[rows.length];
    for (int j = 0; j < rows.length; j++) {
      for (int d = 0; d < rows[i].length; d++) {
        double difference = (double) rows[i][d] - rows[j][d];
        squares[j] += difference * difference;
      }
    }
    return IntStream.range(0, rows.length)
        .filter(j -> j != i)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> squares[j]))
        .limit(k)
        .toList();
  }

  /**
   * Where the codes lie in the plane.
   *
   * @return a new array, {@code float[n][2]}
   */
  public float[][] points() {
    return Arrays.stream(points).map(float[]::clone).toArray(float[][]::new);
  }

  /**
   * Tells how far the picture can be trusted: the mean share of the 10 nearest codes of a code that
   * are among the 10 nearest of its point, too. Of fewer where there are not as many.
   *
   * @return 0 to 1; placing at random gives {@code 10 / (n - 1)} on average
   */
  public double neighborsKept() {
    return kept;
  }

  /**
   * Draws the codes by class, with the share of neighbours kept beneath.
   *
   * @param labels the class of each code, from 0; as many as codes
   * @return a scatter plot that can be changed before it is drawn
   * @throws IllegalArgumentException if the labels are not as many as the codes, or a label lies
   *     outside 0 to 999
   */
  public LatentScatter scatter(int... labels) {
    return said(LatentScatter.of(points, labels));
  }

  /**
   * Draws the codes without classes, with the share of neighbours kept beneath.
   *
   * @return a scatter plot that can be changed before it is drawn
   */
  public LatentScatter scatter() {
    return said(LatentScatter.of(points));
  }

  private LatentScatter said(LatentScatter scatter) {
    int k = Math.min(NEIGHBORS, points.length - 1);
    return scatter
        .axisLabels(axis + " 1", axis + " 2")
        .note(
            k == 0
                ? method + " of one code."
                : String.format(
                    Locale.ROOT,
                    "%s of %,d codes; it keeps %.0f %% of the %d nearest neighbours (at random %.1f"
                        + " %%).",
                    method,
                    points.length,
                    100 * kept,
                    k,
                    100.0 * k / (points.length - 1)));
  }
}
