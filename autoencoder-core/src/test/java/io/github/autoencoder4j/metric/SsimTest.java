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
    assertThat(Ssim.of(SHAPE, x, y)).isCloseTo(naive(SHAPE, x, y), within(1e-10));
  }

  @Test
  void multiScaleEqualsTheFormulaOfThePaper() {
    ImageShape large = new ImageShape(163, 170, 2);
    float[] x = draw(large, 7);
    float[] y = draw(large, 8);
    for (int i = 0; i < y.length; i++) {
      y[i] = 0.7f * x[i] + 0.3f * y[i];
    }
    assertThat(Ssim.multiScale(large, x, y)).isCloseTo(naiveMultiScale(large, x, y), within(1e-10));
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
    broken[3] = Float.POSITIVE_INFINITY;
    assertThatIllegalArgumentException().isThrownBy(() -> ssim.add(x, broken));
    assertThatIllegalArgumentException().isThrownBy(() -> ssim.add(x, new float[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> ssim.add(new float[2][], new float[1][]));
    assertThatIllegalStateException().isThrownBy(ssim::summary);
    ImageShape large = ImageShape.grey(161, 161);
    int two = 2 * large.size();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ssim.multiScale(large, new float[two], new float[two]))
        .withMessageContaining("one image");
    float[] good = new float[large.size()];
    float[] bad = good.clone();
    bad[7] = Float.NaN;
    assertThatIllegalArgumentException().isThrownBy(() -> Ssim.multiScale(large, good, bad));
  }

  private static float[] draw(ImageShape shape, long seed) {
    RandomStream random = RandomStream.of(seed, "image");
    float[] image = new float[shape.size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }

  private static double naive(ImageShape shape, float[] x, float[] y) {
    double sum = 0;
    for (int c = 0; c < shape.channels(); c++) {
      sum += naive(channel(shape, x, c), channel(shape, y, c))[0];
    }
    return sum / shape.channels();
  }

  private static double naiveMultiScale(ImageShape shape, float[] x, float[] y) {
    double[] exponents = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
    double sum = 0;
    for (int c = 0; c < shape.channels(); c++) {
      double[][] a = channel(shape, x, c);
      double[][] b = channel(shape, y, c);
      double product = 1;
      for (int scale = 0; scale < 5; scale++) {
        product *= Math.pow(naive(a, b)[scale == 4 ? 0 : 1], exponents[scale]);
        a = halved(a);
        b = halved(b);
      }
      sum += product;
    }
    return sum / shape.channels();
  }

  private static double[][] channel(ImageShape shape, float[] image, int channel) {
    double[][] rows = new double[shape.height()][shape.width()];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        rows[y][x] = image[(channel * shape.height() + y) * shape.width() + x];
      }
    }
    return rows;
  }

  /** Means of two by two; what stands alone at an edge counts twice. */
  private static double[][] halved(double[][] rows) {
    double[][] half = new double[(rows.length + 1) / 2][(rows[0].length + 1) / 2];
    int[][] counts = new int[half.length][half[0].length];
    for (int y = 0; y < rows.length; y++) {
      for (int x = 0; x < rows[0].length; x++) {
        half[y / 2][x / 2] += rows[y][x];
        counts[y / 2][x / 2]++;
      }
    }
    for (int y = 0; y < half.length; y++) {
      for (int x = 0; x < half[0].length; x++) {
        half[y][x] /= counts[y][x];
      }
    }
    return half;
  }

  /**
   * One window after the other, as the paper writes it: two-dimensional weights, two passes. Gives
   * the mean SSIM, and that without the comparison of levels.
   */
  private static double[] naive(double[][] x, double[][] y) {
    double[][] weights = new double[11][11];
    double total = 0;
    for (int i = 0; i < 121; i++) {
      int dy = i / 11 - 5;
      int dx = i % 11 - 5;
      weights[i / 11][i % 11] = Math.exp(-(dx * dx + dy * dy) / (2 * 1.5 * 1.5));
      total += weights[i / 11][i % 11];
    }
    double sum = 0;
    double sumWithoutLevels = 0;
    int windows = 0;
    for (int top = 0; top + 11 <= x.length; top++) {
      for (int left = 0; left + 11 <= x[0].length; left++) {
        double mx = 0;
        double my = 0;
        for (int i = 0; i < 121; i++) {
          double w = weights[i / 11][i % 11] / total;
          mx += w * x[top + i / 11][left + i % 11];
          my += w * y[top + i / 11][left + i % 11];
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < 121; i++) {
          double w = weights[i / 11][i % 11] / total;
          double dx = x[top + i / 11][left + i % 11] - mx;
          double dy = y[top + i / 11][left + i % 11] - my;
          xx += w * dx * dx;
          yy += w * dy * dy;
          xy += w * dx * dy;
        }
        double withoutLevels = (2 * xy + 9e-4) / (xx + yy + 9e-4);
        sum += withoutLevels * (2 * mx * my + 1e-4) / (mx * mx + my * my + 1e-4);
        sumWithoutLevels += withoutLevels;
        windows++;
      }
    }
    return new double[] {sum / windows, sumWithoutLevels / windows};
  }
}
