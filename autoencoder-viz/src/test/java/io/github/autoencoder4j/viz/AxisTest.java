package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxisTest {

  private static List<String> texts(Axis axis) {
    return axis.ticks().stream().map(Axis.Tick::text).toList();
  }

  @Property
  void evenTicksLieInRangeInOrderAndReadDifferently(
      @ForAll @DoubleRange(min = -9.9, max = 9.9) double leading,
      @ForAll @IntRange(min = -12, max = 18) int magnitude,
      @ForAll @DoubleRange(min = -8, max = 7) double exponent) {
    double min = leading * Math.pow(10, magnitude);
    double length = Math.pow(10, magnitude + exponent);
    checkTicks(Axis.linear("", min, min + length, false), 1e-6 * length);
  }

  @Property
  void logarithmicTicksLieInRangeInOrderAndReadDifferently(
      @ForAll @IntRange(min = -6, max = 4) int exponent,
      @ForAll @DoubleRange(min = 1, max = 9.9) double digits,
      @ForAll @DoubleRange(min = 1.05, max = 1e6) double factor) {
    double min = digits * Math.pow(10, exponent);
    checkTicks(Axis.logarithmic("", min, min * factor), 1e-6 * min);
  }

  private static void checkTicks(Axis axis, double tolerance) {
    List<Double> values = axis.ticks().stream().map(Axis.Tick::value).toList();
    assertThat(values).hasSizeBetween(2, 10).isSorted();
    assertThat(values.get(0)).isGreaterThanOrEqualTo(axis.min() - tolerance);
    assertThat(values.get(values.size() - 1)).isLessThanOrEqualTo(axis.max() + tolerance * 1e6);
    assertThat(new HashSet<>(texts(axis))).hasSameSizeAs(values);
  }

  @Property
  void positionsGoFromZeroToOne(@ForAll @DoubleRange(min = 0, max = 1) double share) {
    Axis linear = Axis.linear("", -3, 7, false);
    assertThat(linear.position(-3 + share * 10)).isCloseTo(share, within(1e-12));
    Axis log = Axis.logarithmic("", 0.01, 100);
    assertThat(log.position(0.01 * Math.pow(1e4, share))).isCloseTo(share, within(1e-12));
  }

  @Test
  void writesAsManyDecimalsAsTheStepNeeds() {
    assertThat(texts(Axis.linear("", 0, 1, false)))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(texts(Axis.linear("", -1, 1, false)))
        .containsExactly("\u22121.0", "\u22120.5", "0.0", "0.5", "1.0");
    assertThat(texts(Axis.linear("", 0, 12_000, false))).contains("2,000", "12,000");
    assertThat(texts(Axis.linear("", 0, 6e6, false))).contains("2e6");
  }

  @Test
  void writesAsManyDigitsAsTheStepNeeds() {
    assertThat(texts(Axis.linear("", 1e6, 1.001e6, false)))
        .containsExactly(
            "1,000,000", "1,000,200", "1,000,400", "1,000,600", "1,000,800", "1,001,000");
    assertThat(texts(Axis.linear("", 4e-4, 4.001e-4, false))).contains("0.00040002");
    assertThat(texts(Axis.linear("", 1e18, 1.0001e18, false))).contains("1e18", "1.00002e18");
  }

  @Test
  void countsEpochsInWholeNumbers() {
    assertThat(texts(Axis.linear("", 0.96, 3.04, true))).containsExactly("1", "2", "3");
    assertThat(texts(Axis.linear("", 1, 1, true))).containsExactly("1");
  }

  @Test
  void choosesTheTicksOfALogarithmicAxisByItsLength() {
    assertThat(texts(Axis.logarithmic("", 0.001, 10)))
        .containsExactly("0.001", "0.01", "0.1", "1", "10");
    assertThat(texts(Axis.logarithmic("", 0.002, 1.5))).containsExactly("0.01", "0.1", "1");
    assertThat(texts(Axis.logarithmic("", 0.1, 1))).containsExactly("0.1", "0.2", "0.5", "1");
    assertThat(texts(Axis.logarithmic("", 0.16, 0.26)))
        .containsExactly("0.16", "0.18", "0.20", "0.22", "0.24", "0.26");
  }

  @Test
  void widensARangeOfOneValue() {
    for (double value : new double[] {-2, 0, 0.25, 1e6}) {
      Axis axis = Axis.linear("", value, value, false);
      assertThat(axis.min()).isLessThan(value);
      assertThat(axis.max()).isGreaterThan(value);
      assertThat(axis.position(value)).isCloseTo(0.5, within(1e-6));
    }
    assertThat(Axis.logarithmic("", 5, 5).position(5)).isCloseTo(0.5, within(1e-9));
  }

  @Property
  void takesValuesThatAreEqualButForRoundingAsOne(
      @ForAll @DoubleRange(min = -1e9, max = 1e9) double value,
      @ForAll @IntRange(min = 0, max = 4) int ulps) {
    double above = value + ulps * Math.ulp(value);
    for (boolean whole : new boolean[] {false, true}) {
      Axis axis = Axis.linear("", value, above, whole);
      assertThat(axis.ticks()).hasSizeBetween(1, 10);
      assertThat(axis.position(above)).isCloseTo(0.5, within(1e-6));
    }
    if (value > 0) {
      Axis axis = Axis.logarithmic("", value, above);
      assertThat(axis.ticks()).hasSizeBetween(2, 10);
      assertThat(axis.position(above)).isCloseTo(0.5, within(1e-6));
    }
  }

  @Test
  void findsTicksAndPlacesInTheLargestRanges() {
    double largest = Double.MAX_VALUE;
    double infinite = Double.POSITIVE_INFINITY;
    List<Axis> axes =
        List.of(
            Axis.linear("", -1e308, 1e308, false),
            Axis.linear("", -largest, largest, true),
            Axis.linear("", -infinite, infinite, false),
            Axis.linear("", largest, largest, false),
            Axis.linear("", 0, Double.MIN_VALUE, false),
            Axis.logarithmic("", 1e-200, 1e200),
            Axis.logarithmic("", 0, infinite),
            Axis.logarithmic("", largest, largest),
            Axis.logarithmic("", Double.MIN_VALUE, Double.MIN_VALUE));
    for (Axis axis : axes) {
      assertThat(axis.ticks()).hasSizeBetween(1, 10);
      assertThat(axis.position(axis.min())).isZero();
      assertThat(axis.position(axis.max())).isEqualTo(1);
      for (Axis.Tick tick : axis.ticks()) {
        assertThat(axis.position(tick.value())).isBetween(-1e-9, 1 + 1e-9);
      }
    }
  }

  @Test
  void putsCategoriesInTheMiddleOfTheirPlaces() {
    Axis axis = Axis.categories("", List.of("a", "b"));
    assertThat(axis.ticks()).containsExactly(new Axis.Tick(0.5, "a"), new Axis.Tick(1.5, "b"));
    assertThat(axis.reversed().ticks())
        .containsExactly(new Axis.Tick(1.5, "a"), new Axis.Tick(0.5, "b"));
  }

  @Test
  void writesFiguresCompactly() {
    assertThat(Numbers.compact(0.2625)).isEqualTo("0.2625");
    assertThat(Numbers.compact(0.26254)).isEqualTo("0.2625");
    assertThat(Numbers.compact(12)).isEqualTo("12");
    assertThat(Numbers.compact(0)).isEqualTo("0");
    assertThat(Numbers.compact(-0.5)).isEqualTo("\u22120.5");
    assertThat(Numbers.compact(123456)).isEqualTo("123500");
    assertThat(Numbers.compact(1e-5)).isEqualTo("1e\u22125");
    assertThat(Numbers.compact(2.5e6)).isEqualTo("2.5e6");
  }
}
