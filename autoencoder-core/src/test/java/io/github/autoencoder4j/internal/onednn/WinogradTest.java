package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WinogradTest {

  private static final Linear.Convolution SAME = Linear.Convolution.of(1, 1);

  @BeforeAll
  static void needsOneDnn() {
    assumeTrue(OneDnn.isOpen(), "oneDNN is not here");
  }

  private static long[] weights(long out, long in) {
    return new long[] {out, in, 3, 3};
  }

  private static boolean pays(long out, long in) {
    return Winograd.pays(SAME, true, weights(out, in), new long[] {8, in, 16, 16});
  }

  @Test
  void isForWideConvolutionsOfThreePixels() {
    long[] in = {8, 48, 16, 16};
    assertThat(pays(48, 48)).isTrue();
    assertThat(pays(32, 32)).isTrue();
    assertThat(pays(16, 16)).isFalse();
    assertThat(pays(3, 256)).isFalse();
    assertThat(pays(256, 3)).isFalse();
    assertThat(pays(512, 512)).isFalse();
    assertThat(Winograd.pays(SAME, true, new long[] {48, 48, 3, 5}, in)).isFalse();
    assertThat(Winograd.pays(Linear.Convolution.of(0, 1), true, weights(48, 48), in)).isFalse();
    assertThat(Winograd.pays(new Linear.InnerProduct(), true, weights(48, 48), in)).isFalse();
    for (Linear.Convolution.Algorithm other : Linear.Convolution.Algorithm.values()) {
      assertThat(Winograd.pays(SAME.by(other), true, weights(48, 48), in))
          .isEqualTo(other == Linear.Convolution.Algorithm.DIRECT);
    }
  }

  @Test
  void countsTilesInTrainingOnly() {
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {7, 48, 8, 8})).isFalse();
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {8, 48, 8, 8})).isTrue();
    assertThat(Winograd.pays(SAME, false, weights(48, 48), new long[] {1, 48, 4, 4})).isTrue();
  }

  @Test
  void leavesPicturesThatTilesReachFarBeyond() {
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {64, 48, 5, 5})).isFalse();
    assertThat(Winograd.pays(SAME, false, weights(48, 48), new long[] {64, 48, 2, 2})).isFalse();
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {64, 48, 7, 7})).isTrue();
  }

  @Test
  void leavesMoreValuesThanABufferCounts() {
    assertThat(Winograd.pays(SAME, false, weights(32, 32), new long[] {1, 32, 8192, 8192}))
        .isFalse();
  }
}
