package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.study.Difference;
import java.util.Arrays;

/**
 * Codes drawn from somewhere, decoded, and judged beside real test pictures.
 *
 * @param pictures what was decoded
 * @param sure how many of them the classifier is at least 90 % sure of
 * @param covered of each real test picture, whether a drawn one is near it by principal components
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Draws(float[][] pictures, int sure, boolean[] covered) {

  private static final int FEATURES = 64;

  /** More training pictures make principal components no better. */
  private static final int FITTED_TO = 20_000;

  /** Decodes codes and reports the figures of the pictures under a suffix. */
  static Draws of(TaskRun lab, Autoencoder model, float[][] codes, String suffix) {
    GenerativeReference real = reference(lab);
    float[][] pictures = model.decode(codes);
    GenerativeFigures figures = real.judge(pictures, codes, model.encode(pictures));
    int sure = DigitClassifier.trained(lab).sure(ImageSource.of(lab.train().shape(), pictures));
    lab.metric("generative.precision@" + suffix, figures.precision());
    lab.metric("generative.recall@" + suffix, figures.recall());
    lab.metric("generative.coverage@" + suffix, figures.coverage());
    lab.metric("recognised_share@" + suffix, (double) sure / pictures.length);
    return new Draws(pictures, sure, real.covered(pictures));
  }

  private static GenerativeReference reference(TaskRun lab) {
    return lab.shared(
        "real-pictures-by-components",
        () -> {
          LabeledImageSource train = lab.train();
          LabeledImageSource test = lab.test();
          Pca pca =
              Pca.fit(
                  train.slice(0, Math.min(FITTED_TO, train.size())),
                  Math.min(FEATURES, train.size() / 2));
          // Distances to training pictures are asked of nobody here, so one is enough.
          return GenerativeReference.of(
              train.slice(0, 1),
              test.slice(0, Math.min(SampleQuality.SAMPLES, test.size())),
              pca::encode);
        });
  }

  /** The first few pictures, unpicked. */
  float[][] first(int count) {
    return Arrays.copyOf(pictures, count);
  }

  /**
   * Two kinds of draws.
   *
   * @param recognised the share that the classifier is at least 90 % sure of
   * @param coverage the share of the real test pictures that have a drawn one near them, by picture
   */
  record Comparison(Difference recognised, Difference coverage) {}

  /** From these draws to others. */
  Comparison to(Draws other) {
    return new Comparison(
        Difference.ofShares(sure, pictures.length, other.sure, other.pictures.length),
        Difference.paired(covered, other.covered));
  }
}
