package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.internal.onednn.MemoryPlan.Need;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MemoryPlanTest {

  private static final int STEPS = 30;

  @Provide
  Arbitrary<List<Need>> needs() {
    Arbitrary<Integer> steps = Arbitraries.integers().between(0, STEPS - 1);
    return Combinators.combine(Arbitraries.longs().between(1, 5_000), steps, steps)
        .as((bytes, one, other) -> new Need(bytes, Math.min(one, other), Math.max(one, other)))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void whatIsNeededAtTheSameTimeLiesApart(@ForAll("needs") List<Need> needs) {
    MemoryPlan plan = MemoryPlan.of(needs);
    for (int i = 0; i < needs.size(); i++) {
      long start = plan.place(i);
      assertThat(start % MemoryPlan.ALIGNMENT).isZero();
      assertThat(start + needs.get(i).bytes()).isLessThanOrEqualTo(plan.bytes());
      for (int j = 0; j < i; j++) {
        boolean together =
            needs.get(i).first() <= needs.get(j).last()
                && needs.get(j).first() <= needs.get(i).last();
        boolean apart =
            start + needs.get(i).bytes() <= plan.place(j)
                || plan.place(j) + needs.get(j).bytes() <= start;
        assertThat(apart || !together).as("%s and %s", needs.get(i), needs.get(j)).isTrue();
      }
    }
  }

  @Property
  void takesNoMoreThanAllOfThemAndNoLessThanWhatIsNeededAtATime(@ForAll("needs") List<Need> needs) {
    long all = needs.stream().mapToLong(MemoryPlanTest::aligned).sum();
    long most =
        IntStream.range(0, STEPS)
            .mapToLong(
                step ->
                    needs.stream()
                        .filter(need -> need.first() <= step && step <= need.last())
                        .mapToLong(MemoryPlanTest::aligned)
                        .sum())
            .max()
            .orElseThrow();
    assertThat(MemoryPlan.of(needs).bytes()).isBetween(most, all);
  }

  private static long aligned(Need need) {
    return (need.bytes() + MemoryPlan.ALIGNMENT - 1) / MemoryPlan.ALIGNMENT * MemoryPlan.ALIGNMENT;
  }

  @Example
  void aChainOfEqualLayersTakesTwoOfThem() {
    List<Need> chain = IntStream.range(0, 20).mapToObj(i -> new Need(640, i, i + 1)).toList();
    assertThat(MemoryPlan.of(chain).bytes()).isEqualTo(2 * 640);
  }

  /** Forward, all are kept; backward, each ends as its gradient is used. */
  @Example
  void aTapeTakesOneGradientBesideIt() {
    int layers = 10;
    List<Need> tape =
        IntStream.range(0, 2 * layers)
            .mapToObj(i -> i < layers ? new Need(640, i, 2 * layers - i) : new Need(640, i, i + 1))
            .toList();
    assertThat(MemoryPlan.of(tape).bytes()).isLessThanOrEqualTo((layers + 2) * 640L);
  }
}
