package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Initialization;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.metric.LogLikelihood;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Importance weighted autoencoders of black and white digits: the more draws in training, the
 * likelier the test digits.
 *
 * @param id the name on the command line
 * @param stages how many of the eight stages of the source, of {@code 3^(i - 1)} epochs each
 */
record ImportanceWeightedDigits(String id, int stages) implements Proof {

  private static final int[] DRAWS = {1, 5, 50};
  private static final int JUDGED = 2_000;
  private static final int JUDGING_DRAWS = 1_000;

  @Override
  public boolean isLong() {
    return stages > 3;
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "Importance weighted autoencoders 784-200-200-50 and back, tanh, digits made black and white"
            + " anew in every epoch, batches of 20, Adam of epsilon 0.0001, the first %d of eight"
            + " stages (%d epochs), first weights as Glorot draws them, output biases from 0; minus"
            + " the log-likelihood of %,d test digits by %,d draws.",
        stages,
        epochs(),
        JUDGED,
        JUDGING_DRAWS);
  }

  @Override
  public String source() {
    return "Burda, Grosse and Salakhutdinov, Importance weighted autoencoders, ICLR 2016; all eight"
        + " stages, one stochastic layer: 86.76, 85.54 and 84.78 nats";
  }

  private int epochs() {
    return (int) (Math.pow(3, stages) - 1) / 2;
  }

  /** {@code 1e-3 * 10^(-(i - 1) / 7)} in stage {@code i}. */
  private Schedule rates() {
    Map<Integer, Double> rates = new HashMap<>();
    int epoch = 0;
    for (int stage = 0; stage < stages; stage++) {
      rates.put(epoch, 1e-3 * Math.pow(10, -stage / 7.0));
      epoch += (int) Math.pow(3, stage);
    }
    return new Schedule.Points(Schedule.Unit.EPOCH, rates);
  }

  @Override
  public List<Figure> run(long seed) {
    ImageSource test = InkedDigits.once(Mnist.test().slice(0, JUDGED), seed);
    List<Figure> figures = new ArrayList<>();
    double[] before = {};
    for (int draws : DRAWS) {
      double[] nats = nats(draws, seed, test);
      double mean = new LogLikelihood(nats, JUDGING_DRAWS).mean();
      String name = draws == 1 ? "1 draw, nats" : draws + " draws, nats";
      figures.add(Figure.beside(name, -mean));
      // Said at once, since what follows may take hours.
      System.err.printf(Locale.ROOT, "%s %s: %.2f%n", id(), name, -mean);
      if (before.length > 0) {
        Difference gain = Difference.paired(before, nats);
        figures.add(
            Figure.atLeast(
                draws + " draws gain over fewer, nats",
                "",
                gain.margin(),
                gain.after() - gain.before()));
      }
      before = nats;
    }
    return figures;
  }

  private double[] nats(int draws, long seed, ImageSource test) {
    try (Autoencoder digits =
        Autoencoder.dense()
            .hidden(200, 200)
            .bottleneck(50)
            .activation(Activation.TANH)
            .latentStage(Variational.standard().draws(draws))
            .initialization(Initialization.GLOROT_UNIFORM)
            .optimizer(Optimizer.adam(rates()).epsilon(1e-4))
            .seed(seed)
            .build()) {
      digits.fit(
          new InkedDigits(Mnist.train(), seed), Training.epochs(epochs()).batchSize(20).progress());
      return digits.logLikelihood(test, JUDGING_DRAWS, seed).nats();
    }
  }
}
