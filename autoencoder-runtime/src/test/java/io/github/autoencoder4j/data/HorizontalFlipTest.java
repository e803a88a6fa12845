package io.github.autoencoder4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HorizontalFlipTest {

  private final LabeledImageSource source =
      LabeledImageSource.ofBytes(
          new ImageShape(1, 3, 2),
          new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12},
          new int[] {1, 0},
          List.of("a", "b"));

  @Test
  void mirrorsEachRowOfEachPlane() {
    LabeledImageSource both = HorizontalFlip.both(source);

    assertThat(both.size()).isEqualTo(4);
    assertThat(bytes(both.get(0))).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(bytes(both.get(2))).containsExactly(3, 2, 1, 6, 5, 4);
    assertThat(bytes(both.get(3))).containsExactly(9, 8, 7, 12, 11, 10);
    assertThat(both.labels()).containsExactly(1, 0, 1, 0);
    assertThat(both.classNames()).isEqualTo(source.classNames());
    assertThat(both.shape()).isEqualTo(source.shape());
  }

  @Test
  void refusesVectorsWhichHaveNoLeftAndRight() {
    ImageSource rows = ImageSource.of(ImageShape.vector(12), new float[2][12]);
    assertThatThrownBy(() -> HorizontalFlip.both(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12 values")
        .hasMessageContaining("new ImageShape(height, width, channels)");
    assertThatThrownBy(() -> HorizontalFlip.random(rows, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void touchesNothingBesideItsSampleInTheBuffer() {
    float[] buffer = new float[8];
    HorizontalFlip.both((ImageSource) source).read(2, buffer, 1);

    assertThat(bytes(buffer)).containsExactly(0, 3, 2, 1, 6, 5, 4, 0);
  }

  @Property
  void randomSidesAreFixedBySeedAndEpoch(@ForAll long seed, @ForAll @IntRange(max = 50) int epoch) {
    LabeledImageSource many = source.select(new int[100]);

    LabeledImageSource flipped = HorizontalFlip.random(many, seed, epoch);
    assertThat(flipped.toArrays())
        .isDeepEqualTo(HorizontalFlip.random(many, seed, epoch).toArrays());
    assertThat(flipped.toArrays())
        .isNotEqualTo(HorizontalFlip.random(many, seed, epoch + 1).toArrays());
    assertThat(flipped.labels()).isEqualTo(many.labels());
  }

  @Test
  void halfOfTheSamplesAreMirrored() {
    ImageSource many = source.select(new int[10_000]);
    ImageSource flipped = HorizontalFlip.random(many, 7, 1);

    long mirrored =
        Arrays.stream(flipped.toArrays()).filter(sample -> sample[0] > sample[2]).count();
    assertThat((double) mirrored).isCloseTo(5_000, within(4 * 50.0));
  }

  @Test
  void keepsLabelsThroughSelections() {
    assertThat(HorizontalFlip.both(source).select(3, 2).labels()).containsExactly(0, 1);
    assertThat(HorizontalFlip.both(source).slice(1, 3).labels()).containsExactly(0, 1);
  }

  @Test
  void rejectsSamplesThatAreNotThere() {
    assertThatThrownBy(() -> HorizontalFlip.both(source).get(4))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> HorizontalFlip.random(source, 1, 1).get(-1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static int[] bytes(float[] values) {
    int[] bytes = new int[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Math.round(values[i] * 255);
    }
    return bytes;
  }
}
