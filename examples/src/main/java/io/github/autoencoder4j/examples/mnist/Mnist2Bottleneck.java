package io.github.autoencoder4j.examples.mnist;

import com.google.common.primitives.Ints;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.NearestNeighborAccuracy;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentScatter;
import io.github.autoencoder4j.viz.page.LatentExplorer;
import java.util.stream.IntStream;

/** Task mnist.2: train with binary cross-entropy and a bottleneck of 2. */
public final class Mnist2Bottleneck implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist2Bottleneck(), args);
  }

  @Override
  public String id() {
    return "mnist.2";
  }

  /** The model of this task, which mnist.4 samples from. */
  static Autoencoder trained(TaskRun lab) {
    return lab.shared(
        "bottleneck-2",
        () -> {
          Autoencoder autoencoder =
              Autoencoder.dense()
                  .hidden(512, 256, 128)
                  .bottleneck(2)
                  .loss(Loss.BINARY_CROSS_ENTROPY)
                  // A short memory of squared gradients keeps so fast a rate steady.
                  .optimizer(Optimizer.adam(2e-3).beta2(0.99))
                  .seed(lab.seed())
                  .build();
          autoencoder.fit(
              lab.train(), lab.training("bottleneck 2", 30).batchSize(128).cosineDecay());
          return autoencoder;
        });
  }

  @Override
  public void run(TaskRun lab) {
    LabeledImageSource train = lab.train();
    LabeledImageSource test = lab.test();
    Autoencoder autoencoder = trained(lab);

    Evaluation figures = autoencoder.evaluate(test);
    float[][] codes = autoencoder.encode(test);
    NearestNeighborAccuracy neighbors =
        NearestNeighbors.of(autoencoder.encode(train), train.labels())
            .accuracy(codes, test.labels());
    float[][] originals = test.toArrays();
    float[][] linear = Pca.fit(train, 2).reconstruct(originals);
    Mse linearError = new Mse();
    linearError.add(originals, linear);

    lab.atMost("test.bce_per_pixel", figures.binaryCrossEntropy().perPixel(), 0.163);
    lab.metric("test.bce_per_image", figures.binaryCrossEntropy().perImage());
    lab.metric("test.bce_excess_per_pixel", figures.binaryCrossEntropy().excessPerPixel());
    lab.metric("test.mse", figures.meanSquaredError());
    lab.metric("baseline.pca2_mse", linearError.mean());
    lab.atLeast("test.knn10_accuracy", neighbors.k10(), 0.84);
    lab.metric("test.knn1_accuracy", neighbors.k1());

    LabeledImageSource shown = test.slice(0, 12);
    lab.picture(
        "reconstructions",
        ImageGrid.of(test.shape())
            .row("original", shown)
            .row("reconstruction", autoencoder.reconstruct(shown))
            .draw());
    lab.picture(
        "codes", LatentScatter.of(codes, test.labels()).classNames(test.classNames()).draw());
    lab.explorer("explorer", LatentExplorer.of(autoencoder, test));
    lab.observe(
        MnistSentences::of,
        new BottleneckClaim(
            Difference.paired(
                errors(originals, linear), errors(originals, autoencoder.reconstruct(test))),
            Difference.ofShares(
                commonest(test), test.size(), hits(neighbors.k10(), test.size()), test.size())));
  }

  private static int hits(double share, int of) {
    return (int) Math.round(share * of);
  }

  /** How many pictures the commonest class has. */
  private static int commonest(LabeledImageSource images) {
    int[] counts = new int[images.classNames().size()];
    for (int label : images.labels()) {
      counts[label]++;
    }
    return Ints.max(counts);
  }

  private static double[] errors(float[][] originals, float[][] reconstructions) {
    return IntStream.range(0, originals.length)
        .mapToDouble(i -> Mse.of(originals[i], reconstructions[i]))
        .toArray();
  }
}
