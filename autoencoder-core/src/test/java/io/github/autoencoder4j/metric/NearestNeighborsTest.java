package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.internal.numerics.NeighborSearch;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Comparator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NearestNeighborsTest {

  @Property(tries = 60)
  void searchEqualsSortingAllDistances(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 600) int points,
      @ForAll @IntRange(min = 1, max = 150) int dimensions,
      @ForAll @IntRange(min = 1, max = 12) int k) {
    int neighbors = Math.min(k, points);
    RandomStream random = RandomStream.of(seed, "codes");
    // Whole numbers make equal distances common.
    float[][] codes = draw(random, points, dimensions);
    float[][] queries = draw(random, 70, dimensions);
    NeighborSearch.Neighbors[] found = NeighborSearch.of(codes).nearest(queries, neighbors);
    for (int q = 0; q < queries.length; q++) {
      int[] expected = naive(codes, queries[q], neighbors);
      assertThat(found[q].indices).isEqualTo(expected);
      assertThat(found[q].squaredDistances[0]).isEqualTo(square(codes[expected[0]], queries[q]));
    }
  }

  @Test
  void majorityWins() {
    float[][] codes = {{0}, {1}, {1.1f}, {9}};
    NearestNeighbors neighbors = NearestNeighbors.of(codes, new int[] {5, 7, 7, 5});
    assertThat(neighbors.size()).isEqualTo(4);
    assertThat(neighbors.classify(new float[][] {{0.2f}}, 1)).containsExactly(5);
    assertThat(neighbors.classify(new float[][] {{0.2f}}, 3)).containsExactly(7);
    assertThat(neighbors.accuracy(new float[][] {{0.2f}, {9}}, new int[] {7, 7}, 3)).isEqualTo(1);
  }

  @Test
  void aTieGoesToTheClassWithTheNearestMember() {
    float[][] codes = {{3}, {2}, {1}, {4}};
    NearestNeighbors neighbors = NearestNeighbors.of(codes, new int[] {0, 0, 1, 1});
    assertThat(neighbors.classify(new float[][] {{0}}, 4)).containsExactly(1);
    assertThat(neighbors.classify(new float[][] {{9}}, 4)).containsExactly(1);
    assertThat(neighbors.classify(new float[][] {{2.2f}}, 4)).containsExactly(0);
  }

  @Test
  void oneSearchGivesBothAccuracies() {
    RandomStream random = RandomStream.of(1, "codes");
    float[][] codes = draw(random, 300, 2);
    int[] labels = IntStream.range(0, 300).map(i -> codes[i][0] > codes[i][1] ? 1 : 0).toArray();
    float[][] queries = draw(random, 100, 2);
    int[] expected =
        IntStream.range(0, 100).map(i -> queries[i][0] > queries[i][1] ? 1 : 0).toArray();
    NearestNeighbors neighbors = NearestNeighbors.of(codes, labels);
    NearestNeighborAccuracy both = neighbors.accuracy(queries, expected);
    assertThat(both.k1()).isEqualTo(neighbors.accuracy(queries, expected, 1)).isGreaterThan(0.8);
    assertThat(both.k10()).isEqualTo(neighbors.accuracy(queries, expected, 10)).isGreaterThan(0.7);
  }

  @Test
  void rejectsWhatItCannotCompare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbors.of(new float[2][1], new int[1]))
        .withMessageContaining("2 codes and 1 labels");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbors.of(new float[0][], new int[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbors.of(new float[][] {{1}, {1, 2}}, new int[2]))
        .withMessageContaining("code 1 has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NearestNeighbors.of(new float[][] {{Float.NaN}}, new int[1]))
        .withMessageContaining("NaN");
    NearestNeighbors neighbors = NearestNeighbors.of(new float[3][2], new int[3]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> neighbors.classify(new float[1][2], 4))
        .withMessageContaining("1 to 3");
    assertThatIllegalArgumentException().isThrownBy(() -> neighbors.classify(new float[1][2], 0));
    assertThatIllegalArgumentException().isThrownBy(() -> neighbors.classify(new float[1][3], 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> neighbors.accuracy(new float[1][2], new int[1]))
        .withMessageContaining("10");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> neighbors.accuracy(new float[1][2], new int[2], 1))
        .withMessageContaining("1 codes and 2 labels");
    NearestNeighbors enough = NearestNeighbors.of(new float[10][2], new int[10]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> enough.accuracy(new float[1][2], new int[2]))
        .withMessageContaining("1 codes and 2 labels");
  }

  private static float[][] draw(RandomStream random, int n, int dimensions) {
    float[][] codes = new float[n][dimensions];
    for (float[] code : codes) {
      for (int i = 0; i < dimensions; i++) {
        code[i] = random.nextInt(6);
      }
    }
    return codes;
  }

  private static int[] naive(float[][] codes, float[] query, int k) {
    return IntStream.range(0, codes.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> square(codes[i], query)))
        .limit(k)
        .mapToInt(i -> i)
        .toArray();
  }

  private static double square(float[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = (double) y[i] - x[i];
      sum += difference * difference;
    }
    return sum;
  }
}
