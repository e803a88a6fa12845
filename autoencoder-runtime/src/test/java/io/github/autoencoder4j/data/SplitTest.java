package io.github.autoencoder4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  @Property(tries = 50)
  void everySampleIsOnExactlyOneSide(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.2, max = 0.8) double share) {
    LabeledImageSource whole = noise(seed, 100);
    Split<LabeledImageSource> split = Split.byContent(whole, share);

    assertThat(split.train().size() + split.test().size()).isEqualTo(100);
    Set<List<Float>> both = contents(split.train());
    both.addAll(contents(split.test()));
    assertThat(both).isEqualTo(contents(whole));
  }

  @Property(tries = 50)
  void addingRemovingAndReorderingMovesNoSample(
      @ForAll long seed, @ForAll @IntRange(min = 50, max = 99) int kept) {
    LabeledImageSource whole = noise(seed, 100);
    int[] some = Arrays.copyOf(RandomStream.of(seed, "kept").permutation(100), kept);

    Set<List<Float>> testOfAll = contents(Split.byContent(whole, 0.3).test());
    Set<List<Float>> testOfSome = contents(Split.byContent(whole.select(some), 0.3).test());

    Set<List<Float>> expected = contents(whole.select(some));
    expected.retainAll(testOfAll);
    assertThat(testOfSome).isEqualTo(expected);
  }

  @Test
  void copiesOfOneSampleStayTogether() {
    LabeledImageSource whole = noise(5, 60);
    int[] twice = IntStream.range(0, 120).map(i -> i % 60).toArray();
    Split<LabeledImageSource> split = Split.byContent(whole.select(twice), 0.25);

    assertThat(contents(split.train())).doesNotContainAnyElementsOf(contents(split.test()));
  }

  @Test
  void theSharesAreMetOnAverage() {
    Split<LabeledImageSource> split = Split.byContent(noise(1, 10_000), 0.10);

    assertThat((double) split.test().size()).isCloseTo(1_000, within(4 * Math.sqrt(900)));
  }

  @Test
  void aLargerShareKeepsTheTestSamplesOfASmallerOne() {
    LabeledImageSource whole = noise(2, 500);

    assertThat(contents(Split.byContent(whole, 0.3).test()))
        .containsAll(contents(Split.byContent(whole, 0.1).test()));
  }

  @Test
  void labelsFollowTheirSamples() {
    LabeledImageSource whole = noise(3, 200);
    LabeledImageSource test = Split.byContent(whole, 0.2).test();

    for (int i = 0; i < test.size(); i++) {
      assertThat(test.label(i)).isEqualTo((int) (test.get(i)[0] * 255) % 3);
    }
  }

  @Test
  void labelsHaveNoSay() {
    LabeledImageSource labelled = noise(4, 200);
    ImageSource plain = ImageSource.of(labelled.shape(), labelled.toArrays());

    assertThat(Split.byContent(plain, 0.2).test().toArrays())
        .isDeepEqualTo(Split.byContent(labelled, 0.2).test().toArrays());
  }

  @Test
  void rowsThatDifferByLessThanAByteCanAreToldApart() {
    float[][] rows = new float[200][3];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = 0.5f;
      rows[i][1] = 0.25f + i * 1e-6f;
    }
    Split<ImageSource> split = Split.byContent(ImageSource.of(ImageShape.vector(3), rows), 0.3);
    assertThat((double) split.test().size()).isCloseTo(60, within(4 * Math.sqrt(42)));
    // Copies are still together, and both zeros are one.
    float[][] twins = {rows[5], rows[5].clone(), rows[6], rows[6].clone()};
    twins[1][2] = -0f;
    twins[3][2] = -0f;
    for (float[] twin : twins) {
      assertThat(isTested(twin)).isEqualTo(isTested(rows[twin[1] == rows[5][1] ? 5 : 6]));
    }
  }

  private static boolean isTested(float[] row) {
    // A crowd, so that neither side is empty.
    float[][] all = new float[101][];
    for (int i = 0; i < 100; i++) {
      all[i] = new float[] {0, 0, i / 255f};
    }
    all[100] = row;
    ImageSource whole = ImageSource.of(ImageShape.vector(3), all);
    return contents(Split.byContent(whole, 0.5).test()).contains(Floats.asList(row));
  }

  @Test
  void bytesAreOnTheSameSideHoweverTheyWereDivided() {
    float[][] divided = new float[256][2];
    float[][] multiplied = new float[256][2];
    for (int i = 0; i < 256; i++) {
      divided[i][0] = i / 255f;
      multiplied[i][0] = i * (1 / 255f);
    }
    ImageShape shape = ImageShape.vector(2);
    assertThat(values(Split.byContent(ImageSource.of(shape, multiplied), 0.3).test()))
        .isEqualTo(values(Split.byContent(ImageSource.of(shape, divided), 0.3).test()));
  }

  private static int[] values(ImageSource source) {
    return Arrays.stream(source.toArrays()).mapToInt(row -> Math.round(row[0] * 255)).toArray();
  }

  @Test
  void theSidesNeverChange() {
    // Published results name the split by its share alone, so these are part of the contract.
    float[][] ramp = new float[20][1];
    for (int i = 0; i < 20; i++) {
      ramp[i][0] = i / 255f;
    }
    ImageSource test = Split.byContent(ImageSource.of(ImageShape.vector(1), ramp), 0.3).test();

    assertThat(Arrays.stream(test.toArrays()).mapToInt(row -> Math.round(row[0] * 255)))
        .containsExactly(0, 5, 6, 10, 15, 17, 19);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void rejectsSharesOutsideZeroToOne(double share) {
    assertThatThrownBy(() -> Split.byContent(noise(1, 10), share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 1)")
        .hasMessageContaining(Double.toString(share));
  }

  @Test
  void rejectsASplitWithAnEmptySide() {
    assertThatThrownBy(() -> Split.byContent(noise(1, 3), 1e-9))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("3 samples")
        .hasMessageContaining("0 to test with");
    assertThatThrownBy(() -> Split.byContent(noise(1, 3), 1 - 1e-9))
        .isInstanceOf(UnusableDataException.class);
    assertThatThrownBy(() -> Split.byContent(noise(1, 0), 0.5))
        .isInstanceOf(UnusableDataException.class);
  }

  private static LabeledImageSource noise(long seed, int count) {
    byte[] pixels = new byte[count * 8];
    RandomStream.of(seed, "pixels").nextBytes(pixels);
    int[] labels = IntStream.range(0, count).map(i -> (pixels[i * 8] & 0xFF) % 3).toArray();
    return LabeledImageSource.ofBytes(
        ImageShape.grey(2, 4), pixels, labels, List.of("a", "b", "c"));
  }

  private static Set<List<Float>> contents(ImageSource source) {
    Set<List<Float>> contents = new HashSet<>();
    for (float[] sample : source.toArrays()) {
      contents.add(Floats.asList(sample));
    }
    return contents;
  }
}
