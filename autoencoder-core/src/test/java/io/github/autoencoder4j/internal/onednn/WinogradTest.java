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

  @Test
  void isForWideConvolutionsOfThreePixels() {
    long[] in = {8, 48, 16, 16};
    assertThat(Winograd.pays(SAME, true, weights(48, 48), in)).isTrue();
    assertThat(Winograd.pays(SAME, true, weights(48, 31), in)).isFalse();
    assertThat(Winograd.pays(SAME, true, weights(31, 48), in)).isFalse();
    assertThat(Winograd.pays(SAME, true, new long[] {48, 48, 3, 5}, in)).isFalse();
    assertThat(Winograd.pays(Linear.Convolution.of(0, 1), true, weights(48, 48), in)).isFalse();
    for (Linear.Convolution.Algorithm other : Linear.Convolution.Algorithm.values()) {
      assertThat(Winograd.pays(SAME.by(other), true, weights(48, 48), in))
          .isEqualTo(other == Linear.Convolution.Algorithm.DIRECT);
    }
  }

  @Test
  void countsTilesInTrainingOnly() {
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {7, 48, 8, 8})).isFalse();
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {8, 48, 8, 8})).isTrue();
    assertThat(Winograd.pays(SAME, true, weights(48, 48), new long[] {8, 48, 7, 5})).isTrue();
    assertThat(Winograd.pays(SAME, false, weights(48, 48), new long[] {1, 48, 2, 2})).isTrue();
  }

  @Test
  void isFoundOnProcessorsWithAvx512() {
    assumeTrue(Descriptions.HAS_AVX512, "oneDNN has it for AVX-512 only");
    try (Graph graph = new Graph()) {
      for (long n : new long[] {1, 8}) {
        assertThat(
                graph
                    .descriptions()
                    .winograd(
                        SAME.by(Linear.Convolution.Algorithm.WINOGRAD)
                            .forward(
                                false,
                                graph.free(n, 48, 16, 16),
                                graph.free(48, 48, 3, 3),
                                graph.plain(48),
                                graph.free(n, 48, 16, 16)),
                        null))
            .isNotNull();
      }
    }
  }
}
