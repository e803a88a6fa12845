package io.github.autoencoder4j.internal.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WinogradTest {

  private static final Linear.Convolution SAME = Linear.Convolution.of(1, 1);
  private static final Linear.Convolution HALF =
      new Linear.Convolution(2, 2, 1, 1, Linear.Convolution.Algorithm.DIRECT);

  @BeforeAll
  static void needsOneDnn() {
    assumeTrue(OneDnn.isOpen(), "oneDNN is not here");
  }

  /** How a convolution is computed between so many channels, sides unchanged. */
  private static @Nullable Filter same(
      boolean training, int n, int out, int in, int height, int width) {
    return Winograd.pays(
        SAME,
        training,
        new long[] {out, in, 3, 3},
        new long[] {n, in, height, width},
        n,
        out,
        height,
        width);
  }

  private static @Nullable Filter same(int out, int in) {
    return same(true, 8, out, in, 16, 16);
  }

  @Test
  void isForWideConvolutionsOfThreePixels() {
    assertThat(same(48, 48)).isEqualTo(Filter.SAME);
    assertThat(same(32, 32)).isEqualTo(Filter.SAME);
    assertThat(same(16, 16)).isNull();
    assertThat(same(3, 256)).isNull();
    assertThat(same(256, 3)).isNull();
    assertThat(same(512, 512)).isNull();
    long[] sides = {8, 48, 16, 16};
    long[] weights = {48, 48, 3, 3};
    for (Linear other :
        List.of(
            SAME.by(Linear.Convolution.Algorithm.TRANSPOSED),
            Linear.Convolution.of(0, 1),
            new Linear.InnerProduct())) {
      assertThat(Winograd.pays(other, true, weights, sides, sides)).isNull();
    }
    assertThat(Winograd.pays(SAME, true, new long[] {48, 48, 3, 5}, sides, sides)).isNull();
  }

  @Test
  void isForConvolutionsThatHalveOrDoubleTheSidesIfVectorsAreShort() {
    Filter expected = Descriptions.HAS_AVX512 ? null : Filter.HALF;
    long[] large = {8, 32, 32, 32};
    long[] small = {8, 64, 16, 16};
    assertThat(Winograd.pays(HALF, true, new long[] {64, 32, 4, 4}, large, small))
        .isEqualTo(expected);
    assertThat(
            Winograd.pays(
                HALF.by(Linear.Convolution.Algorithm.TRANSPOSED),
                true,
                new long[] {32, 64, 4, 4},
                small,
                large))
        .isEqualTo(expected);
    assertThat(Winograd.pays(SAME, true, new long[] {64, 32, 4, 4}, large, small)).isNull();
  }

  @Test
  void countsTilesInTrainingOnly() {
    assertThat(same(true, 7, 48, 48, 8, 8)).isNull();
    assertThat(same(true, 8, 48, 48, 8, 8)).isNotNull();
    assertThat(same(false, 1, 48, 48, 4, 4)).isNotNull();
  }

  @Test
  void leavesPicturesThatTilesReachFarBeyond() {
    assertThat(same(true, 64, 48, 48, 5, 5)).isNull();
    assertThat(same(false, 64, 48, 48, 2, 2)).isNull();
    assertThat(same(true, 64, 48, 48, 7, 7)).isNotNull();
  }

  @Test
  void leavesMoreValuesThanABufferCounts() {
    assertThat(same(false, 1, 32, 32, 8192, 8192)).isNull();
  }

  @Test
  void saysWhetherItDoesMostOfTheWork() {
    assertThat(InferenceProgram.canShareItself(pictures(48, Resampling.SUBPIXEL))).isTrue();
    assertThat(InferenceProgram.canShareItself(pictures(8, Resampling.SUBPIXEL))).isFalse();
    assertThat(InferenceProgram.canShareItself(pictures(48, Resampling.STRIDED)))
        .isEqualTo(!Descriptions.HAS_AVX512);
    assertThat(
            InferenceProgram.canShareItself(
                new DenseArchitecture(ImageShape.vector(512), List.of(512), 2, Activation.RELU, 0)
                    .encoder()))
        .isFalse();
  }

  private static List<LayerPlan> pictures(int channels, Resampling resampling) {
    boolean strided = resampling == Resampling.STRIDED;
    return new ConvArchitecture(
            new ImageShape(64, 64, 3),
            new ImageShape(8, 8, 4),
            List.of(2, 2, 2),
            List.of(channels, channels),
            strided ? 4 : 3,
            Activation.RELU,
            strided ? 0 : 1,
            resampling)
        .encoder();
  }
}
