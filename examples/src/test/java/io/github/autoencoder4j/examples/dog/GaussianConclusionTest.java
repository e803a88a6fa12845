package io.github.autoencoder4j.examples.dog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.metric.GenerativeFigures;
import org.junit.jupiter.api.Test;

class GaussianConclusionTest {

  @Test
  void saysWhetherTheCovarianceHelps() {
    assertThat(conclusion(0.2, 0.6))
        .contains(
            "near 20 % of the real test pictures",
            "near 60 % with the covariance",
            "near 30 % with the covariance shrunk: it pays to know which entries go together.");
    assertThat(conclusion(0.58, 0.6)).contains(": it makes no clear difference there to know");
    assertThat(conclusion(0.6, 0.2)).contains(": to know which entries go together does not help");
  }

  @Test
  void showsBothFiguresThatTheVerdictDependsOn() {
    Generation other = generation(0.5, 0.5, 0.5);

    assertThat(GaussianConclusion.of(other, generation(0.5, 0.4, 0.98), other))
        .contains("40 % of the samples with the covariance lie among", "come near 98 % of it")
        .contains("So samples are told from pictures");
    assertThat(GaussianConclusion.of(other, generation(0.5, 0.97, 0.3), other))
        .contains("come near 30 % of it", "So samples are told from pictures");
    assertThat(GaussianConclusion.of(other, generation(0.5, 0.97, 0.98), other))
        .contains(
            "97 % of the samples with the covariance", "(reconstructions of other pictures 99 %)")
        .endsWith("samples are not told from pictures.");
  }

  private static String conclusion(double independent, double correlated) {
    return GaussianConclusion.of(
        generation(independent, 0.5, 0.5),
        generation(correlated, 0.5, 0.5),
        generation(0.3, 0.5, 0.5));
  }

  /** Samples with these figures, and reconstructions of other pictures with 99 % of everything. */
  static Generation generation(double recall, double precision, double coverage) {
    return new Generation(
        figures(0.5, recall, 0.5), figures(precision, 0.5, coverage), figures(0.99, 0.99, 0.99));
  }

  private static GenerativeFigures figures(double precision, double recall, double coverage) {
    return new GenerativeFigures(512, 9, 9, 0.05, precision, recall, 1, coverage, 0.1, 0.01);
  }
}
