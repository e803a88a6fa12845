package io.github.autoencoder4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTest {

  private final ImageSource rows =
      ImageSource.of(ImageShape.vector(2), new float[][] {{0, 0.25f}, {0.5f, 0.75f}, {1, 0}});

  private final LabeledImageSource bytes =
      LabeledImageSource.ofBytes(
          ImageShape.vector(2),
          new byte[] {0, 51, 102, (byte) 153, (byte) 255, 1},
          new int[] {1, 0, 1},
          List.of("cat", "dog"));

  @Property
  void everyByteIsReadAsItsShareOf255(@ForAll @Size(6) byte[] pixels) {
    LabeledImageSource source =
        LabeledImageSource.ofBytes(
            ImageShape.grey(3, 1), pixels, new int[] {0, 0}, List.of("only"));

    for (int i = 0; i < pixels.length; i++) {
      assertThat(source.get(i / 3)[i % 3]).isEqualTo((pixels[i] & 0xFF) / 255f);
    }
  }

  @Property
  void aSelectionReadsTheChosenSamples(
      @ForAll @Size(max = 20) List<@IntRange(max = 2) Integer> chosen) {
    int[] indices = chosen.stream().mapToInt(Integer::intValue).toArray();
    LabeledImageSource selection = bytes.select(indices);

    assertThat(selection.size()).isEqualTo(indices.length);
    for (int i = 0; i < indices.length; i++) {
      assertThat(selection.get(i)).isEqualTo(bytes.get(indices[i]));
      assertThat(selection.label(i)).isEqualTo(bytes.label(indices[i]));
    }
  }

  @Test
  void copiesTheArraysItIsGiven() {
    float[][] mine = {{0.5f}};
    ImageSource source = ImageSource.of(ImageShape.vector(1), mine);
    mine[0][0] = 1;

    assertThat(source.get(0)).containsExactly(0.5f);
    source.get(0)[0] = 1;
    assertThat(source.get(0)).containsExactly(0.5f);
  }

  @Test
  void readsIntoNativeMemoryWhatItReadsIntoArrays() {
    ImageShape column = new ImageShape(2, 1, 1);
    for (ImageSource source :
        List.of(
            rows,
            bytes,
            rows.select(2, 0),
            bytes.slice(1, 3),
            HorizontalFlip.both(ImageSource.of(column, rows.toArrays())),
            HorizontalFlip.both(
                LabeledImageSource.ofBytes(
                    column, new byte[] {0, 51, 102, 3}, new int[] {1, 0}, List.of("a", "b"))))) {
      FloatBuffer buffer =
          ByteBuffer.allocateDirect(5 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
      for (int i = 0; i < source.size(); i++) {
        source.read(i, buffer.put(0, 9).put(3, 9).position(1));
        assertThat(buffer.position()).isEqualTo(3);
        assertThat(buffer.get(0)).isEqualTo(9);
        assertThat(new float[] {buffer.get(1), buffer.get(2)}).isEqualTo(source.get(i));
        assertThat(buffer.get(3)).isEqualTo(9);
      }
      assertThatThrownBy(() -> source.read(0, buffer.position(4)))
          .isInstanceOf(BufferOverflowException.class);
      assertThatThrownBy(() -> source.read(source.size(), buffer.position(0)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void readsIntoTheMiddleOfABuffer() {
    float[] buffer = {9, 9, 9, 9};
    rows.read(1, buffer, 1);
    assertThat(buffer).containsExactly(9, 0.5f, 0.75f, 9);

    bytes.read(0, buffer, 2);
    assertThat(buffer).containsExactly(9, 0.5f, 0, 0.2f);
  }

  @Test
  void copiesAllSamplesOut() {
    assertThat(rows.toArrays()).isDeepEqualTo(new float[][] {{0, 0.25f}, {0.5f, 0.75f}, {1, 0}});
    assertThat(bytes.labels()).containsExactly(1, 0, 1);
  }

  @Test
  void slicesAndSelectionsOfSelectionsComposes() {
    LabeledImageSource last = bytes.select(2, 1, 0).slice(0, 2).select(1);

    assertThat(last.get(0)).isEqualTo(bytes.get(1));
    assertThat(last.labels()).containsExactly(0);
    assertThat(last.classNames()).containsExactly("cat", "dog");
    assertThat(last.shape()).isEqualTo(bytes.shape());
    assertThat(rows.slice(1, 3).toArrays()).isDeepEqualTo(new float[][] {{0.5f, 0.75f}, {1, 0}});
    assertThat(rows.slice(1, 1).size()).isZero();
  }

  @Test
  void aSelectionDoesNotFollowLaterChangesOfTheIndices() {
    int[] indices = {2};
    LabeledImageSource selection = bytes.select(indices);
    indices[0] = 0;

    assertThat(selection.get(0)).isEqualTo(bytes.get(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void rejectsSamplesThatAreNotThere(int index) {
    assertThatThrownBy(() -> rows.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.get(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.label(index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.select(0, index)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(0, 3).get(index))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> rows.slice(0, index == 3 ? 4 : index))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rejectsABufferThatIsTooShort() {
    assertThatThrownBy(() -> rows.read(0, new float[2], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.read(0, new float[2], 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, -0.001f, 1.001f, Float.POSITIVE_INFINITY})
  void rejectsValuesOutsideTheUnitInterval(float value) {
    assertThatThrownBy(
            () -> ImageSource.of(ImageShape.vector(2), new float[][] {{0, 0}, {0, value}}))
        .hasMessageContaining("sample 1 holds " + value + " at position 1")
        .hasMessageContaining("scale");
  }

  @Test
  void rejectsSamplesOfAnotherLength() {
    assertThatThrownBy(() -> ImageSource.of(ImageShape.vector(2), new float[][] {{0, 0}, {0}}))
        .hasMessageContaining("sample 1 has 1 values")
        .hasMessageContaining("1x2x1");
  }

  @Test
  void rejectsLabelsWithoutNameAndLengthsThatDoNotFit() {
    ImageShape shape = ImageShape.vector(1);
    assertThatThrownBy(
            () -> LabeledImageSource.ofBytes(shape, new byte[1], new int[] {2}, List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label 2 of sample 0");
    assertThatThrownBy(
            () -> LabeledImageSource.ofBytes(shape, new byte[1], new int[] {-1}, List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label -1");
    assertThatThrownBy(
            () -> LabeledImageSource.ofBytes(shape, new byte[3], new int[] {0, 0}, List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need 2 bytes, but there are 3");
  }

  @Test
  void classNamesCannotBeChanged() {
    assertThatThrownBy(() -> bytes.classNames().add("bird"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
