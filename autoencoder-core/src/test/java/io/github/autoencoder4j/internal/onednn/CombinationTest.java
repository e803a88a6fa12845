package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CombinationTest {

  /** One array a place, so many values each. */
  private static float[][] arrays(Random random, int places, int n) {
    float[][] arrays = new float[places][n];
    for (float[] array : arrays) {
      for (int i = 0; i < n; i++) {
        array[i] = random.nextFloat() - 0.5f;
      }
    }
    return arrays;
  }

  private static float[][] apply(Combination combination, float[][] in, int n) {
    float[][] out = new float[combination.outputs()][n];
    combination.apply(in, new float[Filter.SAME.points()][n], out, n);
    return out;
  }

  /** {@code A^T [(G g G^T) (B^T d B)] A}, the middle value by value. */
  @Property
  void tilesOfFourByFourAreConvolved(
      @ForAll("filters") Filter filter,
      @ForAll @IntRange(min = 1, max = 70) int n,
      @ForAll long seed) {
    Random random = new Random(seed);
    int taps = filter.taps();
    int seen = WinogradTiles.SIDE + taps - 1;
    float[][] data = arrays(random, seen * seen, n);
    float[][] weights = arrays(random, taps * taps, n);
    float[][] points = apply(filter.data(), data, n);
    float[][] factors = apply(filter.weights(), weights, n);
    assertThat(points).hasNumberOfRows(filter.points());
    for (int place = 0; place < points.length; place++) {
      for (int i = 0; i < n; i++) {
        points[place][i] *= factors[place][i];
      }
    }

    float[][] out = apply(filter.output(), points, n);

    assertThat(out).hasNumberOfRows(WinogradTiles.SIDE * WinogradTiles.SIDE);
    for (int place = 0; place < out.length; place++) {
      for (int i = 0; i < n; i++) {
        double sum = 0;
        for (int tap = 0; tap < weights.length; tap++) {
          int y = place / WinogradTiles.SIDE + tap / taps;
          int x = place % WinogradTiles.SIDE + tap % taps;
          sum += (double) weights[tap][i] * data[y * seen + x][i];
        }
        assertThat((double) out[place][i]).isCloseTo(sum, within(2e-5));
      }
    }
  }

  /** A gradient goes back by the transposed matrix: {@code <T x, y> = <x, T^t y>}. */
  @Property
  void transposedIsTheWayBack(
      @ForAll("all") Combination combination,
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[][] x = arrays(random, combination.inputs(), n);
    float[][] y = arrays(random, combination.outputs(), n);
    Combination back = combination.transposed();
    assertThat(back.inputs()).isEqualTo(combination.outputs());
    assertThat(back.outputs()).isEqualTo(combination.inputs());

    double forth = product(apply(combination, x, n), y);
    double backwards = product(x, apply(back, y, n));

    assertThat(backwards).isCloseTo(forth, within(1e-3));
  }

  @Provide
  Arbitrary<Combination> all() {
    return filters()
        .flatMap(
            filter ->
                Arbitraries.of(
                    filter.data(),
                    filter.weights(),
                    filter.output(),
                    filter.dataGradient(),
                    filter.weightGradient(),
                    filter.outputGradient()));
  }

  @Provide
  Arbitrary<Filter> filters() {
    return Arbitraries.of(Filter.SAME, Filter.HALF);
  }

  private static double product(float[][] a, float[][] b) {
    double sum = 0;
    for (int place = 0; place < a.length; place++) {
      for (int i = 0; i < a[place].length; i++) {
        sum += (double) a[place][i] * b[place][i];
      }
    }
    return sum;
  }
}
