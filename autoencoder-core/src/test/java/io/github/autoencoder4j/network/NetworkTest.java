package io.github.autoencoder4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.ConvLayerPlan;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.architecture.ParameterSpec.Kind;
import io.github.autoencoder4j.architecture.RearrangementPlan;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.architecture.ResidualBlockPlan;
import io.github.autoencoder4j.data.ImageShape;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static DenseArchitecture dense(Activation activation) {
    return new DenseArchitecture(ImageShape.grey(2, 3), List.of(5, 4), 2, activation, 0);
  }

  private static ConvArchitecture conv(Activation activation, int blocks, Resampling resampling) {
    return new ConvArchitecture(
        new ImageShape(8, 4, 3),
        new ImageShape(2, 1, 2),
        List.of(2, 2),
        List.of(4, 5),
        resampling == Resampling.STRIDED ? 4 : 3,
        activation,
        blocks,
        resampling);
  }

  @Test
  void denseWeightsAreRowsOfOutputs() {
    Network network =
        Network.of(
            Specs.of(
                new DenseArchitecture(ImageShape.vector(3), List.of(), 2, Activation.IDENTITY, 0)));
    assertThat(network.parameters())
        .extracting(
            Network.Entry::name,
            Network.Entry::shape,
            entry -> entry.spec().kind(),
            Network.Entry::offset,
            Network.Entry::end)
        .containsExactly(
            tuple("bottleneck.weight", List.of(2, 3), Kind.WEIGHT, 0, 6),
            tuple("bottleneck.bias", List.of(2), Kind.BIAS, 6, 8),
            tuple("logits.weight", List.of(3, 2), Kind.WEIGHT, 8, 14),
            tuple("logits.bias", List.of(3), Kind.BIAS, 14, 17));
  }

  @Test
  void aResidualBlockHasTwoOfEach() {
    ConvArchitecture architecture = conv(Activation.GDN, 1, Resampling.SUBPIXEL);
    LayerPlan block = architecture.encoder().get(2);
    assertThat(Network.of(Specs.of(architecture)).parameters(block))
        .extracting(Network.Entry::name, Network.Entry::shape)
        .containsExactly(
            tuple(block.name() + ".bias", List.of(4)),
            tuple(block.name() + ".weight", List.of(4, 4, 3, 3)),
            tuple(block.name() + ".bias-2", List.of(4)),
            tuple(block.name() + ".weight-2", List.of(4, 4, 3, 3)),
            tuple(block.name() + ".beta", List.of(4)),
            tuple(block.name() + ".gamma", List.of(4, 4, 1, 1)));
  }

  @Property(tries = 60)
  void oneArrayFollowsAnotherAndNoneIsMissing(
      @ForAll Activation activation,
      @ForAll @IntRange(max = 2) int blocks,
      @ForAll Resampling resampling) {
    for (Architecture architecture :
        List.of(dense(activation), conv(activation, blocks, resampling))) {
      Network network = Network.of(Specs.of(architecture));
      int end = 0;
      for (Network.Entry entry : network.parameters()) {
        assertThat(entry.offset()).as("%s", entry.name()).isEqualTo(end);
        end = entry.end();
      }
      assertThat(end)
          .isEqualTo(network.layers().stream().mapToLong(NetworkTest::parameters).sum())
          .isEqualTo((int) architecture.parameters());
      assertThat(network.parameters()).extracting(Network.Entry::name).doesNotHaveDuplicates();
      assertThat(network.parameters(architecture.encoder()))
          .isEqualTo(
              network.parameters().stream()
                  .filter(entry -> architecture.encoder().contains(entry.owner()))
                  .toList());
      assertThat(network.layers()).startsWith(architecture.encoder().toArray(LayerPlan[]::new));
      assertThat(network.layers()).endsWith(architecture.decoder().toArray(LayerPlan[]::new));
    }
  }

  /** What the formula of each layer says. */
  private static long parameters(LayerPlan plan) {
    long in = plan.input().channels();
    long out = plan.output().channels();
    long linear;
    if (plan instanceof ConvLayerPlan conv) {
      linear = (in * conv.kernelHeight() * conv.kernel() + 1) * out;
    } else if (plan instanceof ResidualBlockPlan block) {
      linear = 2 * (in * block.kernelHeight() * block.kernel() + 1) * out;
    } else if (plan instanceof RearrangementPlan) {
      linear = 0;
    } else {
      out = plan.output().size();
      linear = (plan.input().size() + 1L) * out;
    }
    return linear
        + switch (plan.activation()) {
          case PRELU -> out;
          case GDN, INVERSE_GDN -> out * (out + 1);
          default -> 0;
        };
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    DenseArchitecture wide =
        new DenseArchitecture(
            ImageShape.vector(100_000), List.of(20_000), 2, Activation.IDENTITY, 0);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Network.of(Specs.of(wide)).parameters());
  }
}
