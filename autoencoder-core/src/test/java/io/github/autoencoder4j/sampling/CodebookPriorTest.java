package io.github.autoencoder4j.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.util.FastMath;

class CodebookPriorTest {

  /** Two rows of two places, each with one of three numbers. */
  private static final ImageShape SHAPE = new ImageShape(2, 2, 1);

  private static final Codebook THREE = Codebook.of(new float[][] {{0}, {1}, {2}}, SHAPE);

  private static float[][] codes(int[]... indices) {
    return Arrays.stream(indices).map(THREE::code).toArray(float[][]::new);
  }

  /** The sum of the probabilities of all 81 codes. */
  private static double sum(CodebookPrior prior) {
    return IntStream.range(0, 81)
        .mapToDouble(
            i ->
                Math.exp(
                    prior.logProbability(
                        THREE.code(new int[] {i / 27, i / 9 % 3, i / 3 % 3, i % 3}))))
        .sum();
  }

  @Property(tries = 30)
  void allCodesTogetherHaveProbabilityOne(
      @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    RandomStream random = RandomStream.of(seed, "codes");
    float[][] codes = new float[n][];
    for (int i = 0; i < n; i++) {
      codes[i] = THREE.code(random.ints(4, 0, 3).toArray());
    }
    assertThat(sum(CodebookPrior.places(THREE, codes))).isCloseTo(1, offset(1e-12));
    assertThat(sum(CodebookPrior.neighbors(THREE, SHAPE, codes))).isCloseTo(1, offset(1e-12));
  }

  /** By hand, from the formula. */
  @Example
  void probabilitiesAreThoseOfWittenAndBell() {
    float[][] codes = codes(new int[] {0, 1, 2, 2}, new int[] {0, 2, 2, 2}, new int[] {1, 1, 2, 0});
    // At the four places: 2 of 3 and 2 kinds, 2 of 3 and 2, 3 of 3 and 1, 1 of 3 and 2.
    double first = (2 + 2 / 3.0) / 5;
    double third = (3 + 1 / 3.0) / 4;
    double fourth = (1 + 2 / 3.0) / 5;
    CodebookPrior places = CodebookPrior.places(THREE, codes);
    assertThat(places.logProbability(THREE.code(new int[] {0, 1, 2, 0})))
        .isCloseTo(Math.log(first * first * third * fourth), offset(1e-12));

    CodebookPrior neighbors = CodebookPrior.neighbors(THREE, SHAPE, codes);
    // The first has no neighbour: twice more as often as at its place.
    double again = (2 + 2 * first) / 5;
    double one = (2 + 2 * again) / 5;
    // Behind a 0: once a 1 and once a 2, at that place and anywhere below nothing.
    double second = (1 + 2 * first) / 4;
    second = (1 + 2 * second) / 4;
    // Below a 0, with nothing to the left: twice a 2.
    double below = (3 + third) / 4;
    below = (2 + below) / 3;
    // At the last place behind a 2: twice a 2 and once a 0. Below a 1 and behind a 2: each once.
    double last = (1 + 2 * fourth) / 5;
    last = (1 + 2 * last) / 4;
    assertThat(neighbors.logProbability(THREE.code(new int[] {0, 1, 2, 0})))
        .isCloseTo(Math.log(one * second * below * last), offset(1e-12));
  }

  @Example
  void drawsAsOftenAsIsProbable() {
    float[][] codes = codes(new int[] {0, 1, 2, 2}, new int[] {0, 2, 2, 2}, new int[] {1, 1, 2, 0});
    for (CodebookPrior prior :
        new CodebookPrior[] {
          CodebookPrior.places(THREE, codes), CodebookPrior.neighbors(THREE, SHAPE, codes)
        }) {
      int n = 60_000;
      int[] found = new int[81];
      for (float[] code : prior.sample(n, 5)) {
        int[] indices = THREE.indices(code);
        found[27 * indices[0] + 9 * indices[1] + 3 * indices[2] + indices[3]]++;
      }
      double distance = 0;
      for (int i = 0; i < 81; i++) {
        int[] indices = {i / 27, i / 9 % 3, i / 3 % 3, i % 3};
        double expected = n * Math.exp(prior.logProbability(THREE.code(indices)));
        distance += (found[i] - expected) * (found[i] - expected) / expected;
      }
      // Chi square of 80 degrees of freedom: 80 on average, above 145 once in 100,000 times.
      assertThat(distance).isBetween(30.0, 145.0);
    }
  }

  @Example
  void neighborsTellMoreThanPlacesWhereTheyMatter() {
    RandomStream random = RandomStream.of(3, "stripes");
    float[][] stripes =
        IntStream.range(0, 400)
            .mapToObj(
                i -> {
                  int top = random.nextInt(3);
                  int bottom = random.nextInt(3);
                  return THREE.code(new int[] {top, top, bottom, bottom});
                })
            .toArray(float[][]::new);
    float[] one = THREE.code(new int[] {2, 2, 1, 1});
    double bits = FastMath.log(2, 9);
    assertThat(-CodebookPrior.places(THREE, stripes).logProbability(one) / Math.log(2))
        .isCloseTo(2 * bits, offset(0.3));
    assertThat(-CodebookPrior.neighbors(THREE, SHAPE, stripes).logProbability(one) / Math.log(2))
        .isCloseTo(bits, offset(0.3));
  }

  /** Two vectors share a place; a neighbour is one of the same kind. */
  @Example
  void vectorsThatShareAPlaceAreNotNeighbors() {
    ImageShape shape = new ImageShape(1, 2, 2);
    Codebook shared = Codebook.of(new float[][] {{0}, {1}}, shape);
    assertThat(shared.length()).isEqualTo(4);
    float[][] codes = {shared.code(new int[] {0, 0, 1, 1}), shared.code(new int[] {1, 1, 0, 0})};
    CodebookPrior prior = CodebookPrior.neighbors(shared, shape, codes);
    // Whether the second kind begins with a 0 or a 1 does not depend on the first.
    double other = prior.logProbability(shared.code(new int[] {0, 0, 0, 0}));
    assertThat(prior.logProbability(codes[0])).isCloseTo(other, offset(1e-12));
  }

  @Example
  void drawsCodesThatADecoderTakes() {
    float[][] rows = new float[64][16];
    RandomStream random = RandomStream.of(1, "rows");
    for (float[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextFloat();
      }
    }
    try (Autoencoder autoencoder =
        Autoencoder.conv().input(4, 4, 1).latent(2, 2, 2).vectorQuantize(6).build()) {
      autoencoder.fit(
          ImageSource.of(new ImageShape(4, 4, 1), rows), Training.epochs(2).batchSize(16));
      Codebook codebook = autoencoder.codebook();
      CodebookPrior prior =
          CodebookPrior.neighbors(codebook, autoencoder.latentShape(), autoencoder.encode(rows));
      float[][] drawn = prior.sample(5, 9);
      assertThat(prior.latentSize()).isEqualTo(8);
      assertThat(prior.sample(5, 9)).isDeepEqualTo(drawn);
      assertThat(prior.sample(5, 10)).isNotEqualTo(drawn);
      for (float[] code : drawn) {
        assertThat(codebook.code(codebook.indices(code))).isEqualTo(code);
      }
      assertThat(autoencoder.decode(drawn)).hasDimensions(5, 16);
    }
  }

  @Example
  void refusesWhatIsNotOfTheCodebook() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodebookPrior.places(THREE, new float[0][]))
        .withMessage("at least 1 codes are needed, but there are 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CodebookPrior.places(THREE, new float[][] {{1, 2}}))
        .withMessageContaining("4 values");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                CodebookPrior.neighbors(
                    THREE, new ImageShape(3, 2, 1), codes(new int[] {0, 1, 2, 2})))
        .withMessageContainingAll("3x2x1", "6 values", "4");
    CodebookPrior prior = CodebookPrior.places(THREE, codes(new int[] {0, 1, 2, 2}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prior.logProbability(new float[3]))
        .withMessageContaining("4");
    assertThatIllegalArgumentException().isThrownBy(() -> prior.sample(-1, 1));
  }
}
