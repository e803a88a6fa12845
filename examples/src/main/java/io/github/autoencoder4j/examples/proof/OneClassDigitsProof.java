package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.AnomalyBaselines;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Trained on one digit, how well the others are told from it. */
final class OneClassDigitsProof implements Proof {

  private static final int DIGITS = 10;

  /** As in the recipe of tables, which was there before: not chosen by these figures. */
  private static final int MEMBERS = 3;

  private static final int FOLDS = 5;

  @Override
  public String id() {
    return "one-class";
  }

  @Override
  public String conditions() {
    return "Trained on one digit, judged on the 10,000 test digits by the recipe of tables: the mean"
        + " of three autoencoders' calibrated sums of residual and neighbours, a fifth held out for"
        + " each. Three because tables have three: no test digit said so. The mean AUROC of ten"
        + " digits.";
  }

  @Override
  public String source() {
    return "Ruff et al., Deep one-class classification, ICML 2018 (Deep SVDD)";
  }

  @Override
  public List<Figure> run(long seed) {
    LabeledImageSource train = Mnist.train();
    LabeledImageSource test = Mnist.test();
    float[][] judged = test.toArrays();
    double[] means = new double[3];
    for (int digit = 0; digit < DIGITS; digit++) {
      int one = digit;
      int[] own = IntStream.range(0, train.size()).filter(i -> train.label(i) == one).toArray();
      boolean[] odd = new boolean[test.size()];
      for (int i = 0; i < odd.length; i++) {
        odd[i] = test.label(i) != one;
      }
      float[][] normal = train.select(own).toArrays();
      double[] aurocs = {
        auroc(scores(normal, judged, seed), odd),
        auroc(AnomalyBaselines.pcaResidual(normal, 0.9).scores(judged), odd),
        auroc(AnomalyBaselines.nearestNeighbor(normal, 5).scores(judged), odd)
      };
      Arrays.setAll(means, i -> means[i] + aurocs[i] / DIGITS);
    }
    return List.of(
        Figure.atLeast("mean AUROC in %", "94.8", 95, means[0]),
        Figure.beside("PCA residual beyond 90 % of the variance", means[1]),
        Figure.beside("distance to the 5th nearest neighbour", means[2]));
  }

  /** Means of the scores of all members, each with a fifth of the digits of its own held out. */
  private static double[] scores(float[][] normal, float[][] judged, long seed) {
    int[] order = RandomStream.of(seed, "folds").permutation(normal.length);
    double[] means = new double[judged.length];
    for (int member = 0; member < MEMBERS; member++) {
      int fold = member;
      float[][] train = rows(normal, order, i -> i % FOLDS != fold);
      float[][] held = rows(normal, order, i -> i % FOLDS == fold);
      double[] scores = fit(train, held, MEMBERS * seed + member).scores(judged);
      Arrays.setAll(means, i -> means[i] + scores[i] / MEMBERS);
    }
    return means;
  }

  private static Anomalies fit(float[][] train, float[][] held, long seed) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(256, 128)
            .bottleneck(32)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .seed(seed)
            .build();
    autoencoder.fit(train, Training.epochs(30).batchSize(64).cosineDecay());
    return Anomalies.with(autoencoder).references(train).calibrationShare(0.2).fit(held);
  }

  private static float[][] rows(float[][] rows, int[] order, IntPredicate chosen) {
    return IntStream.range(0, order.length)
        .filter(chosen)
        .mapToObj(i -> rows[order[i]])
        .toArray(float[][]::new);
  }

  private static double auroc(double[] scores, boolean[] odd) {
    return 100 * RankingQuality.of(scores, odd).auroc();
  }
}
