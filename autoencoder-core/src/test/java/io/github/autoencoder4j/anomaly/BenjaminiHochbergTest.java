package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {

  @Test
  void picksWhatThePaperPicks() {
    // The 15 p-values of section 3.2 of Benjamini and Hochberg (1995): four are rejected at 0.05.
    double[] p = {
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
      0.5719, 0.6528, 0.7590, 1.000
    };
    boolean[] expected = new boolean[15];
    Arrays.fill(expected, 0, 4, true);
    assertThat(BenjaminiHochberg.reject(p, 0.05)).isEqualTo(expected);
  }

  @Test
  void stepsUpOverLargerOnesThatFailAlone() {
    // 0.04 > 0.05 / 3 and 0.045 > 0.1 / 3, but the third is low enough for all.
    assertThat(BenjaminiHochberg.reject(new double[] {0.045, 0.04, 0.05}, 0.05))
        .containsExactly(true, true, true);
    assertThat(BenjaminiHochberg.reject(new double[] {0.9, 0.5}, 0.05))
        .containsExactly(false, false);
    assertThat(BenjaminiHochberg.reject(new double[0], 0.05)).isEmpty();
  }

  @Property(tries = 300)
  void equalsItsDefinition(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30) int m,
      @ForAll @DoubleRange(min = 0.01, max = 0.9) double q) {
    RandomStream random = RandomStream.of(seed, "p-values");
    double[] p = random.doubles(m).map(u -> Math.round(u * u * 50) / 50.0).toArray();
    boolean[] picked = BenjaminiHochberg.reject(p, q);
    // The largest set {p <= t} with m t <= q times its size.
    double threshold = -1;
    for (double t : p) {
      long size = Arrays.stream(p).filter(v -> v <= t).count();
      threshold = t <= size * q / m ? Math.max(threshold, t) : threshold;
    }
    for (int i = 0; i < m; i++) {
      assertThat(picked[i]).isEqualTo(p[i] <= threshold);
    }
  }

  @Property(tries = 6)
  void keepsTheFalseDiscoveryRateForConformalPValues(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 40) int anomalies) {
    RandomStream random = RandomStream.of(seed, "batches");
    int batches = 400;
    int size = 100;
    double q = 0.2;
    double falseShare = 0;
    double squares = 0;
    double power = 0;
    for (int batch = 0; batch < batches; batch++) {
      double[] held = new double[999];
      Arrays.setAll(held, i -> random.nextGaussian());
      double[] fresh = new double[size];
      Arrays.setAll(fresh, i -> random.nextGaussian() + (i < anomalies ? 3.5 : 0));
      boolean[] picked = BenjaminiHochberg.reject(ConformalCalibration.of(held).pValues(fresh), q);
      int right = 0;
      int wrong = 0;
      for (int i = 0; i < size; i++) {
        right += picked[i] && i < anomalies ? 1 : 0;
        wrong += picked[i] && i >= anomalies ? 1 : 0;
      }
      double share = wrong / Math.max(1.0, right + wrong);
      falseShare += share / batches;
      squares += share * share / batches;
      power += (double) right / anomalies / batches;
    }
    double error = Math.sqrt((squares - falseShare * falseShare) / batches);
    // The bound is q times the share of normal rows, reached but for the steps of the p-values.
    double bound = q * (size - anomalies) / size;
    assertThat(falseShare).isBetween(bound - 0.05 - 4.5 * error, bound + 4.5 * error);
    assertThat(power).isGreaterThan(0.5);
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> BenjaminiHochberg.reject(new double[] {0.5}, 1))
        .hasMessage("the false discovery rate must lie between 0 and 1, but was 1.0");
    assertThatThrownBy(() -> BenjaminiHochberg.reject(new double[] {0.5, 1.5}, 0.1))
        .hasMessage("p-values must lie in [0, 1], but number 1 is 1.5");
    assertThatThrownBy(() -> BenjaminiHochberg.reject(new double[] {Double.NaN}, 0.1))
        .hasMessage("p-values must lie in [0, 1], but number 0 is NaN");
  }
}
