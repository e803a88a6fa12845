package io.github.autoencoder4j.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SsimTest {

  private static final ImageShape SHAPE = new ImageShape(13, 16, 2);

  @Property(tries = 50)
  void isOneForItselfSymmetricAndBounded(@ForAll long seed) {
    float[] x = draw(SHAPE, seed);
    float[] y = draw(SHAPE, seed + 1);
    assertThat(Ssim.of(SHAPE, x, x)).isCloseTo(1, within(1e-12));
    assertThat(Ssim.of(SHAPE, x, y)).isCloseTo(Ssim.of(SHAPE, y, x), within(1e-12));
    assertThat(Ssim.of(SHAPE, x, y)).isBetween(-1.0, 1.0);
  }

  @Property(tries = 20)
  void equalsTheFormulaOfThePaper(@ForAll long seed) {
    float[] x = draw(SHAPE, seed);
    float[] y = draw(SHAPE, seed + 1);
    assertThat(Ssim.of(SHAPE, x, y)).isCloseTo(naive(x, y), within(1e-10));
  }

  @Test
  void comparesTheLevelsOfFlatImages() {
    float[] x = new float[SHAPE.size()];
    float[] y = new float[SHAPE.size()];
    Arrays.fill(x, 0.25f);
    Arrays.fill(y, 0.5f);
    double level = (2 * 0.125 + 1e-4) / (0.0625 + 0.25 + 1e-4);
    assertThat(Ssim.of(SHAPE, x, y)).isCloseTo(level, within(1e-12));
    ImageShape large = ImageShape.grey(176, 161);
    float[] dark = new float[large.size()];
    float[] light = new float[large.size()];
    Arrays.fill(dark, 0.25f);
    Arrays.fill(light, 0.5f);
    assertThat(Ssim.multiScale(large, dark, light))
        .isCloseTo(Math.pow(level, 0.1333), within(1e-12));
  }

  @Test
  void multiScaleIsOneForItself() {
    ImageShape large = new ImageShape(170, 161, 2);
    float[] x = draw(large, 5);
    assertThat(Ssim.multiScale(large, x, x)).isCloseTo(1, within(1e-12));
    assertThat(Ssim.multiScale(large, x, draw(large, 6))).isBetween(0.0, 0.5);
  }

  @Test
  void clampsReconstructions() {
    float[] x = new float[SHAPE.size()];
    float[] y = new float[SHAPE.size()];
    Arrays.fill(x, 1);
    Arrays.fill(y, 3);
    assertThat(Ssim.of(SHAPE, x, y)).isCloseTo(1, within(1e-12));
  }

  @Test
  void summarizesImages() {
    float[] x = draw(SHAPE, 1);
    float[] y = draw(SHAPE, 2);
    Ssim ssim = new Ssim(SHAPE);
    ssim.add(new float[][] {x, x}, new float[][] {x, y});
    Distribution summary = ssim.summary();
    assertThat(summary.count()).isEqualTo(2);
    assertThat(summary.mean()).isCloseTo((1 + Ssim.of(SHAPE, x, y)) / 2, within(1e-12));
  }

  @Test
  void rejectsWhatItCannotCompare() {
    ImageShape thumbnail = ImageShape.grey(64, 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ssim.multiScale(thumbnail, new float[4096], new float[4096]))
        .withMessageContaining("160")
        .withMessageContaining("64x64x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ssim(ImageShape.grey(10, 50)))
        .withMessageContaining("at least 11");
    Ssim ssim = new Ssim(SHAPE);
    float[] x = draw(SHAPE, 1);
    float[] broken = x.clone();
    broken[3] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ssim.add(x, broken))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException().isThrownBy(() -> ssim.add(x, new float[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> ssim.add(new float[2][], new float[1][]));
    assertThatIllegalStateException().isThrownBy(ssim::summary);
    ImageShape large = ImageShape.grey(161, 161);
    int two = 2 * large.size();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ssim.multiScale(large, new float[two], new float[two]))
        .withMessageContaining("one image");
  }

  private static float[] draw(ImageShape shape, long seed) {
    RandomStream random = RandomStream.of(seed, "image");
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }

  /** One window after the other, as the paper writes it: two-dimensional weights, two passes. */
  private static double naive(float[] x, float[] y) {
    double[][] weights = new double[11][11];
    double total = 0;
    for (int i = 0; i < 121; i++) {
      int dy = i / 11 - 5;
      int dx = i % 11 - 5;
      weights[i / 11][i % 11] = Math.exp(-(dx * dx + dy * dy) / (2 * 1.5 * 1.5));
      total += weights[i / 11][i % 11];
    }
    double sum = 0;
    int windows = 0;
    for (int c = 0; c < SHAPE.channels(); c++) {
      for (int top = 0; top + 11 <= SHAPE.height(); top++) {
        for (int left = 0; left + 11 <= SHAPE.width(); left++) {
          double mx = 0;
          double my = 0;
          double xx = 0;
          double yy = 0;
          double xy = 0;
          for (int pass = 0; pass < 2; pass++) {
            double nextX = 0;
            double nextY = 0;
            for (int i = 0; i < 121; i++) {
              double w = weights[i / 11][i % 11] / total;
              int at = (c * SHAPE.height() + top + i / 11) * SHAPE.width() + left + i % 11;
              if (pass == 0) {
                nextX += w * x[at];
                nextY += w * y[at];
              } else {
                xx += w * (x[at] - mx) * (x[at] - mx);
                yy += w * (y[at] - my) * (y[at] - my);
                xy += w * (x[at] - mx) * (y[at] - my);
              }
            }
            if (pass == 0) {
              mx = nextX;
              my = nextY;
            }
          }
          sum +=
              (2 * mx * my + 1e-4)
                  * (2 * xy + 9e-4)
                  / ((mx * mx + my * my + 1e-4) * (xx + yy + 9e-4));
          windows++;
        }
      }
    }
    return sum / windows;
  }
}
