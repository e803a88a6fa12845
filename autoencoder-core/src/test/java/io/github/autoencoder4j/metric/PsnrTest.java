package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PsnrTest {

  @Test
  void isTwentyDecibelsForAnErrorOfATenth() {
    float[] original = {0.5f, 0.5f, 0.5f, 0.5f};
    float[] reconstruction = {0.6f, 0.4f, 0.6f, 0.4f};
    assertThat(Psnr.of(original, reconstruction)).isCloseTo(20, within(1e-5));
  }

  @Test
  void clampsTheReconstructionOnly() {
    assertThat(Psnr.of(new float[] {1, 0}, new float[] {7, -3})).isEqualTo(Psnr.CAP_DB);
    assertThat(Psnr.of(new float[] {1, 0.5f}, new float[] {7, 1})).isCloseTo(9.0309, within(1e-4));
  }

  @Test
  void averagesImagesAndPoolsErrors() {
    Psnr psnr = new Psnr(1);
    psnr.add(new float[] {0, 0, 0}, new float[] {0.1f, 0.01f, 0});
    PsnrSummary summary = psnr.summary();
    assertThat(summary.mean()).isCloseTo((20 + 40 + 100) / 3.0, within(1e-4));
    assertThat(summary.median()).isCloseTo(40, within(1e-4));
    assertThat(summary.percentile5()).isCloseTo(22, within(1e-4));
    assertThat(summary.percentile95()).isCloseTo(94, within(1e-4));
    assertThat(summary.std()).isCloseTo(33.9935, within(1e-4));
    assertThat(summary.pooled()).isCloseTo(-10 * Math.log10(0.0101 / 3), within(1e-4));
    assertThat(summary.count()).isEqualTo(3);
    assertThat(summary.identicalCount()).isEqualTo(1);
  }

  @Property
  void isSymmetricInsideTheRange(@ForAll("pixels") float[] x, @ForAll("pixels") float[] y) {
    assertThat(Psnr.of(x, y)).isEqualTo(Psnr.of(y, x));
    assertThat(Psnr.of(x, y)).isBetween(0.0, Psnr.CAP_DB);
  }

  @Property
  void doesNotDependOnTheBatches(@ForAll("pixels") float[] x, @ForAll("pixels") float[] y) {
    Psnr flat = new Psnr(4);
    flat.add(x, y);
    Psnr rows = new Psnr(4);
    rows.add(rows(x), rows(y));
    assertThat(rows.summary()).isEqualTo(flat.summary());
  }

  @Provide
  Arbitrary<float[]> pixels() {
    return Arbitraries.floats().between(0, 1).array(float[].class).ofSize(12);
  }

  @Test
  void rejectsWhatItCannotCompare() {
    Psnr psnr = new Psnr(4);
    assertThatIllegalArgumentException().isThrownBy(() -> new Psnr(0)).withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> psnr.add(new float[4], new float[8]))
        .withMessageContaining("4 and 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> psnr.add(new float[6], new float[6]))
        .withMessageContaining("whole images of 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> psnr.add(new float[2][4], new float[1][4]))
        .withMessageContaining("2 originals and 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Psnr.of(new float[1], new float[] {Float.NaN}))
        .withMessageContaining("NaN");
    // Clamped it would be perfect.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Psnr.of(new float[] {1}, new float[] {Float.POSITIVE_INFINITY}))
        .withMessageContaining("infinite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Psnr.of(new float[1], new float[] {Float.NEGATIVE_INFINITY}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Psnr.of(new float[2], new float[3]))
        .withMessageContaining("2 and 3");
    assertThatIllegalStateException().isThrownBy(psnr::summary);
    assertThatIllegalArgumentException().isThrownBy(() -> Psnr.ofMse(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> Psnr.ofMse(Double.NaN));
  }

  @Test
  void refusesPicturesOf0To255() {
    float[] unit = {0, 0.5f, 1, 1};
    float[] bytes = {0, 128, 255, 254};
    Psnr psnr = new Psnr(4);
    for (Runnable call :
        List.<Runnable>of(
            () -> Psnr.of(bytes, bytes),
            () -> Psnr.of(unit, bytes),
            () -> Psnr.of(bytes, unit),
            () -> psnr.add(bytes, bytes),
            () -> psnr.add(new float[][] {unit, bytes}, new float[][] {unit, bytes}),
            () -> Psnr.of(new float[] {-1, 1}, new float[] {0, 1}))) {
      assertThatIllegalArgumentException()
          .isThrownBy(call::run)
          .withMessageContaining("[0, 1]")
          .withMessageContaining("by 255");
    }
    // Linear baselines overshoot; a division may be off by a bit.
    assertThat(Psnr.of(new float[] {1.0000001f}, new float[] {1.3f})).isEqualTo(Psnr.CAP_DB);
  }

  @Test
  void namesNullsByTheirNumber() {
    Psnr psnr = new Psnr(1);
    assertThatNullPointerException()
        .isThrownBy(() -> psnr.add(new float[][] {{1}, null}, new float[][] {{1}, {1}}))
        .withMessage("original 1 is null");
    assertThatNullPointerException()
        .isThrownBy(() -> psnr.add(new float[][] {{1}, {1}}, new float[][] {{1}, null}))
        .withMessage("reconstruction 1 is null");
  }

  private static float[][] rows(float[] flat) {
    float[][] rows = new float[3][4];
    for (int i = 0; i < 12; i++) {
      rows[i / 4][i % 4] = flat[i];
    }
    return rows;
  }
}
