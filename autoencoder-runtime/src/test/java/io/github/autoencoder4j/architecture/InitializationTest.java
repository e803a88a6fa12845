package io.github.autoencoder4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.architecture.ParameterSpec.Start;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.random.RandomStream;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InitializationTest {

  private static final int DRAWS = 20_000;

  /** First values of one array of a layer, as many as it takes to tell their distribution. */
  private static double[] drawn(LayerPlan layer, String name, Initialization rule) {
    ParameterSpec spec =
        layer.learned().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    Start start = spec.start().by(rule);
    RandomStream random = RandomStream.of(1, "test");
    return IntStream.range(0, DRAWS).mapToDouble(i -> start.value(i, random)).toArray();
  }

  private static void assertUniform(double[] values, double bound) {
    double variance = 0;
    for (double value : values) {
      assertThat(value).isBetween(-bound, bound);
      variance += value * value / values.length;
    }
    // Of a uniform distribution the variance is b^2 / 3, and that of its square 4 b^4 / 45.
    assertThat(variance)
        .isCloseTo(bound * bound / 3, within(5 * bound * bound * Math.sqrt(4.0 / 45 / DRAWS)));
  }

  @Property(tries = 20)
  void denseLayersAreUniformWithinTheBoundsOfGlorotAndOfTheFanIn(
      @ForAll @IntRange(min = 1, max = 900) int in, @ForAll @IntRange(min = 1, max = 900) int out) {
    LayerPlan layer =
        new DenseLayerPlan(
            "layer", ImageShape.vector(in), ImageShape.vector(out), Activation.RELU, 0);

    assertUniform(
        drawn(layer, "weight", Initialization.GLOROT_UNIFORM), Math.sqrt(6.0 / (in + out)));
    assertUniform(drawn(layer, "weight", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(in));
    assertUniform(drawn(layer, "bias", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(in));
    assertThat(drawn(layer, "bias", Initialization.GLOROT_UNIFORM)).containsOnly(0);
  }

  @Test
  void aConvolutionCountsWhatOneOutputSees() {
    ImageShape large = new ImageShape(8, 8, 3);
    ImageShape small = new ImageShape(4, 4, 5);
    LayerPlan down =
        new ConvLayerPlan("down", large, small, Axes.BOTH, 4, 2, false, Activation.RELU);
    LayerPlan up =
        new ConvLayerPlan("up", small, large, Axes.BOTH, 4, 2, true, Activation.IDENTITY);

    // 16 taps of 3 channels; transposed, a stride of 2 leaves a quarter of 16 taps of 5.
    assertUniform(drawn(down, "weight", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(48));
    assertUniform(drawn(up, "weight", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(20));
    assertUniform(drawn(up, "bias", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(20));
    assertUniform(drawn(down, "weight", Initialization.GLOROT_UNIFORM), Math.sqrt(6.0 / (48 + 20)));
  }

  @Test
  void aConvolutionOfASequenceCountsOneRow() {
    ImageShape large = new ImageShape(1, 8, 3);
    ImageShape small = new ImageShape(1, 4, 5);
    LayerPlan down =
        new ConvLayerPlan("down", large, small, Axes.WIDTH, 4, 2, false, Activation.RELU);
    LayerPlan up =
        new ConvLayerPlan("up", small, large, Axes.WIDTH, 4, 2, true, Activation.IDENTITY);
    LayerPlan block = new ResidualBlockPlan("block", large, Axes.WIDTH, 3, Activation.RELU);

    // 4 taps of 3 channels; transposed, a stride of 2 leaves half of 4 taps of 5.
    assertUniform(drawn(down, "weight", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(12));
    assertUniform(drawn(up, "weight", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(10));
    assertUniform(drawn(down, "weight", Initialization.GLOROT_UNIFORM), Math.sqrt(6.0 / (12 + 10)));
    assertUniform(drawn(block, "weight", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(9));
  }

  @Test
  void aResidualBlockIsTheIdentityOnlyIfLeftToItself() {
    LayerPlan block =
        new ResidualBlockPlan("block", new ImageShape(4, 4, 2), Axes.BOTH, 3, Activation.RELU);

    for (double value : drawn(block, "weight-2", Initialization.AUTOMATIC)) {
      assertThat(value).isEqualTo(0, offset(0.0));
    }
    assertUniform(drawn(block, "weight-2", Initialization.FAN_IN_UNIFORM), 1 / Math.sqrt(18));
  }

  @ParameterizedTest
  @EnumSource
  void whatShapesTheActivationStartsAsEver(Initialization rule) {
    List<ParameterSpec> learned =
        new DenseLayerPlan("layer", ImageShape.vector(3), ImageShape.vector(2), Activation.GDN, 0)
            .learned();

    for (ParameterSpec spec : learned) {
      if (spec.kind() == Kind.ACTIVATION) {
        assertThat(spec.start().by(rule)).isSameAs(spec.start());
      }
    }
  }
}
