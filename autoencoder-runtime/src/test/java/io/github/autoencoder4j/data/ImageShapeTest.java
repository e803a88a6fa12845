package io.github.autoencoder4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageShapeTest {

  @Property
  void sizeIsTheProductOrTheShapeIsRefused(
      @ForAll @Positive int height, @ForAll @Positive int width, @ForAll @Positive int channels) {
    BigInteger product =
        BigInteger.valueOf(height)
            .multiply(BigInteger.valueOf(width))
            .multiply(BigInteger.valueOf(channels));
    if (product.bitLength() < Integer.SIZE) {
      assertThat(new ImageShape(height, width, channels).size()).isEqualTo(product.intValue());
    } else {
      assertThatThrownBy(() -> new ImageShape(height, width, channels))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Integer.toString(height));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-28, 28, 1"})
  void rejectsSidesBelowOne(int height, int width, int channels) {
    assertThatThrownBy(() -> new ImageShape(height, width, channels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%s x %s x %s".formatted(height, width, channels));
  }

  @Test
  void rejectsAProductThatWouldWrapRoundALong() {
    // 2^31 - 1 cubed is 2^93, whose low bits look harmless.
    int max = Integer.MAX_VALUE;
    assertThatThrownBy(() -> new ImageShape(max, max, max))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void vectorsAndImagesOfAsManyValuesAcceptEachOther() {
    ImageShape image = new ImageShape(4, 6, 2);
    ImageShape vector = ImageShape.vector(48);
    assertThat(vector.isVector()).isTrue();
    assertThat(image.isVector()).isFalse();
    assertThat(new ImageShape(1, 24, 2).isVector()).isFalse();
    assertThat(new ImageShape(48, 1, 1).isVector()).isFalse();
    assertThat(image.accepts(new ImageShape(4, 6, 2))).isTrue();
    assertThat(image.accepts(vector)).isTrue();
    assertThat(vector.accepts(image)).isTrue();
    assertThat(vector.accepts(vector)).isTrue();
    assertThat(image.accepts(new ImageShape(6, 4, 2))).isFalse();
    assertThat(image.accepts(ImageShape.vector(47))).isFalse();
    assertThat(vector.accepts(new ImageShape(7, 7, 1))).isFalse();
  }

  @Test
  void shortFormsAreWhatTheySay() {
    assertThat(ImageShape.grey(28, 20)).isEqualTo(new ImageShape(28, 20, 1));
    assertThat(ImageShape.vector(30)).isEqualTo(new ImageShape(1, 30, 1));
    assertThat(new ImageShape(64, 48, 3)).hasToString("64x48x3");
  }
}
