package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class VectorQuantizationTest {

  private static final ImageShape CODE = ImageShape.vector(6);
  private static final ImageShape PLANES = new ImageShape(2, 3, 4);

  /** One that has the entries (0, 0), (1, 0) and (0, 2). */
  private static StageProbe small(VectorQuantization stage, ImageShape code, int n, Mode mode) {
    StageProbe probe = new StageProbe(stage, code, n, mode, 6);
    double[] entries = {0, 0, 1, 0, 0, 2};
    System.arraycopy(entries, 0, probe.batch.arrays().get(0), 0, 6);
    return probe;
  }

  private static VectorQuantization three() {
    return VectorQuantization.entries(3).dimension(2);
  }

  @Example
  void everyVectorBecomesTheNearestEntryAndTheTermIsTheSquareOfTheDistance() {
    for (Mode mode : Mode.values()) {
      LatentBatch batch = small(three(), CODE, 1, mode).feed(0.1, 0.2, 0.9, -0.3, 0.2, 1.5);
      assertThat(batch.output()).containsExactly(0, 0, 1, 0, 0, 2);
      double error = 0.01 + 0.04 + 0.01 + 0.09 + 0.04 + 0.25;
      assertThat(batch.terms()[0]).isCloseTo(mode.hasTerms() ? 0.25 * error : 0, offset(1e-12));
    }
  }

  /** Channels 0 and 1 are one vector at each place, channels 2 and 3 another. */
  @Example
  void vectorsOfPlanesLieOverTheChannels() {
    double[] input = new double[24];
    // At the fourth of six places: (0.9, 0.1) in the first pair of channels, (0, 3) in the second.
    input[3] = 0.9;
    input[6 + 3] = 0.1;
    input[18 + 3] = 3;
    LatentBatch batch = small(three(), PLANES, 1, Mode.ENCODING).feed(input);
    double[] expected = new double[24];
    expected[3] = 1;
    expected[18 + 3] = 2;
    assertThat(batch.output()).containsExactly(expected);
    Codebook codebook =
        three().codebook(PLANES, List.of(new float[] {0, 0, 1, 0, 0, 2}, new float[3]));
    assertThat(codebook.indices(floats(batch.output())))
        .containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Property(tries = 40)
  void theNearestEntryIsTheNearest(
      @ForAll @IntRange(min = 2, max = 40) int entries,
      @ForAll @IntRange(min = 1, max = 3) int dimension) {
    VectorQuantization stage = VectorQuantization.entries(entries).dimension(dimension);
    StageProbe probe = StageProbe.training(stage, CODE, 3);
    LatentBatch batch = probe.forward();
    double[] codebook = batch.arrays().get(0);
    for (int at = 0; at < batch.input().length; at += dimension) {
      double least = Double.POSITIVE_INFINITY;
      double chosen = 0;
      for (int k = 0; k < entries; k++) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
          sum += Math.pow(batch.input()[at + d] - codebook[k * dimension + d], 2);
        }
        least = Math.min(least, sum);
      }
      for (int d = 0; d < dimension; d++) {
        chosen += Math.pow(batch.input()[at + d] - batch.output()[at + d], 2);
      }
      assertThat(chosen).isCloseTo(least, offset(1e-12));
    }
  }

  /** The straight-through gradient is that of a network in which {@code e - z} is a constant. */
  @Property(tries = 20)
  void gradientsPassAsIfEntriesMovedWithTheirCodes(
      @ForAll @IntRange(min = 2, max = 20) int entries) {
    for (ImageShape code : List.of(CODE, PLANES)) {
      VectorQuantization stage = VectorQuantization.entries(entries).dimension(2).commitment(0.7);
      StageProbe probe = StageProbe.training(stage, code, 3);
      double[] gradient = probe.gradient();
      double h = 1e-6;
      for (int i = 0; i < gradient.length; i++) {
        double difference = probe.batch.input()[i] - probe.batch.output()[i];
        double above = 0.7 * (difference + h) * (difference + h);
        double below = 0.7 * (difference - h) * (difference - h);
        double expected = 0.1 * (i + 1) + StageProbe.SCALE * (above - below) / (2 * h);
        assertThat(gradient[i]).isCloseTo(expected, offset(1e-7));
      }
    }
  }

  /** By hand, with decay 0.9: two vectors came to the first entry, one to the second. */
  @Example
  void entriesFollowTheMovingAveragesOfTheirVectors() {
    VectorQuantization stage = three().decay(0.9).restart(0);
    StageProbe probe = small(stage, CODE, 1, Mode.TRAINING);
    probe.feed(0.1, 0.2, 0.3, -0.2, 1.1, 0.4);
    probe.gradient();
    double[] codebook = probe.batch.arrays().get(0);
    double[] counts = probe.batch.arrays().get(1);
    Arrays.fill(counts, 2);
    stage.kernel(CODE).updateState(probe.batch.arrays(), probe.batch.gradients());
    assertThat(counts).containsExactly(new double[] {2, 1.9, 1.8}, offset(1e-12));
    // (0.9 * 2 * 0 + 0.1 * 0.4) / 2 and so on; the third is where it was.
    double[] expected = {
      0.04 / 2, 0, (1.8 + 0.11) / 1.9, 0.04 / 1.9, 0, 2,
    };
    assertThat(codebook).containsExactly(expected, offset(1e-12));
  }

  @Example
  void withoutAPastEntriesAreTheMeansOfTheirVectors() {
    VectorQuantization stage = three().decay(0).restart(0);
    StageProbe probe = small(stage, CODE, 1, Mode.TRAINING);
    probe.feed(0.1, 0.2, 0.3, -0.2, 1.1, 0.4);
    probe.gradient();
    stage.kernel(CODE).updateState(probe.batch.arrays(), probe.batch.gradients());
    assertThat(probe.batch.arrays().get(0))
        .containsExactly(new double[] {0.2, 0, 1.1, 0.4, 0, 2}, offset(1e-12));
  }

  /** Summed up as a batch is that was cut in two. */
  @Example
  void aCutBatchMovesTheCodebookAsAWholeOne() {
    VectorQuantization stage = VectorQuantization.entries(80).dimension(2);
    for (ImageShape code : List.of(CODE, PLANES)) {
      LatentKernel kernel = stage.kernel(code);
      StageProbe whole = StageProbe.training(stage, code, 10);
      whole.gradient();
      double[][] sums = new double[3][];
      for (int a = 0; a < 3; a++) {
        sums[a] = new double[whole.batch.gradients().get(a).length];
      }
      int size = code.size();
      for (int[] piece : new int[][] {{0, 4}, {4, 10}}) {
        int n = piece[1] - piece[0];
        LatentBatch part = new LatentBatch(stage, code, n, 7, "test", true);
        System.arraycopy(whole.batch.input(), piece[0] * size, part.input(), 0, n * size);
        for (int a = 0; a < 3; a++) {
          double[] array = whole.batch.arrays().get(a);
          System.arraycopy(array, 0, part.arrays().get(a), 0, array.length);
        }
        part.begin(Mode.TRAINING, piece[0], 6, StageProbe.SCALE);
        kernel.forward(part);
        kernel.backward(part);
        for (int a = 0; a < 3; a++) {
          for (int i = 0; i < sums[a].length; i++) {
            sums[a][i] += part.gradients().get(a)[i];
          }
        }
      }
      for (int a = 0; a < 3; a++) {
        assertThat(sums[a]).containsExactly(whole.batch.gradients().get(a), offset(1e-12));
      }
    }
  }

  /** Vectors in one far corner, which none of the first entries is near to. */
  @Example
  void deadEntriesRestartFromVectorsOfTheBatchUntilAllAreInUse() {
    VectorQuantization stage = VectorQuantization.entries(50).dimension(3);
    LatentKernel kernel = stage.kernel(CODE);
    StageProbe probe = StageProbe.training(stage, CODE, 40);
    RandomStream random = RandomStream.of(3, "codes");
    List<double[]> arrays = probe.batch.arrays();
    for (int step = 0; step < 60; step++) {
      for (int i = 0; i < probe.batch.input().length; i++) {
        probe.batch.input()[i] = 20 + random.nextGaussian();
      }
      probe.gradient();
      if (step == 0) {
        assertThat(Arrays.stream(probe.batch.kept()).distinct().count()).isLessThan(10);
      }
      kernel.updateState(arrays, probe.batch.gradients());
      // The candidates stay empty.
      assertThat(arrays.get(2)).containsOnly(0);
    }
    for (double value : arrays.get(0)) {
      assertThat(value).isBetween(15.0, 25.0);
    }
    probe.forward();
    assertThat(Arrays.stream(probe.batch.kept()).distinct().count()).isGreaterThan(30);
    for (double count : arrays.get(1)) {
      assertThat(count).isPositive();
    }
  }

  @Example
  void entriesThatNeverRestartStayWhereTheyWere() {
    VectorQuantization stage = VectorQuantization.entries(50).dimension(3).restart(0);
    StageProbe probe = StageProbe.training(stage, CODE, 40);
    double[] before = probe.batch.arrays().get(0).clone();
    probe.gradient();
    stage.kernel(CODE).updateState(probe.batch.arrays(), probe.batch.gradients());
    for (int k = 0; k < 50; k++) {
      if (probe.batch.gradients().get(1)[k] == 0) {
        for (int at = 3 * k; at < 3 * k + 3; at++) {
          assertThat(probe.batch.arrays().get(0)[at]).isEqualTo(before[at]);
        }
      }
    }
  }

  @Example
  void whatIsNotANumberIsNeverHidden() {
    LatentBatch batch =
        small(three(), CODE, 1, Mode.TRAINING).feed(Double.NaN, 0, 1, 0, 0, Double.NaN);
    assertThat(batch.output()[0]).isNaN();
    assertThat(batch.output()[5]).isNaN();
    assertThat(batch.terms()[0]).isNaN();
  }

  @Property(tries = 50)
  void indicesAndCodesAreTheSame(
      @ForAll @IntRange(min = 2, max = 300) int entries, @ForAll long seed) {
    for (ImageShape code : List.of(CODE, PLANES)) {
      for (int dimension : new int[] {0, 1, 2}) {
        VectorQuantization stage = VectorQuantization.entries(entries).dimension(dimension);
        int numbers = entries * Groups.of(code, dimension).dimension();
        RandomStream random = RandomStream.of(seed, "codebook");
        float[] vectors = new float[numbers];
        for (int i = 0; i < numbers; i++) {
          vectors[i] = (float) random.nextGaussian();
        }
        Codebook codebook = stage.codebook(code, List.of(vectors));
        assertThat(codebook.length() * codebook.dimension()).isEqualTo(code.size());
        assertThat(codebook.bits())
            .isCloseTo(codebook.length() * Math.log(entries) / Math.log(2), offset(1e-9));
        int[] indices = random.ints(codebook.length(), 0, entries).toArray();
        assertThat(codebook.indices(codebook.code(indices))).containsExactly(indices);
      }
    }
  }

  @Example
  void aCodebookRefusesWhatItDoesNotHave() {
    Codebook codebook = Codebook.of(new float[][] {{0, 0}, {1, 0}}, CODE);
    assertThat(codebook.entry(1)).containsExactly(1, 0);
    assertThat(codebook.code(new int[] {1, 0, 1})).containsExactly(1, 0, 0, 0, 1, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codebook.entry(2))
        .withMessageContainingAll("0 to 1", "asked for 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codebook.code(new int[] {1, 0}))
        .withMessageContainingAll("3 indices", "2 were given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codebook.code(new int[] {1, 0, -1}))
        .withMessageContaining("asked for -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codebook.indices(new float[5]))
        .withMessageContainingAll("6 values", "has 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codebook.indices(new float[] {0, 0, Float.NaN, 0, 0, 0}))
        .withMessageContainingAll("value 2", "NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codebook.of(new float[0][], CODE))
        .withMessageContaining("at least one vector");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codebook.of(new float[][] {{1, 2}, {1}}, CODE))
        .withMessageContainingAll("vector 1", "1 numbers", "the first has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codebook.of(new float[][] {{1, Float.NaN}}, CODE))
        .withMessageContainingAll("vector 0", "NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codebook.of(new float[][] {{1, 2, 3, 4}}, CODE))
        .withMessageContainingAll("6 numbers", "vectors of 4");
  }

  @Example
  void refusesNumbersThatCannotBe() {
    for (int wrong : new int[] {-3, 0, 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> VectorQuantization.entries(wrong))
          .withMessageContainingAll("2 to 65,536", "given " + wrong, "tells no samples apart");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VectorQuantization.entries(10_000_000))
        .withMessageContainingAll("2 to 65,536", "10,000,000", "dimension(...)");
    VectorQuantization one = VectorQuantization.entries(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.dimension(-1))
        .withMessageContainingAll("at least 1 number", "-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.dimension(4).fedBy(CODE))
        .withMessageContainingAll("6 numbers", "vectors of 4", "divisor of 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.dimension(3).fedBy(PLANES))
        .withMessageContainingAll("4 channels", "vectors of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.commitment(-1))
        .withMessageContainingAll("commitment", "-1.0");
    for (double wrong : new double[] {-0.1, 1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> one.decay(wrong))
          .withMessageContainingAll("decay", Double.toString(wrong));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> one.restart(wrong))
          .withMessageContainingAll("restart", Double.toString(wrong));
    }
  }

  @Example
  void nothingButNoiseMayFollow() {
    VectorQuantization quantizer = VectorQuantization.entries(4);
    Quantizer.requireOrder(
        List.of(PowerNormalization.perExample(), quantizer, LatentNoise.variance(0.1)));
    for (LatentStage next :
        List.of(
            PowerNormalization.perExample(),
            Variational.standard(),
            Sparse.topK(2),
            quantizer,
            FiniteScalarQuantization.levels(3))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Quantizer.requireOrder(List.of(quantizer, next)))
          .withMessageContainingAll(next.describe(), quantizer.describe(), "put it before");
    }
  }

  @Example
  void saysWhatItIs() {
    assertThat(VectorQuantization.entries(512).describe())
        .isEqualTo("codebook of 512, commitment 0.2500");
    assertThat(VectorQuantization.entries(512).dimension(8).describe())
        .isEqualTo("codebook of 512 by 8, commitment 0.2500");
    assertThat(VectorQuantization.entries(512).kernel(CODE).couplesSamples()).isFalse();
  }
}
