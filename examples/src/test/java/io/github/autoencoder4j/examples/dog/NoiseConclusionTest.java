package io.github.autoencoder4j.examples.dog;

import static io.github.autoencoder4j.examples.dog.GaussianConclusionTest.generation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NoiseConclusionTest {

  private static final Generation SHORT = generation(0.5, 0.4, 0.3);
  private static final Generation FULL = generation(0.5, 0.97, 0.98);

  @Test
  void saysWhatNoiseInTrainingGainsAndLoses() {
    assertThat(NoiseConclusion.of(matrix(24, 19, 23.5, 22), samples(SHORT, SHORT)))
        .contains(
            "has 24.00 dB where there is none and 19.00 dB at variance 0.10",
            "has 23.50 dB and 22.00 dB",
            "So it gains 3.00 dB where there is noise",
            "and loses 0.50 dB where there is none.");
  }

  @Test
  void speaksOfNoLossIfThereIsNone() {
    assertThat(NoiseConclusion.of(matrix(24, 19, 24.2, 22), samples(SHORT, SHORT)))
        .contains("So it gains 3.00 dB", "and loses nothing where there is none.")
        .doesNotContainPattern("-[0-9]");
  }

  @Test
  void speaksOfNoGainIfThereIsNone() {
    assertThat(NoiseConclusion.of(matrix(24, 19, 23, 18.5), samples(SHORT, SHORT)))
        .contains("So training with noise did not help")
        .doesNotContain("gains", "nearly the same picture");
  }

  @Test
  void callsSamplingGenerativeOnlyIfNoiseMadeItSo() {
    double[][] matrix = matrix(24, 19, 23.5, 22);

    assertThat(NoiseConclusion.of(matrix, samples(SHORT, SHORT)))
        .endsWith("Sampling does not become generative.");
    assertThat(NoiseConclusion.of(matrix, samples(SHORT, FULL)))
        .contains("precision is higher with noise, coverage is higher with noise")
        .endsWith("samples are no longer told from reconstructions: it does.");
    assertThat(NoiseConclusion.of(matrix, samples(FULL, FULL)))
        .contains("precision is not clearly changed by the noise")
        .endsWith("those of the model without noise are not either.");
  }

  private static List<Generation> samples(Generation plain, Generation noisy) {
    return List.of(plain, plain, noisy, plain);
  }

  /** The four figures that stand in a sentence of their own; the others are 20 dB. */
  private static double[][] matrix(
      double plainAtNone, double plainAtNoise, double noisyAtNone, double noisyAtNoise) {
    return new double[][] {
      {plainAtNone, 20, plainAtNoise, 20},
      {20, 20, 20, 20},
      {noisyAtNone, 20, noisyAtNoise, 20},
      {20, 20, 20, 20}
    };
  }
}
