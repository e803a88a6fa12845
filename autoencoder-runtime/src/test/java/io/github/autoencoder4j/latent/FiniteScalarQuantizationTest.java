package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class FiniteScalarQuantizationTest {

  private static double atanh(double value) {
    return Math.log((1 + value) / (1 - value)) / 2;
  }

  @Example
  void numbersAreRoundedToTheNearestLevel() {
    FiniteScalarQuantization stage = FiniteScalarQuantization.levels(2, 3, 5);
    double[] input = {-0.1, 0.4, 0.3, 0.1, 0.6, -0.2, 9, -9, 0.7};
    for (int i = 0; i < input.length; i++) {
      input[i] = Math.abs(input[i]) < 1 ? atanh(input[i]) : input[i];
    }
    for (Mode mode : Mode.values()) {
      assertThat(StageProbe.output(stage, ImageShape.vector(9), 1, mode, input))
          .containsExactly(-1, 0, 0.5, 1, 1, 0, 1, -1, 0.5);
    }
  }

  @Property(tries = 100)
  void roundingMovesATanhByHalfAStepAtMost(
      @ForAll @DoubleRange(min = -20, max = 20) double number,
      @ForAll @IntRange(min = 2, max = 256) int levels) {
    FiniteScalarQuantization stage = FiniteScalarQuantization.levels(levels);
    double value = StageProbe.output(stage, ImageShape.vector(1), 1, Mode.ENCODING, number)[0];
    assertThat(Math.abs(value - Math.tanh(number))).isLessThanOrEqualTo(1.0 / (levels - 1) + 1e-12);
    assertThat(value).isBetween(-1.0, 1.0);
  }

  /** The straight-through gradient is that of the hyperbolic tangent. */
  @Example
  void gradientsPassAsIfNothingWereRounded() {
    for (ImageShape code : List.of(ImageShape.vector(6), new ImageShape(2, 3, 4))) {
      StageProbe probe = StageProbe.training(FiniteScalarQuantization.levels(8, 5), code, 3);
      double[] gradient = probe.gradient();
      double h = 1e-6;
      for (int i = 0; i < gradient.length; i++) {
        double z = probe.batch.input()[i];
        double slope = (Math.tanh(z + h) - Math.tanh(z - h)) / (2 * h);
        assertThat(gradient[i]).isCloseTo(0.1 * (i + 1) * slope, offset(1e-8 * (i + 1)));
      }
    }
  }

  @Property(tries = 50)
  void indicesAndCodesAreTheSame(@ForAll long seed) {
    FiniteScalarQuantization stage = FiniteScalarQuantization.levels(8, 5, 5, 4);
    for (ImageShape shape : List.of(ImageShape.vector(12), new ImageShape(3, 2, 8))) {
      Codebook codebook = stage.codebook(shape, List.of());
      assertThat(codebook.entries()).isEqualTo(800);
      RandomStream random = RandomStream.of(seed, "indices");
      int[] indices = random.ints(codebook.length(), 0, 800).toArray();
      float[] code = codebook.code(indices);
      assertThat(codebook.indices(code)).containsExactly(indices);
      // Any code of the stage is one of them, bit for bit.
      double[] input = random.doubles(shape.size(), -3, 3).toArray();
      double[] output = StageProbe.output(stage, shape, 1, Mode.ENCODING, input);
      float[] floats = new float[output.length];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) output[i];
      }
      assertThat(codebook.code(codebook.indices(floats))).containsExactly(floats);
    }
  }

  @Example
  void theFirstNumberCountsFastest() {
    Codebook codebook =
        FiniteScalarQuantization.levels(3, 2).codebook(ImageShape.vector(2), List.of());
    assertThat(codebook.entry(0)).containsExactly(-1, -1);
    assertThat(codebook.entry(1)).containsExactly(0, -1);
    assertThat(codebook.entry(3)).containsExactly(-1, 1);
    assertThat(codebook.indices(new float[] {9, 0.1f})).containsExactly(5);
    assertThat(codebook.bits()).isCloseTo(Math.log(6) / Math.log(2), offset(1e-12));
  }

  @Example
  void whatIsNotANumberIsNeverHidden() {
    FiniteScalarQuantization stage = FiniteScalarQuantization.levels(3);
    assertThat(
            StageProbe.output(
                stage,
                ImageShape.vector(2),
                1,
                Mode.TRAINING,
                Double.NaN,
                Double.POSITIVE_INFINITY))
        .containsExactly(Double.NaN, 1);
  }

  @Example
  void refusesNumbersThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FiniteScalarQuantization(List.of()))
        .withMessageContaining("at least one number");
    for (int wrong : new int[] {-1, 1, 257}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FiniteScalarQuantization.levels(8, wrong))
          .withMessageContainingAll("2 to 256", "given " + wrong);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FiniteScalarQuantization.levels(256, 256, 256, 2))
        .withMessageContainingAll("16,777,216", "fewer numbers");
    assertThat(FiniteScalarQuantization.levels(256, 256, 256).levels()).hasSize(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FiniteScalarQuantization.levels(8, 5, 5, 5).fedBy(ImageShape.vector(6)))
        .withMessageContainingAll("6 numbers", "vectors of 4");
  }

  @Example
  void saysWhatItIs() {
    assertThat(FiniteScalarQuantization.levels(8, 5, 5, 5).describe())
        .isEqualTo("8 x 5 x 5 x 5 levels");
  }
}
