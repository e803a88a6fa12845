package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.ResidualScore;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How one digit is learnt and others are told from it.
 *
 * <p>As with {@link TableRecipe}, each of some autoencoders is trained on four fifths of the digits
 * and learns from the last fifth, which is another for each, how rare its scores are. These are on
 * one scale, so they are averaged.
 *
 * @param name in a few words
 * @param code how long a code is
 * @param corruption of what the encoder sees in training
 * @param residual how residuals are judged
 * @param neighbors which neighbour is measured; 0 for none
 */
record OneClassRecipe(
    String name, int code, Corruption corruption, ResidualScore residual, int neighbors) {

  private static final int FOLDS = 5;

  private static final Corruption NONE = Corruption.gaussian(0);

  /** The best of them on digits of the training set alone, as {@link OneClassChoice} shows. */
  static final OneClassRecipe CHOSEN =
      new OneClassRecipe(
          "code 64, noise 0.8; squared error",
          64,
          Corruption.gaussian(0.8),
          ResidualScore.SQUARED,
          0);

  /** What is compared: networks judged as tables are, then other ways to judge with one of them. */
  static final List<OneClassRecipe> CANDIDATES =
      List.of(
          likeTables("code 16", 16, NONE),
          likeTables("code 32", 32, NONE),
          likeTables("code 32, noise 0.3", 32, Corruption.gaussian(0.3)),
          likeTables("code 32, half of the pixels hidden", 32, Corruption.masking(0.5)),
          likeTables("code 64, noise 0.5", 64, Corruption.gaussian(0.5)),
          likeTables("code 64, noise 0.8", 64, Corruption.gaussian(0.8)),
          new OneClassRecipe(
              "code 64, noise 0.8; squared error, neighbours",
              64,
              Corruption.gaussian(0.8),
              ResidualScore.SQUARED,
              5),
          CHOSEN);

  private static OneClassRecipe likeTables(String name, int code, Corruption corruption) {
    return new OneClassRecipe(
        name + "; Mahalanobis, neighbours", code, corruption, ResidualScore.MAHALANOBIS, 5);
  }

  /**
   * Learns a digit and scores others.
   *
   * @param normal pictures of one digit
   * @param judged pictures of any
   * @param members how many autoencoders, up to 5
   * @param seed chooses weights, batches, noise and which digits are held out
   * @return the means of the scores of all members, one a picture
   */
  double[] scores(float[][] normal, float[][] judged, int members, long seed) {
    int[] order = RandomStream.of(seed, "folds").permutation(normal.length);
    double[] means = new double[judged.length];
    for (int member = 0; member < members; member++) {
      int fold = member;
      float[][] train = rows(normal, order, i -> i % FOLDS != fold);
      float[][] held = rows(normal, order, i -> i % FOLDS == fold);
      double[] scores = fit(train, held, FOLDS * seed + member).scores(judged);
      Arrays.setAll(means, i -> means[i] + scores[i] / members);
    }
    return means;
  }

  private Anomalies fit(float[][] train, float[][] held, long seed) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(256, 128)
            .bottleneck(code)
            .corruption(corruption)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .seed(seed)
            .build();
    autoencoder.fit(train, Training.epochs(30).batchSize(64).cosineDecay());
    return Anomalies.with(autoencoder)
        .references(train)
        .residual(residual)
        .neighbors(neighbors)
        .calibrationShare(0.2)
        .fit(held);
  }

  private static float[][] rows(float[][] rows, int[] order, IntPredicate chosen) {
    return IntStream.range(0, order.length)
        .filter(chosen)
        .mapToObj(i -> rows[order[i]])
        .toArray(float[][]::new);
  }
}
