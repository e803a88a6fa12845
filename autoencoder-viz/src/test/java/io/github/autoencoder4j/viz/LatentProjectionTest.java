package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatentProjectionTest {

  /** Clusters around corners of a cube, far apart for their width of 1. */
  private static float[][] clusters(int count, int each, int size, double apart, long seed) {
    Random random = new Random(seed);
    float[][] codes = new float[count * each][size];
    for (int i = 0; i < codes.length; i++) {
      for (int d = 0; d < size; d++) {
        double middle = d == i % count ? apart : 0;
        codes[i][d] = (float) (middle + random.nextGaussian());
      }
    }
    return codes;
  }

  private static double distance(float[] a, float[] b) {
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  }

  @Property(tries = 6)
  void clustersThatAreFarApartStayApart(
      @ForAll @IntRange(min = 2, max = 5) int count, @ForAll @IntRange(max = 1_000) int seed) {
    float[][] points = LatentProjection.tsne(clusters(count, 40, 8, 40, seed), seed).points();

    // Every point is nearer to all of its own than to any of another cluster's middle.
    for (int i = 0; i < points.length; i++) {
      double farthestOwn = 0;
      double nearestOther = Double.POSITIVE_INFINITY;
      for (int j = 0; j < points.length; j++) {
        double between = distance(points[i], points[j]);
        if (i % count == j % count) {
          farthestOwn = Math.max(farthestOwn, between);
        } else {
          nearestOther = Math.min(nearestOther, between);
        }
      }
      assertThat(nearestOther).as("point %s", i).isGreaterThan(farthestOwn / 2);
    }
    // A nearest neighbour is always of the own cluster.
    for (int i = 0; i < points.length; i++) {
      int nearest = -1;
      for (int j = 0; j < points.length; j++) {
        if (j != i
            && (nearest < 0
                || distance(points[i], points[j]) < distance(points[i], points[nearest]))) {
          nearest = j;
        }
      }
      assertThat(nearest % count).isEqualTo(i % count);
    }
  }

  @Property(tries = 6)
  void keepsMoreNeighborsThanARandomPlacing(
      @ForAll @IntRange(min = 3, max = 20) int size, @ForAll @IntRange(max = 1_000) int seed) {
    float[][] codes = clusters(1, 150, size, 0, seed);
    double atRandom = 10.0 / 149;

    assertThat(LatentProjection.tsne(codes, seed).neighborsKept()).isGreaterThan(2 * atRandom);
    assertThat(LatentProjection.pca(codes).neighborsKept()).isGreaterThan(atRandom);
  }

  @Test
  void keepsAllNeighborsWhereCodesLieInAPlane() {
    float[][] codes = new float[100][5];
    Random random = new Random(1);
    for (float[] code : codes) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      for (int d = 0; d < 5; d++) {
        code[d] = (float) (a * Math.cos(d) + b * Math.sin(d));
      }
    }

    assertThat(LatentProjection.pca(codes).neighborsKept()).isGreaterThan(0.99);
    assertThat(LatentProjection.tsne(codes, 1).neighborsKept()).isGreaterThan(0.7);
  }

  @Test
  void theSameSeedGivesTheSamePlacesOnAnyNumberOfThreads() throws Exception {
    float[][] codes = clusters(3, 50, 6, 3, 7);
    float[][] points = LatentProjection.tsne(codes, 5).points();
    ForkJoinPool one = new ForkJoinPool(1);
    try {
      float[][] again = one.submit(() -> LatentProjection.tsne(codes, 5).points()).get();
      assertThat(again).isDeepEqualTo(points);
    } finally {
      one.shutdown();
    }
    assertThat(LatentProjection.tsne(codes, 6).points()).isNotEqualTo(points);
  }

  @Test
  void affinitiesHaveThePerplexityAskedForAndSumToOne() {
    float[][] codes = clusters(2, 60, 4, 5, 3);
    float[][] likely = Tsne.affinities(codes, 30);
    double sum = 0;
    for (int i = 0; i < likely.length; i++) {
      assertThat(likely[i][i]).isZero();
      for (int j = 0; j < likely.length; j++) {
        assertThat(likely[i][j]).isEqualTo(likely[j][i]);
        sum += likely[i][j];
      }
    }
    assertThat(sum).isCloseTo(1, within(1e-4));

    // Codes on a ring all look alike, so each row is a distribution of the perplexity itself.
    float[][] ring = new float[90][];
    for (int i = 0; i < 90; i++) {
      ring[i] =
          new float[] {
            (float) Math.cos(2 * Math.PI * i / 90), (float) Math.sin(2 * Math.PI * i / 90)
          };
    }
    for (float[] row : Tsne.affinities(ring, 20)) {
      double entropy = 0;
      for (float p : row) {
        double share = 90.0 * p;
        entropy -= share > 0 ? share * Math.log(share) : 0;
      }
      assertThat(Math.exp(entropy)).isCloseTo(20, within(0.01));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void placesFewCodesToo(int n) {
    for (int size : new int[] {1, 2, 30}) {
      float[][] codes = clusters(1, n, size, 0, n);
      for (LatentProjection plane :
          new LatentProjection[] {LatentProjection.pca(codes), LatentProjection.tsne(codes, 1)}) {
        assertThat(plane.points()).hasDimensions(n, 2);
        for (float[] point : plane.points()) {
          assertThat(Float.isFinite(point[0]) && Float.isFinite(point[1])).isTrue();
        }
        assertThat(plane.neighborsKept()).isBetween(0.0, 1.0);
        assertThat(plane.scatter(new int[n]).draw().width()).isPositive();
      }
    }
  }

  @Test
  void placesEqualCodesAndThoseOfAnySize() {
    float[][] equal = new float[50][4];
    for (float[] point : LatentProjection.tsne(equal, 1).points()) {
      assertThat(Float.isFinite(point[0]) && Float.isFinite(point[1])).isTrue();
    }
    float[][] large = clusters(2, 20, 4, 10, 1);
    for (float scale : new float[] {1e-12f, 1e12f}) {
      float[][] scaled = new float[large.length][];
      for (int i = 0; i < large.length; i++) {
        scaled[i] = large[i].clone();
        for (int d = 0; d < 4; d++) {
          scaled[i][d] *= scale;
        }
      }
      assertThat(LatentProjection.tsne(scaled, 1).neighborsKept()).isGreaterThan(0.5);
    }
  }

  @Test
  void principalComponentsKeepDistancesThatAreThere() {
    float[][] codes = {{0, 0, 5}, {3, 0, 5}, {3, 1, 5}, {0, 1, 5}};
    float[][] points = LatentProjection.pca(codes).points();

    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(distance(points[i], points[j]))
            .isCloseTo(
                Math.hypot(codes[i][0] - codes[j][0], codes[i][1] - codes[j][1]), within(1e-5));
      }
    }
  }

  @Test
  void saysBeneathThePictureHowManyNeighborsAreKept() {
    float[][] codes = clusters(3, 30, 5, 8, 2);
    LatentProjection plane = LatentProjection.tsne(codes, 1);
    Picture picture = plane.scatter().draw();
    Picture same =
        LatentScatter.of(plane.points())
            .axisLabels("t-SNE 1", "t-SNE 2")
            .note(
                "t-SNE with perplexity 29.7 of 90 codes; it keeps %s %% of the 10 nearest neighbours (at random 11.2 %%)."
                    .formatted(Math.round(100 * plane.neighborsKept())))
            .draw();
    Picture bare = LatentScatter.of(plane.points()).axisLabels("t-SNE 1", "t-SNE 2").draw();

    assertThat(AnimationTest.pixels(picture.toImage()))
        .isEqualTo(AnimationTest.pixels(same.toImage()));
    assertThat(picture.height()).isGreaterThan(bare.height());
  }

  @Test
  void refusesWhatCannotBeProjected() {
    assertThatThrownBy(() -> LatentProjection.pca(new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a projection needs at least one code, but got none");
    assertThatThrownBy(() -> LatentProjection.tsne(new float[][] {{1, 2}, {1}}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("but code 1 has 1 and code 0 has 2");
    assertThatThrownBy(() -> LatentProjection.tsne(new float[][] {{1, Float.NaN}}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a value of code 0 must be a finite number, but was NaN");
    assertThatThrownBy(() -> LatentProjection.tsne(new float[5_001][3], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "t-SNE of all pairs is for 5000 codes at most, but there are 5001; take a part of"
                + " them");
    float[][] two = {{1, 2}, {3, 4}};
    assertThatThrownBy(() -> LatentProjection.pca(two).scatter(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("1 labels for 2 codes");
    assertThat(Arrays.deepToString(LatentProjection.pca(two).points())).doesNotContain("NaN");
  }
}
