package io.github.autoencoder4j.internal.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The screen in single precision against all distances in double precision. */
class NeighborSearchTest {

  /** How rows are spread, where single precision is at its worst. */
  enum Spread {
    PLAIN,
    FAR_FROM_ZERO,
    FAR_OUTLIERS,
    VANISHING,
    OVERFLOWING,
    NEARLY_EQUAL,
    EQUAL;

    float value(RandomStream random) {
      float noise = (float) random.nextGaussian();
      return switch (this) {
        case PLAIN -> noise;
        case FAR_FROM_ZERO -> 5000 + noise;
        case FAR_OUTLIERS -> random.nextInt(50) == 0 ? 1e7f * noise : noise;
        case VANISHING -> 1e-38f * noise;
        case OVERFLOWING -> 1e37f * noise;
        case NEARLY_EQUAL -> 1 + 1e-7f * random.nextInt(4);
        case EQUAL -> 0.25f;
      };
    }
  }

  @Property(tries = 150)
  void findsWhatAllDistancesFind(
      @ForAll Spread ofPoints,
      @ForAll Spread ofQueries,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 2500) int size,
      @ForAll @IntRange(min = 1, max = 40) int dimensions,
      @ForAll @IntRange(min = 1, max = 40) int count,
      @ForAll @IntRange(min = 1, max = 8) int neighbors) {
    RandomStream random = RandomStream.of(seed, "points");
    float[][] points = draw(random, ofPoints, size, dimensions);
    float[][] queries = draw(random, ofQueries, count, dimensions);
    int k = Math.min(neighbors, size);
    assertNearest(NeighborSearch.of(points).nearest(queries, k), points, queries, k);
  }

  /** More points than are in memory at once, more queries than a thread takes at once, twice. */
  @Example
  void manyPointsAndQueriesAreSearchedPartByPart() {
    RandomStream random = RandomStream.of(1, "many");
    float[][] points = draw(random, Spread.PLAIN, 9000, 3);
    float[][] queries = draw(random, Spread.PLAIN, 300, 3);
    NeighborSearch search = NeighborSearch.of(points);
    for (int turn = 0; turn < 2; turn++) {
      assertNearest(search.nearest(queries, 5), points, queries, 5);
    }
  }

  /** Callers at the same time, each with its own queries. */
  @Example
  void callersDoNotMeet() {
    RandomStream random = RandomStream.of(2, "callers");
    float[][] points = draw(random, Spread.PLAIN, 2000, 5);
    NeighborSearch search = NeighborSearch.of(points);
    float[][][] queries = new float[4][][];
    Arrays.setAll(queries, i -> draw(random, Spread.PLAIN, 200, 5));
    Arrays.stream(queries)
        .parallel()
        .forEach(own -> assertNearest(search.nearest(own, 3), points, own, 3));
  }

  private static void assertNearest(
      NeighborSearch.Neighbors[] found, float[][] points, float[][] queries, int k) {
    for (int q = 0; q < queries.length; q++) {
      float[] query = queries[q];
      double[] distances =
          IntStream.range(0, points.length)
              .mapToDouble(i -> NeighborSearch.square(query, points[i]))
              .toArray();
      int[] nearest =
          IntStream.range(0, points.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> distances[i]))
              .limit(k)
              .mapToInt(i -> i)
              .toArray();
      assertThat(found[q].indices).as("of query %s", q).isEqualTo(nearest);
      assertThat(found[q].squaredDistances)
          .isEqualTo(IntStream.of(nearest).mapToDouble(i -> distances[i]).toArray());
    }
  }

  private static float[][] draw(RandomStream random, Spread spread, int n, int dimensions) {
    float[][] rows = new float[n][dimensions];
    for (float[] row : rows) {
      for (int i = 0; i < dimensions; i++) {
        row[i] = spread.value(random);
      }
    }
    return rows;
  }
}
