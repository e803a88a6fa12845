package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.examples.runner.TaskStudy;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.study.StudyResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Task mnist.7: how large must the code be? Bottlenecks of 2 to 64 numbers, seed by seed. */
public final class Mnist7CodeSize implements LabTask {

  private static final List<Integer> SIZES = List.of(2, 4, 8, 16, 32, 64);
  private static final int SEEDS = 3;

  /** The share of what the best size gains over the first that is enough. */
  private static final double ENOUGH = 0.95;

  /** A third of the digits, for six sizes and three seeds are eighteen models. */
  private static final int TRAINED_ON = 20_000;

  private static final int JUDGED_BY = 5_000;

  private static final String ERROR = "held.mse";
  private static final String NEIGHBORS = "held.knn10_error";

  /**
   * Training pictures, some to train with and others to choose by: the test pictures are for the
   * final figure, which is not chosen by them.
   */
  private record Data(LabeledImageSource train, LabeledImageSource held) {

    static Data of(TaskRun lab) {
      LabeledImageSource all = lab.train();
      int[] order = RandomStream.of(lab.seed(), "code-size").permutation(all.size());
      int train = Math.min(TRAINED_ON, 2 * all.size() / 3);
      int held = Math.min(JUDGED_BY, all.size() - train);
      return new Data(
          all.select(Arrays.copyOf(order, train)),
          all.select(Arrays.copyOfRange(order, train, train + held)));
    }
  }

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist7CodeSize(), args);
  }

  @Override
  public String id() {
    return "mnist.7";
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public void run(TaskRun lab) {
    Data data = Data.of(lab);
    TaskStudy<Integer> study =
        lab.study(
            "numbers in a code",
            SIZES,
            SEEDS,
            size -> "code=" + size,
            size -> SIZES.get(Math.max(0, SIZES.indexOf(size) - 1)),
            (size, seed) -> train(lab, data, size, seed));
    StudyResult<Integer> result = study.result();
    double[] linear = SIZES.stream().mapToDouble(size -> linear(data, size)).toArray();
    for (int i = 0; i < linear.length; i++) {
      lab.metric("baseline.pca_mse@code=" + SIZES.get(i), linear[i]);
    }
    int byError = result.knee(ERROR, ENOUGH);
    int byNeighbors = result.knee(NEIGHBORS, ENOUGH);
    lab.metric("knee.mse", byError);
    lab.metric("knee.knn10_error", byNeighbors);
    study.report(
        NEIGHBORS,
        study
            .plot(NEIGHBORS)
            .labels("numbers in a code", "error of the 10 nearest neighbours")
            .mark("knee", byNeighbors));
    study.report(
        ERROR,
        study
            .plot(ERROR)
            .labels("numbers in a code", "mean squared error")
            .beside("PCA", linear)
            .mark("knee", byError));
    int last = SIZES.size() - 1;
    lab.observe(
        MnistSentences::of,
        new CodeSizeClaim(
            study.seeds(),
            SIZES.get(0),
            byError,
            result.mean(ERROR, SIZES.get(0)),
            result.mean(ERROR, byError),
            result.best(ERROR),
            result.mean(ERROR, result.best(ERROR)),
            linear[SIZES.indexOf(byError)],
            SIZES.get(last - 1),
            SIZES.get(last),
            result.compare(ERROR, SIZES.get(last - 1), SIZES.get(last)),
            byNeighbors,
            result.mean(NEIGHBORS, SIZES.get(0)),
            result.mean(NEIGHBORS, byNeighbors)));
  }

  private static Map<String, Double> train(TaskRun lab, Data data, int size, long seed) {
    try (Autoencoder model =
        Autoencoder.dense()
            .hidden(512, 256, 128)
            .bottleneck(size)
            .optimizer(Optimizer.adam(2e-3).beta2(0.99))
            .seed(seed)
            .build()) {
      model.fit(
          data.train(),
          lab.training(size + " numbers seed " + seed, 12).batchSize(128).cosineDecay());
      double accuracy =
          NearestNeighbors.of(model.encode(data.train()), data.train().labels())
              .accuracy(model.encode(data.held()), data.held().labels())
              .k10();
      return Map.of(ERROR, model.evaluate(data.held()).meanSquaredError(), NEIGHBORS, 1 - accuracy);
    }
  }

  private static double linear(Data data, int size) {
    float[][] held = data.held().toArrays();
    Mse error = new Mse();
    error.add(held, Pca.fit(data.train(), size).reconstruct(held));
    return error.mean();
  }
}
