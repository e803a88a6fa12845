package io.github.autoencoder4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RandomShiftTest {

  /** Two planes of 3 rows and 4 columns, all values different. */
  private final LabeledImageSource source =
      LabeledImageSource.ofBytes(
          new ImageShape(3, 4, 2), counting(2 * 24), new int[] {1, 0}, List.of("a", "b"));

  private static byte[] counting(int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = (byte) i;
    }
    return values;
  }

  @Test
  void firstViewIsTheSampleAsItIs() {
    LabeledImageSource views = RandomShift.views(source, 3, 2, 7);

    assertThat(views.size()).isEqualTo(6);
    assertThat(views.shape()).isEqualTo(source.shape());
    assertThat(views.classNames()).isEqualTo(source.classNames());
    assertThat(views.labels()).containsExactly(1, 0, 1, 0, 1, 0);
    assertThat(views.slice(0, 2).toArrays()).isDeepEqualTo(source.toArrays());
  }

  @Property(tries = 200)
  void everyViewIsOneShiftOfAllPlanesWithMirroredBorders(
      @ForAll long seed, @ForAll @IntRange(max = 2) int most) {
    ImageSource views = RandomShift.views((ImageSource) source, 4, most, seed);

    for (int i = 0; i < views.size(); i++) {
      int[] seen = bytes(views.get(i));
      assertThat(shifts(bytes(source.get(i % 2)), most))
          .contains(Arrays.stream(seen).boxed().toList());
      assertThat(views.get(i)).containsExactly(views.get(i));
    }
  }

  @Test
  void reachesEveryShiftUpToTheMost() {
    ImageSource views = RandomShift.views((ImageSource) source.slice(0, 1), 1_000, 2, 1);

    Set<List<Integer>> seen = new HashSet<>();
    for (float[] each : views.toArrays()) {
      seen.add(Arrays.stream(bytes(each)).boxed().toList());
    }
    assertThat(seen).hasSize(25).isEqualTo(shifts(bytes(source.get(0)), 2));
  }

  @Test
  void touchesNothingBesideItsSampleInTheBuffer() {
    float[] buffer = new float[26];
    RandomShift.views(source, 2, 1, 3).read(3, buffer, 1);

    assertThat(buffer[0]).isZero();
    assertThat(buffer[25]).isZero();
    assertThat(Arrays.copyOfRange(buffer, 1, 25))
        .containsExactly(RandomShift.views(source, 2, 1, 3).get(3));
  }

  @Test
  void refusesWhatCannotBeShifted() {
    ImageSource rows = ImageSource.of(ImageShape.vector(12), new float[2][12]);
    assertThatThrownBy(() -> RandomShift.views(rows, 2, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 values")
        .hasMessageContaining("new ImageShape(height, width, channels)");
    assertThatThrownBy(() -> RandomShift.views(source, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1073741823, but were 0");
    assertThatThrownBy(() -> RandomShift.views(source, Integer.MAX_VALUE / 2 + 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 samples");
    assertThatThrownBy(() -> RandomShift.views(source, 2, 3, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 to 2 pixels, but were up to 3");
    assertThatThrownBy(() -> RandomShift.views(source, 2, -1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  /** All shifts, made from a picture that is mirrored on every side first. */
  private static Set<List<Integer>> shifts(int[] image, int most) {
    int[] rows = {2, 1, 0, 0, 1, 2, 2, 1, 0};
    int[] columns = {3, 2, 1, 0, 0, 1, 2, 3, 3, 2, 1, 0};
    Set<List<Integer>> all = new HashSet<>();
    for (int top = 3 - most; top <= 3 + most; top++) {
      for (int left = 4 - most; left <= 4 + most; left++) {
        Integer[] shifted = new Integer[24];
        for (int i = 0; i < 24; i++) {
          int row = rows[top + i % 12 / 4];
          shifted[i] = image[i / 12 * 12 + 4 * row + columns[left + i % 4]];
        }
        all.add(List.of(shifted));
      }
    }
    return all;
  }

  private static int[] bytes(float[] values) {
    int[] bytes = new int[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(255 * values[i]);
    }
    return bytes;
  }
}
