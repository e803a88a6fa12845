package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class UsageTest {

  @Example
  void unitsThatAreNeverInUseAreDead() {
    CodeUsage usage = new CodeUsage();
    usage.add(new float[] {1, 0, -2, 0});
    usage.add(new float[] {3, 0, 0, 0});
    assertThat(usage.codes()).isEqualTo(2);
    assertThat(usage.units()).isEqualTo(4);
    assertThat(usage.deadUnits()).isEqualTo(2);
    assertThat(usage.activeShares()).containsExactly(1, 0, 0.5, 0);
    assertThat(usage.activeShare()).isCloseTo(1.5 / 4, offset(1e-12));
    assertThat(usage.meanActivities()).containsExactly(2, 0, 1, 0);
  }

  @Example
  void aThresholdSaysWhatIsInUse() {
    CodeUsage usage = new CodeUsage(0.1);
    usage.add(new float[] {0.1f - 1e-6f, 0.2f, -0.3f});
    assertThat(usage.activeShares()).containsExactly(0, 1, 1);
  }

  @Example
  void entriesUsedAlikeHaveAPerplexityOfTheirNumber() {
    CodebookUsage usage = new CodebookUsage(8);
    usage.add(new int[] {0, 1, 2, 3});
    usage.add(new int[] {3, 2, 1, 0});
    assertThat(usage.used()).isEqualTo(4);
    assertThat(usage.usedShare()).isEqualTo(0.5);
    assertThat(usage.bits()).isCloseTo(2, offset(1e-12));
    assertThat(usage.perplexity()).isCloseTo(4, offset(1e-12));
    assertThat(usage.counts()).containsExactly(2, 2, 2, 2, 0, 0, 0, 0);
  }

  /** By hand: shares 1/2, 1/4, 1/4 are 1.5 bits. */
  @Example
  void rareEntriesCountLess() {
    CodebookUsage usage = new CodebookUsage(3);
    usage.add(new int[] {0, 0, 1, 2});
    assertThat(usage.bits()).isCloseTo(1.5, offset(1e-12));
    assertThat(usage.perplexity()).isCloseTo(Math.pow(2, 1.5), offset(1e-12));
  }

  @Property(tries = 100)
  void perplexityLiesBetweenOneAndWhatIsUsed(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 0, max = 9) Integer> indices) {
    CodebookUsage usage = new CodebookUsage(10);
    usage.add(indices.stream().mapToInt(Integer::intValue).toArray());
    assertThat(usage.perplexity()).isBetween(1.0, usage.used() + 1e-9);
    assertThat(usage.bits()).isGreaterThanOrEqualTo(0);
  }

  @Example
  void refusesWhatCannotBeCounted() {
    CodeUsage usage = new CodeUsage();
    assertThatIllegalStateException()
        .isThrownBy(usage::deadUnits)
        .withMessageContaining("no codes were added");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usage.add(new float[0]))
        .withMessageContaining("at least 1 value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usage.add(new float[] {Float.NaN}))
        .withMessageContaining("NaN");
    usage.add(new float[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> usage.add(new float[3]))
        .withMessageContainingAll("2 values", "has 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodeUsage(-1))
        .withMessageContainingAll("threshold", "-1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CodebookUsage(0))
        .withMessageContaining("given 0");
    CodebookUsage entries = new CodebookUsage(3);
    assertThatIllegalStateException()
        .isThrownBy(entries::perplexity)
        .withMessageContaining("no indices were added");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> entries.add(new int[] {1, 3}))
        .withMessageContainingAll("0 to 2", "one is 3");
    assertThat(entries.used()).isZero();
  }
}
