package io.github.autoencoder4j.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearCodeTest {

  @Property
  void noOtherSplitOfThePowerIsBetter(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int count,
      @ForAll @DoubleRange(min = 0.01, max = 20) double noise) {
    RandomStream random = RandomStream.of(seed, "variances");
    double[] variances = new double[count];
    Arrays.setAll(variances, i -> Math.exp(2 * random.nextGaussian()));
    Arrays.sort(variances);
    for (int i = 0; i < count / 2; i++) {
      double swapped = variances[i];
      variances[i] = variances[count - 1 - i];
      variances[count - 1 - i] = swapped;
    }
    double[] powers = PowerAllocation.allocate(variances, noise);
    assertThat(Arrays.stream(powers).sum()).isCloseTo(count, within(1e-9 * count));
    assertThat(Arrays.stream(powers).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    double best = error(variances, powers, noise);
    for (int trial = 0; trial < 30; trial++) {
      int from = random.nextInt(count);
      int to = random.nextInt(count);
      double moved = powers[from] * random.nextDouble();
      double[] other = powers.clone();
      other[from] -= moved;
      other[to] += moved;
      assertThat(error(variances, other, noise)).isGreaterThanOrEqualTo(best * (1 - 1e-9));
    }
  }

  @Test
  void weakCoefficientsGetNoPowerWhenTheNoiseIsStrong() {
    assertThat(PowerAllocation.allocate(new double[] {100, 1e-4, 0}, 5)).containsExactly(3, 0, 0);
    double[] quiet = PowerAllocation.allocate(new double[] {100, 1e-4, 0}, 1e-6);
    assertThat(quiet[1]).isPositive();
    assertThat(quiet[2]).isZero();
  }

  @Test
  void sendsUnitPowerAndReachesTheExpectedError() {
    ImageSource images = PatchPcaTest.draw(new ImageShape(8, 8, 1), 400, 1);
    LinearCode code = LinearCode.of(PatchPca.fit(images, 4, 4, 3), 0.2);
    assertThat(code.snrDb()).isCloseTo(6.9897, within(1e-4));
    double power = 0;
    float[][] codes = code.encode(images.toArrays());
    for (float[] latent : codes) {
      for (float value : latent) {
        power += (double) value * value / codes.length / latent.length;
      }
    }
    assertThat(power).isCloseTo(1, within(2e-3));
    assertThat(Arrays.stream(code.powers()).sum()).isCloseTo(3, within(1e-9));
    assertThat(code.evaluate(images, 20, 1).mse())
        .isCloseTo(code.expectedMse(), within(0.02 * code.expectedMse()));
    assertThat(code.evaluate(images, 20, 1).psnr().count()).isEqualTo(8_000);
  }

  @Test
  void approachesPatchPcaWhenTheNoiseVanishes() {
    ImageSource images = PatchPcaTest.draw(new ImageShape(8, 8, 1), 100, 1);
    PatchPca twin = PatchPca.fit(images, 4, 4, 3);
    LinearCode code = LinearCode.of(twin, 1e-9);
    double clean = twin.evaluate(images).mse();
    assertThat(code.evaluate(images, 1, 1).mse()).isCloseTo(clean, within(1e-4 * clean));
  }

  @Test
  void sameSeedSameNoise() {
    ImageSource images = PatchPcaTest.draw(new ImageShape(8, 8, 1), 40, 1);
    LinearCode code = LinearCode.of(PatchPca.fit(images, 4, 4, 2), 0.1);
    float[][] originals = images.toArrays();
    assertThat(code.transmit(originals, 7)).isDeepEqualTo(code.transmit(originals, 7));
    assertThat(code.transmit(originals, 7)[0]).isNotEqualTo(code.transmit(originals, 8)[0]);
    assertThat(code.evaluate(images, 2, 7)).isEqualTo(code.evaluate(images, 2, 7));
  }

  @Test
  void decodeLeavesWhatWasReceivedAlone() {
    ImageSource images = PatchPcaTest.draw(new ImageShape(8, 8, 1), 40, 1);
    LinearCode code = LinearCode.of(PatchPca.fit(images, 4, 4, 2), 0.1);
    float[][] codes = code.encode(images.toArrays());
    float[] before = codes[0].clone();
    code.decode(codes);
    assertThat(codes[0]).isEqualTo(before);
  }

  @Test
  void rejectsImpossibleChannels() {
    ImageSource images = PatchPcaTest.draw(new ImageShape(8, 8, 1), 40, 1);
    PatchPca twin = PatchPca.fit(images, 4, 4, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearCode.of(twin, 0))
        .withMessageContaining("above 0");
    assertThatIllegalArgumentException().isThrownBy(() -> LinearCode.of(twin, Double.NaN));
    LinearCode code = LinearCode.of(twin, 0.1);
    assertThatIllegalArgumentException().isThrownBy(() -> code.evaluate(images, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> code.decode(new float[1][7]));
    ImageSource black = ImageSource.of(ImageShape.grey(8, 8), new float[40][64]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinearCode.of(PatchPca.fit(black, 4, 4, 2), 0.1))
        .withMessageContaining("do not vary");
  }

  private static double error(double[] variances, double[] powers, double noise) {
    double sum = 0;
    for (int i = 0; i < variances.length; i++) {
      sum += variances[i] * noise / (powers[i] + noise);
    }
    return sum;
  }
}
