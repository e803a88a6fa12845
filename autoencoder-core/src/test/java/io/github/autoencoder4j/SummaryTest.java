package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.loss.Loss;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static Autoencoder digits() {
    return Autoencoder.dense()
        .input(28, 28)
        .hidden(512, 64)
        .bottleneck(2)
        .activation(Activation.TANH)
        .loss(Loss.MEAN_SQUARED_ERROR)
        .l2(1e-4)
        .build();
  }

  @Test
  void listsEveryLayerWithItsShapeAndParameters() {
    assertThat(digits().summary().lines().map(line -> line.strip().replaceAll("\\s+", " ")))
        .startsWith(
            "layer kind output activation parameters",
            "input 28x28x1",
            "encoder-1 dense 1x512x1 tanh 401,920",
            "encoder-2 dense 1x64x1 tanh 32,832",
            "bottleneck dense 1x2x1 130",
            "decoder-1 dense 1x64x1 tanh 192",
            "decoder-2 dense 1x512x1 tanh 33,280",
            "logits dense 28x28x1 402,192",
            "reconstruction 28x28x1 sigmoid");
  }

  @Test
  void endsWithTheTotalsAndTheObjective() {
    assertThat(digits().summary().lines().reduce((a, b) -> b).orElseThrow())
        .contains("870,546 parameters")
        .contains("1/392")
        .contains("sigmoid, squared error")
        .contains("l1 0.0, l2 1.0E-4");
    assertThat(digits().architecture().orElseThrow().parameters()).isEqualTo(870_546);
  }

  @Test
  void alignsItsColumns() {
    assertThat(digits().summary().lines().limit(9).mapToInt(String::length).distinct().count())
        .isEqualTo(1);
  }

  @Test
  void doesNotDependOnTheLanguageOfTheMachine() {
    Locale before = Locale.getDefault();
    String expected = digits().summary();
    try {
      // A dotless i, a decimal comma and other digits.
      for (String language : new String[] {"tr-TR", "de-DE", "ar-EG"}) {
        Locale.setDefault(Locale.forLanguageTag(language));
        assertThat(digits().summary()).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
