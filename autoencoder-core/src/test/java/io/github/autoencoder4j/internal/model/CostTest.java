package io.github.autoencoder4j.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.Axes;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Specs;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CostTest {

  private static final ImageShape PIXEL = new ImageShape(1, 1, 1);

  @Provide
  static Arbitrary<Architecture> architectures() {
    Arbitrary<Architecture> dense =
        Arbitraries.integers()
            .between(1, 9)
            .list()
            .ofMaxSize(5)
            .map(hidden -> new DenseArchitecture(PIXEL, hidden, 2, Activation.GDN, 0));
    Arbitrary<Architecture> conv =
        Combinators.combine(
                Arbitraries.integers().between(1, 3).list().ofMinSize(1).ofMaxSize(4),
                Arbitraries.of(0, 1),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of(Resampling.values()),
                Arbitraries.of(Axes.values()))
            .as(CostTest::conv);
    return Arbitraries.oneOf(dense, conv);
  }

  private static Architecture conv(
      List<Integer> strides, int less, int blocks, Resampling resampling, Axes axes) {
    int side = strides.stream().reduce(1, (a, b) -> a * b);
    return new ConvArchitecture(
        new ImageShape(axes.height(side), side, 1),
        PIXEL,
        strides,
        Collections.nCopies(strides.size() - less, 2),
        resampling == Resampling.SUBPIXEL ? 3 : ConvArchitecture.FITTING_KERNEL,
        Activation.PRELU,
        blocks,
        resampling);
  }

  @Property(tries = 200)
  void layersAreCountedAsTheyAreMade(@ForAll("architectures") Architecture architecture) {
    assertThat(Cost.layers(architecture, 3))
        .isEqualTo(3 + architecture.encoder().size() + architecture.decoder().size());
  }

  @Property(tries = 200)
  void parametersAreThoseOfTheArchitecture(@ForAll("architectures") Architecture architecture) {
    assertThat(Cost.of(Network.of(Specs.of(architecture))).parameters())
        .isEqualTo(architecture.parameters());
  }

  @Property(tries = 200)
  void activationsAreAtLeastWhatTheLayersPutOut(@ForAll("architectures") Architecture all) {
    long outputs =
        Stream.concat(all.encoder().stream(), all.decoder().stream())
            .mapToLong(layer -> layer.output().size())
            .sum();
    assertThat(Cost.of(Network.of(Specs.of(all))).activations()).isGreaterThanOrEqualTo(outputs);
  }

  @Test
  void aDenseLayerMultipliesOnceForEachWeight() {
    Cost cost =
        Cost.of(
            Network.of(
                Specs.of(
                    new DenseArchitecture(
                        new ImageShape(1, 10, 1), List.of(), 3, Activation.TANH, 0),
                    LatentNoise.variance(1),
                    PowerNormalization.perExample())));
    assertThat(cost).isEqualTo(new Cost(10 + 2 * 3 + 3 + 10, 33 + 40, 33 + 40));
  }

  @Test
  void aConvolutionMultipliesVectorsForEachPixel() {
    Architecture one =
        new ConvArchitecture(
            new ImageShape(8, 8, 1),
            new ImageShape(8, 8, 1),
            List.of(1),
            List.of(),
            3,
            Activation.RELU,
            0,
            Resampling.SUBPIXEL);
    // Nine weights and a bias, for one channel that costs as much as 64, at 64 pixels.
    assertThat(Cost.of(Network.of(Specs.of(one))))
        .isEqualTo(new Cost(64 + 2 * 64 * 16, 2 * 10 * 64 * 64, 2 * 10));
  }

  @Test
  void aKernelOfOneRowMultipliesItsWidth() {
    Architecture one =
        new ConvArchitecture(
            new ImageShape(1, 64, 1),
            new ImageShape(1, 32, 1),
            List.of(2),
            List.of(),
            4,
            Activation.RELU,
            0,
            Resampling.STRIDED);
    // Four weights and a bias at 32 places; the transposed one may write out each product.
    assertThat(Cost.of(Network.of(Specs.of(one))))
        .isEqualTo(new Cost(64 + 32 * 16 + 64 * 16 + 4 * 32, 2 * 5 * 64 * 32, 2 * 5));
  }

  @Test
  void whatNoLongHoldsIsTheLargest() {
    Architecture huge =
        new ConvArchitecture(
            PIXEL,
            new ImageShape(1, 1, Integer.MAX_VALUE),
            List.of(1),
            List.of(Integer.MAX_VALUE),
            999,
            Activation.RELU,
            0,
            Resampling.SUBPIXEL);
    assertThat(Cost.of(Network.of(Specs.of(huge))).parameters()).isEqualTo(Long.MAX_VALUE);
    assertThat(Cost.of(Network.of(Specs.of(huge))).multiplications()).isGreaterThan(1L << 61);
    assertThat(huge.parameters()).isEqualTo(Long.MAX_VALUE);
  }
}
