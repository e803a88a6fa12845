package io.github.autoencoder4j.internal.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.ParameterSpec;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.latent.VectorQuantization;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Network;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainMemoryTest {

  private static final long MEGABYTE = 1L << 20;

  private static Network network(Architecture architecture, LatentStage... stages) {
    return Network.of(
        new Spec(
            architecture,
            List.of(stages),
            Output.bernoulli(),
            Penalty.NONE,
            Optional.empty(),
            Optimizer.adam(1e-3),
            1));
  }

  private static Network conv(int side, int width, int kernel, Activation activation) {
    ImageShape input = new ImageShape(side, side, 1);
    ImageShape latent = new ImageShape(side, side, 1);
    return network(
        new ConvArchitecture(
            input, latent, List.of(1), List.of(width), kernel, activation, 0, Resampling.SUBPIXEL));
  }

  @Test
  void saysWhatANetworkNeedsAndHowToGiveIt() {
    // 256 x 256 pixels: an input, 64 channels and a code, of which the first and last share a row,
    // and eight rows that weights see; twice.
    Network wide = conv(256, 64, 3, Activation.RELU);
    int bytes = 2 * (1 + 64 + 8) * 256 * 256 * 4;
    assertThat(PlainMemory.objection(wide, 2L * bytes)).isEmpty();
    assertThat(PlainMemory.objection(wide, 2L * bytes - 2).orElseThrow())
        .contains("37 MB for what its layers and stages make of one sample", "-Xmx73m or more");
  }

  @Test
  void aLargeKernelNeedsNoMoreThanASmallOne() {
    Network small = conv(256, 1, 3, Activation.RELU);
    Network large = conv(256, 1, 101, Activation.RELU);
    for (long heap : new long[] {8 * MEGABYTE, 11 * MEGABYTE}) {
      assertThat(PlainMemory.objection(large, heap).isPresent())
          .isEqualTo(PlainMemory.objection(small, heap).isPresent())
          .isEqualTo(heap == 8 * MEGABYTE);
    }
  }

  @Test
  void aSequenceNeedsWhatItsLengthSays() {
    ImageShape signal = new ImageShape(1, 256 * 256, 1);
    Network wide =
        network(
            new ConvArchitecture(
                signal,
                signal,
                List.of(1),
                List.of(64),
                9,
                Activation.RELU,
                0,
                Resampling.SUBPIXEL));
    // As many as 256 x 256 pixels: of nine weights eight see their numbers at a time.
    int bytes = 2 * (1 + 64 + 8) * 256 * 256 * 4;
    assertThat(PlainMemory.objection(wide, 2L * bytes)).isEmpty();
    assertThat(PlainMemory.objection(wide, 2L * bytes - 2)).isPresent();
  }

  @Test
  void normalizationNeedsSquaresAndSums() {
    Network plain = conv(256, 64, 3, Activation.RELU);
    Network normalized = conv(256, 64, 3, Activation.GDN);
    assertThat(PlainMemory.objection(plain, 80 * MEGABYTE)).isEmpty();
    assertThat(PlainMemory.objection(normalized, 80 * MEGABYTE)).isPresent();
    assertThat(PlainMemory.objection(normalized, 210 * MEGABYTE)).isEmpty();
  }

  @Test
  void denseNetworksNeedTheirWeightsTwice() {
    Network dense =
        network(
            new DenseArchitecture(ImageShape.vector(1000), List.of(), 1000, Activation.RELU, 0));
    // The weights and biases of two layers, the weights again, and a vector on each side of both.
    long bytes = 4L * (2_002_000 + 2_000_000 + 4_000);
    assertThat(PlainMemory.objection(dense, bytes * 4 / 3 + 1)).isEmpty();
    assertThat(PlainMemory.objection(dense, bytes * 4 / 3 - 3)).isPresent();
  }

  @Test
  void normalizationNeedsItsWeightsThreeTimes() {
    // 1,024 channels of one pixel become 16 of 8 x 8, so their normalisation has a million weights.
    ImageShape input = new ImageShape(8, 8, 1);
    Network normalized =
        network(
            new ConvArchitecture(
                input,
                new ImageShape(1, 1, 1),
                List.of(1, 8),
                List.of(16),
                1,
                Activation.GDN,
                0,
                Resampling.SUBPIXEL));
    assertThat(PlainMemory.objection(normalized, 4 * MEGABYTE)).isPresent();
    assertThat(PlainMemory.objection(normalized, 64 * MEGABYTE)).isEmpty();
  }

  @Test
  void everyStageNeedsWhatItIsFedAndWhatItYields() {
    LatentStage[] stages = new LatentStage[500];
    Arrays.fill(stages, new LatentNoise(0.1, LatentNoise.Phase.BOTH));
    DenseArchitecture small =
        new DenseArchitecture(ImageShape.vector(10), List.of(), 1000, Activation.RELU, 0);
    assertThat(PlainMemory.objection(network(small), 16 * MEGABYTE)).isEmpty();
    // 500 times 1,000 numbers of eight bytes, twice.
    assertThat(PlainMemory.objection(network(small, stages), 15 * MEGABYTE).orElseThrow())
        .contains("8 MB for what its layers and stages make of one sample", "-Xmx16m");
    assertThat(PlainMemory.objection(network(small, stages), 16 * MEGABYTE)).isEmpty();
  }

  @Test
  void aCodebookIsThereAgainAsItIsComputedWith() {
    ImageShape code = new ImageShape(1, 1, 8);
    ConvArchitecture conv =
        new ConvArchitecture(
            new ImageShape(2, 2, 1),
            code,
            List.of(2),
            List.of(),
            3,
            Activation.RELU,
            0,
            Resampling.SUBPIXEL);
    LatentStage codebook = VectorQuantization.entries(65_536);
    Network network = network(conv, codebook);
    long entries =
        network.stages().get(0).learned().stream().mapToLong(ParameterSpec::length).sum();
    assertThat(entries).isGreaterThan(500_000);
    assertThat(PlainMemory.objection(network, 2 * 8 * entries - MEGABYTE)).isPresent();
    assertThat(PlainMemory.objection(network, 3 * 8 * entries)).isEmpty();
  }

  @Test
  void longRowsAndManyRowsAreNotManyLongRows() {
    Room room = new Room();
    room.rows(Room.Use.INNER, 1, 1000);
    float[][] rows = room.rows(Room.Use.INNER, 1000, 1);
    assertThat(rows[0]).hasSize(1000);
    assertThat(rows[999]).hasSize(1);
    assertThat(room.rows(Room.Use.INNER, 2, 10)).isSameAs(rows);
    assertThat(rows[1]).hasSize(10);
  }
}
