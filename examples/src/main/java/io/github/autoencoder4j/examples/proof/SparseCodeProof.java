package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.Sparse;
import io.github.autoencoder4j.metric.CodeUsage;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sparse codes of digits are features whose classes a linear classifier tells apart: 1,000 units
 * that are each active for 5 % of a batch while training. The classifier's penalty is chosen on the
 * last 10,000 of the training digits; the test digits are looked at once.
 */
final class SparseCodeProof implements Proof {

  private static final Logger LOG = LoggerFactory.getLogger(SparseCodeProof.class);

  private static final int UNITS = 1_000;
  private static final int HELD = 10_000;
  private static final int EPOCHS = 8;
  private static final int CLASSIFIER_EPOCHS = 60;

  /** Enough to tell penalties of a factor of ten from one another. */
  private static final int CHOICE_EPOCHS = 15;

  private static final double[] PENALTIES = {1e-5, 1e-4, 1e-3};

  @Override
  public String id() {
    return "sparse";
  }

  @Override
  public String conditions() {
    return "Sparse code of 1,000 units, each active for 5 % of a batch in training (winner takes"
        + " all); the accuracy of a linear classifier on the codes of the 10,000 test digits, its"
        + " penalty chosen on the last 10,000 training digits.";
  }

  @Override
  public String source() {
    return "Makhzani and Frey, Winner-take-all autoencoders, NIPS 2015 (2,000 units, a linear SVM)";
  }

  @Override
  public List<Figure> run(long seed) {
    LabeledImageSource train = Mnist.train();
    LabeledImageSource test = Mnist.test();
    try (Autoencoder digits =
        Autoencoder.dense()
            .hidden()
            .bottleneck(UNITS)
            .sparse(Sparse.lifetime(0.05))
            .output(Output.bernoulli())
            .optimizer(Optimizer.adam(1e-3))
            .seed(seed)
            .build()) {
      digits.fit(train, Training.epochs(EPOCHS).batchSize(100).cosineDecay().progress());
      float[][] codes = digits.encode(train);
      int[] labels = labels(train);
      double penalty = penalty(codes, labels, train.classNames().size());
      LinearClassifier classifier =
          LinearClassifier.train(
              codes, labels, train.classNames().size(), penalty, CLASSIFIER_EPOCHS, 1);
      float[][] judged = digits.encode(test);
      CodeUsage usage = new CodeUsage();
      for (float[] code : judged) {
        usage.add(code);
      }
      return List.of(
          Figure.atLeast(
              "accuracy in %", "98.8", 98, 100 * classifier.accuracy(judged, labels(test))),
          Figure.beside("units that are dead", usage.deadUnits()),
          Figure.beside("units active in a code, in %", 100 * usage.activeShare()));
    }
  }

  /** The one that is best on digits that it was not trained on. */
  private static double penalty(float[][] codes, int[] labels, int classes) {
    int split = labels.length - HELD;
    double best = 0;
    double penalty = PENALTIES[0];
    for (double candidate : PENALTIES) {
      double accuracy =
          LinearClassifier.train(
                  Arrays.copyOf(codes, split),
                  Arrays.copyOf(labels, split),
                  classes,
                  candidate,
                  CHOICE_EPOCHS,
                  1)
              .accuracy(
                  Arrays.copyOfRange(codes, split, codes.length),
                  Arrays.copyOfRange(labels, split, codes.length));
      LOG.info("penalty {}: {} on held-out training digits", candidate, accuracy);
      if (accuracy > best) {
        best = accuracy;
        penalty = candidate;
      }
    }
    return penalty;
  }

  private static int[] labels(LabeledImageSource digits) {
    int[] labels = new int[digits.size()];
    Arrays.setAll(labels, digits::label);
    return labels;
  }
}
