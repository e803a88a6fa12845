package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class ContractiveTest {

  private static final List<Activation> KINDS =
      List.of(Activation.IDENTITY, Activation.SIGMOID, Activation.TANH);

  private static DoubleUnaryOperator function(Activation activation) {
    return switch (activation) {
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case TANH -> Math::tanh;
      default -> x -> x;
    };
  }

  private static double slope(DoubleUnaryOperator f, double x) {
    return (f.applyAsDouble(x + 1e-5) - f.applyAsDouble(x - 1e-5)) / 2e-5;
  }

  @Property(tries = 30)
  void ofOneLayerItIsTheClosedFormOfThePaper(
      @ForAll @Size(6) List<@DoubleRange(min = -3, max = 3) Double> codes,
      @ForAll @DoubleRange(min = 0.01, max = 5) double weight) {
    double[] norms = {0.7, 2, 0};
    for (Activation activation : KINDS) {
      DoubleUnaryOperator f = function(activation);
      LatentStage stage = Contractive.of(weight).activation(activation);
      StageProbe probe = StageProbe.training(stage, ImageShape.vector(3), 2);
      probe.batch.setRowNorms(norms);
      probe.feed(codes.stream().mapToDouble(x -> x).toArray());
      double expected = 0;
      for (int i = 0; i < 6; i++) {
        assertThat(probe.batch.output()[i]).isCloseTo(f.applyAsDouble(codes.get(i)), offset(1e-12));
        expected += Math.pow(slope(f, codes.get(i)), 2) * norms[i % 3];
      }
      assertThat(probe.batch.terms()[0]).isCloseTo(weight * expected, offset(1e-6 * (1 + weight)));
      probe.assertGradient();
    }
  }

  @Example
  void theGradientOfRowsIsThatOfTheTerm() {
    for (Activation activation : KINDS) {
      LatentStage stage = Contractive.of(0.4).activation(activation);
      StageProbe probe = StageProbe.training(stage, ImageShape.vector(3), 5);
      double[] norms = {0.7, 2, 0.1};
      probe.batch.setRowNorms(norms);
      probe.gradient();
      double[] actual = probe.batch.rowNormGradients().clone();
      double term = probe.batch.terms()[0];
      for (int j = 0; j < 3; j++) {
        double[] longer = norms.clone();
        longer[j] += 1;
        probe.batch.setRowNorms(longer);
        // The term is linear in them.
        double more = StageProbe.SCALE * (probe.forward().terms()[0] - term);
        assertThat(actual[j]).isCloseTo(more, offset(1e-12)).isPositive();
      }
    }
  }

  @Example
  void ofOtherEncodersItIsTheSquareOfADifferenceOverTheStep() {
    LatentStage stage = Contractive.of(0.5);
    StageProbe probe = StageProbe.training(stage, ImageShape.vector(2), 2);
    double[] moved = {1 + Contractive.STEP, 2, 3, 4 - 3 * Contractive.STEP};
    System.arraycopy(moved, 0, probe.batch.moved(), 0, 4);
    assertThat(probe.feed(1, 2, 3, 4).output()).containsExactly(1, 2, 3, 4);
    assertThat(probe.batch.terms()[0]).isCloseTo(0.5 * (1 + 9), offset(1e-12));
  }

  @Example
  void gradientsFlowToBothSamplesOfAPair() {
    for (Activation activation : KINDS) {
      LatentStage stage = Contractive.of(0.3).activation(activation);
      StageProbe probe = StageProbe.training(stage, new ImageShape(1, 2, 2), 3);
      double[] moved = probe.batch.moved();
      for (int i = 0; i < moved.length; i++) {
        moved[i] = probe.batch.input()[i] + (i % 3 - 1) * 0.8 * Contractive.STEP;
      }
      probe.gradient();
      double[] actual = probe.batch.movedGradient().clone();
      for (int i = 0; i < moved.length; i++) {
        double value = moved[i];
        moved[i] = value + 1e-6;
        double above = probe.forward().terms()[0];
        moved[i] = value - 1e-6;
        double below = probe.forward().terms()[0];
        moved[i] = value;
        double expected = StageProbe.SCALE * (above - below) / 2e-6;
        assertThat(actual[i]).isCloseTo(expected, offset(1e-5 * (1 + Math.abs(expected))));
      }
      probe.assertGradient();
    }
  }

  @Example
  void encodingAndReconstructingMeasureNothing() {
    for (Mode mode : List.of(Mode.ENCODING, Mode.RECONSTRUCTION)) {
      StageProbe probe =
          new StageProbe(
              Contractive.of(1).activation(Activation.TANH), ImageShape.vector(1), 1, mode, 0);
      assertThat(probe.feed(2).output()[0]).isCloseTo(Math.tanh(2), offset(1e-12));
      assertThat(probe.batch.terms()[0]).isZero();
    }
  }

  @Example
  void saysWhatItIs() {
    Contractive plain = Contractive.of(0.1);
    assertThat(plain.describe()).isEqualTo("contraction of weight 0.1000");
    assertThat(plain.activation(Activation.SIGMOID).describe())
        .isEqualTo("contraction of weight 0.1000, sigmoid");
    assertThat(plain.terms()).containsExactly("contraction");
    assertThat(plain.limitsCopying()).isTrue();
    assertThat(plain.isNoisy()).isFalse();
    assertThat(plain.kernel(ImageShape.vector(2)).couplesSamples()).isFalse();
  }

  @Example
  void refusesWhatCannotBe() {
    for (double wrong : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Contractive.of(wrong))
          .withMessageContainingAll("contraction", Double.toString(wrong), "above 0", "0.1");
    }
    for (Activation wrong : Activation.values()) {
      if (!KINDS.contains(wrong)) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Contractive.of(1).activation(wrong))
            .withMessageContainingAll("SIGMOID", wrong.toString(), "builder");
      }
    }
  }

  @Example
  void refusesWhatIsNoSmoothFunctionOfItsSample() {
    LatentStage stage = Contractive.of(1);
    LatentStage power = PowerNormalization.perExample();
    for (LatentStage before :
        List.of(
            LatentNoise.variance(0.1),
            PowerNormalization.perBatch(),
            Variational.standard(),
            Sparse.topK(1),
            Wasserstein.standard(),
            VectorQuantization.entries(4),
            Contractive.of(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Contractive.requireOrder(List.of(before, stage)))
          .withMessageContainingAll(stage.describe(), before.describe(), "first", "Put it before");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Contractive.requireOrder(List.of(power, before, stage)))
          .withMessageContaining(before.describe());
      if (!(before instanceof Contractive)) {
        Contractive.requireOrder(List.of(stage, before));
        Contractive.requireOrder(List.of(power, stage, before));
      }
    }
  }
}
