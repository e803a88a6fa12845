package io.github.autoencoder4j.study;

import static io.github.autoencoder4j.study.Change.HIGHER;
import static io.github.autoencoder4j.study.Change.LOWER;
import static io.github.autoencoder4j.study.Change.UNCLEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void whatPicturesDifferByAmongThemselvesIsNoErrorOfPairs() {
    double[] before = {15, 20, 25, 30, 35};
    double[] after = {15.11, 20.09, 25.10, 30.12, 35.08};

    assertThat(Difference.paired(before, after).change()).isEqualTo(HIGHER);
    assertThat(Difference.paired(after, before).change()).isEqualTo(LOWER);
    assertThat(Difference.independent(before, after).change()).isEqualTo(UNCLEAR);
  }

  @Test
  void standardErrorsAreThoseOfTheTextbook() {
    // Changes 1, 2 and 3: standard deviation 1.
    Difference pairs = Difference.paired(new double[] {0, 0, 0}, new double[] {1, 2, 3});
    assertThat(pairs.standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(pairs.freedom()).isEqualTo(2);
    // t is 3.46, and 4.30 is needed for two degrees of freedom.
    assertThat(pairs.change()).isEqualTo(UNCLEAR);

    Difference apart = Difference.independent(new double[] {1, 2, 3}, new double[] {5, 7, 9, 11});
    assertThat(apart.standardError()).isCloseTo(Math.sqrt(1 / 3.0 + 20 / 3.0 / 4), within(1e-12));
    assertThat(apart.freedom()).isCloseTo(4 / (1 / 18.0 + 25 / 27.0), within(1e-9));
    assertThat(apart.change()).isEqualTo(HIGHER);
  }

  @Test
  void onePictureOfThirtyTwoIsWithinTheError() {
    assertThat(Difference.ofShares(31, 32, 32, 32).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.ofShares(16, 32, 18, 32).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.paired(first(12, 32), first(13, 32)).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.paired(first(12, 32), first(14, 32)).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.paired(first(4, 32), first(16, 32)).change()).isEqualTo(HIGHER);
    // The same shares of so many more pictures are another matter.
    assertThat(Difference.ofShares(3_100, 3_200, 3_200, 3_200).change()).isEqualTo(HIGHER);
  }

  @Test
  void equalMeansShowNothing() {
    double[] values = {1, 2, 3};
    assertThat(Difference.paired(values, values).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.independent(values, values).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.ofShares(0, 10, 0, 10).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.independent(new double[] {1, 1}, new double[] {1, 1}).change())
        .isEqualTo(UNCLEAR);
  }

  @Test
  void oneValueTellsNothingOfChance() {
    assertThat(Difference.paired(new double[] {1}, new double[] {9}).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.independent(new double[] {1}, new double[] {9, 9}).change())
        .isEqualTo(UNCLEAR);
  }

  @Test
  void noneOfTenIsNotCertainty() {
    assertThat(Difference.ofShares(0, 10, 2, 10).change()).isEqualTo(UNCLEAR);
    assertThat(Difference.ofShares(0, 10, 10, 10).change()).isEqualTo(HIGHER);
    assertThat(Difference.ofShares(10, 10, 0, 10).change()).isEqualTo(LOWER);
  }

  @Test
  void alwaysTheSameChangeIsCertain() {
    assertThat(Difference.paired(new double[] {1, 5, 9}, new double[] {2, 6, 10}).change())
        .isEqualTo(HIGHER);
  }

  @Test
  void printedDifferencesAddUp() {
    // 28.196 - 26.624 is 1.572, but what is read is 28.20 and 26.62.
    Difference figure = new Difference(26.624, 28.196, 0.01, 100);
    assertThat(figure.shown(2)).hasToString("1.58");
    assertThat(new Difference(28.196, 26.624, 0.01, 100).shown(2)).hasToString("-1.58");
  }

  @Property
  void printedDifferencesAlwaysAddUp(
      @ForAll @DoubleRange(min = -50, max = 50) double before,
      @ForAll @DoubleRange(min = -50, max = 50) double after,
      @ForAll @IntRange(max = 4) int decimals) {
    String format = "%." + decimals + "f";
    Difference difference = new Difference(before, after, 0.1, 10);
    assertThat(
            new java.math.BigDecimal(say(format, before)).add(difference.shown(decimals)))
        .isEqualByComparingTo(say(format, after));
    assertThat(difference.shown(decimals).signum() * Math.signum(after - before))
        .isGreaterThanOrEqualTo(0);
  }

  @Test
  void nothingIsSaidOfWhatPrintDoesNotShow() {
    Difference tiny = new Difference(24.3101, 24.3103, 1e-6, 100);
    assertThat(tiny.change()).isEqualTo(HIGHER);
    assertThat(tiny.change(2)).isEqualTo(UNCLEAR);
    assertThat(new Difference(24.304, 24.306, 1, 100).change(2)).isEqualTo(UNCLEAR);
  }

  /** Without any difference, one draw in twenty is called one. */
  @Test
  void isWrongAboutChanceAsOftenAsItSays() {
    RandomStream random = RandomStream.of(1, "chance");
    int pairs = 0;
    int apart = 0;
    int shares = 0;
    for (int i = 0; i < 4_000; i++) {
      double[] one = random.doubles(6).map(x -> random.nextGaussian()).toArray();
      double[] other = random.doubles(6).map(x -> random.nextGaussian()).toArray();
      pairs += Difference.paired(one, other).change() == UNCLEAR ? 0 : 1;
      apart += Difference.independent(one, other).change() == UNCLEAR ? 0 : 1;
      shares +=
          Difference.ofShares(hits(random, 40), 40, hits(random, 40), 40).change() == UNCLEAR
              ? 0
              : 1;
    }
    assertThat(pairs / 4_000.0).isCloseTo(0.05, within(0.015));
    assertThat(apart / 4_000.0).isCloseTo(0.05, within(0.015));
    assertThat(shares / 4_000.0).isCloseTo(0.05, within(0.02));
  }

  private static int hits(RandomStream random, int of) {
    return (int) IntStream.range(0, of).filter(i -> random.nextDouble() < 0.3).count();
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Difference.paired(new double[2], new double[3]))
        .withMessageContaining("2 and 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Difference.paired(new boolean[0], new boolean[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Difference.independent(new double[0], new double[3]));
    assertThatIllegalArgumentException().isThrownBy(() -> Difference.ofShares(3, 2, 1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> Difference.ofShares(0, 0, 1, 2));
  }

  private static String say(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static boolean[] first(int count, int of) {
    boolean[] flags = new boolean[of];
    Arrays.fill(flags, 0, count, true);
    return flags;
  }
}
