package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.random.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which recipe for one class is the best on digits of the training set: no test digit is read. */
final class OneClassChoice implements Proof {

  /** Among the hardest; named before the first run. */
  private static final int[] DIGITS = {2, 5, 8};

  private static final int OTHERS = 4000;

  @Override
  public String id() {
    return "one-class.choice";
  }

  @Override
  public String conditions() {
    return "Candidates for one-class, each a single autoencoder trained on four fifths of the"
        + " training digits of one class, judged on the last fifth and 4,000 training digits of"
        + " other classes. The mean AUROC of the digits 2, 5 and 8, in %.";
  }

  @Override
  public String source() {
    return "none; it is how the recipe of one-class was chosen";
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public List<Figure> run(long seed) {
    LabeledImageSource digits = Mnist.train();
    int[] order = RandomStream.of(seed, "validation").permutation(digits.size());
    return OneClassRecipe.CANDIDATES.stream()
        .map(
            recipe ->
                Figure.beside(
                    recipe.name(),
                    Arrays.stream(DIGITS)
                        .mapToDouble(digit -> auroc(recipe, digits, order, digit, seed))
                        .average()
                        .orElseThrow()))
        .toList();
  }

  private static double auroc(
      OneClassRecipe recipe, LabeledImageSource digits, int[] order, int digit, long seed) {
    int[] own = Arrays.stream(order).filter(i -> digits.label(i) == digit).toArray();
    int[] others =
        Arrays.stream(order).filter(i -> digits.label(i) != digit).limit(OTHERS).toArray();
    int cut = own.length / 5 * 4;
    float[][] judged =
        Stream.of(Arrays.copyOfRange(own, cut, own.length), others)
            .flatMap(indices -> Arrays.stream(digits.select(indices).toArrays()))
            .toArray(float[][]::new);
    boolean[] odd = new boolean[judged.length];
    Arrays.fill(odd, own.length - cut, odd.length, true);
    float[][] normal = digits.select(Arrays.copyOf(own, cut)).toArrays();
    return 100 * RankingQuality.of(recipe.scores(normal, judged, 1, seed), odd).auroc();
  }
}
