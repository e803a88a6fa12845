package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FilledShareTest {

  private static final double[] LOWER = {0, -1};
  private static final double[] UPPER = {2, 1};

  @Test
  void countsCellsWithEnoughCodes() {
    float[][] codes = {{0, -1}, {0.9f, -0.1f}, {1.5f, 0.5f}, {2, 1}, {0, 0.5f}, {3, 0}, {1, -5}};
    assertThat(FilledShare.of(codes, LOWER, UPPER, 2, 1)).isEqualTo(0.75);
    assertThat(FilledShare.of(codes, LOWER, UPPER, 2, 2)).isEqualTo(0.5);
    assertThat(FilledShare.of(codes, LOWER, UPPER, 2, 3)).isZero();
  }

  @Test
  void usesTwentyCellsAndTenCodesByDefault() {
    float[][] codes = new float[400 * 10][];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = new float[] {(i % 20 + 0.5f) / 10, (i / 20 % 20 + 0.5f) / 10 - 1};
    }
    assertThat(FilledShare.of(codes, LOWER, UPPER)).isEqualTo(1);
    codes[0] = new float[] {9, 9};
    assertThat(FilledShare.of(codes, LOWER, UPPER)).isEqualTo(399 / 400.0);
  }

  @Test
  void rejectsOtherShapesAndEmptyBoxes() {
    float[][] codes = new float[1][2];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilledShare.of(codes, new double[3], new double[3]))
        .withMessageContaining("2-D");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilledShare.of(new float[1][3], LOWER, UPPER));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilledShare.of(codes, UPPER, LOWER))
        .withMessageContaining("dimension 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilledShare.of(codes, LOWER, UPPER, 0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilledShare.of(codes, LOWER, UPPER, 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FilledShare.of(new float[][] {{0, Float.NaN}}, LOWER, UPPER))
        .withMessageContaining("NaN");
  }
}
