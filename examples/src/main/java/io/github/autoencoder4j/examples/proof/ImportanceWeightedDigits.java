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
 * @param draws how many codes a sample in training, one autoencoder for each
 * @param judged how many test digits
 * @param judgingDraws by how many codes each of these is judged
 */
record ImportanceWeightedDigits(
    String id, int stages, List<Integer> draws, int judged, int judgingDraws) implements Proof {

  private static final int ALL_STAGES = 8;

  /** What the source has after all stages, in nats, by the number of draws. */
  private static final Map<Integer, Double> PUBLISHED = Map.of(1, 86.76, 5, 85.54, 50, 84.78);

  /** Two runs of one program differ by about as much, and so do the source and its reruns. */
  private static final double TOLERANCE = 0.6;

  /** The order of one, five and fifty draws after some of the stages. */
  static ImportanceWeightedDigits order(String id, int stages) {
    return new ImportanceWeightedDigits(id, stages, List.of(1, 5, 50), 2_000, 1_000);
  }

  /** All stages, judged as the source does it. */
  static ImportanceWeightedDigits full(String id, List<Integer> draws) {
    return new ImportanceWeightedDigits(id, ALL_STAGES, draws, 10_000, 5_000);
  }

  @Override
  public boolean isLong() {
    return stages > 3;
  }

  @Override
  public String conditions() {
    return String.format(
        Locale.ROOT,
        "Importance weighted autoencoders 784-200-200-50 and back, tanh, digits made black and white"
            + " anew in every epoch, batches of 20, Adam of epsilon 0.0001, %s stages (%,d epochs),"
            + " first weights as Glorot draws them, output biases from 0; minus the log-likelihood"
            + " of %,d test digits by %,d draws.",
        stages == ALL_STAGES ? "all eight" : "the first " + stages + " of eight",
        epochs(),
        judged,
        judgingDraws);
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
    ImageSource test = InkedDigits.once(Mnist.test().slice(0, judged), seed);
    List<Figure> figures = new ArrayList<>();
    double[] before = {};
    for (int count : draws) {
      double[] nats = nats(count, seed, test);
      Figure figure = figure(count, -new LogLikelihood(nats, judgingDraws).mean());
      figures.add(figure);
      // Said at once, since what follows may take hours.
      System.err.printf("%s %s: %s%n", id(), figure.name(), figure.text());
      if (before.length > 0) {
        Difference gain = Difference.paired(before, nats);
        figures.add(
            Figure.atLeast(
                count + " draws gain over fewer, nats",
                "",
                gain.margin(),
                gain.after() - gain.before()));
      }
      before = nats;
    }
    return figures;
  }

  private Figure figure(int count, double nats) {
    String name = count == 1 ? "1 draw, nats" : count + " draws, nats";
    Double published = stages == ALL_STAGES ? PUBLISHED.get(count) : null;
    return published == null
        ? Figure.beside(name, nats)
        : Figure.near(name, published, TOLERANCE, nats);
  }

  private double[] nats(int count, long seed, ImageSource test) {
    try (Autoencoder digits =
        Autoencoder.dense()
            .hidden(200, 200)
            .bottleneck(50)
            .activation(Activation.TANH)
            .latentStage(Variational.standard().draws(count))
            .initialization(Initialization.GLOROT_UNIFORM)
            .optimizer(Optimizer.adam(rates()).epsilon(1e-4))
            .seed(seed)
            .build()) {
      digits.fit(
          new InkedDigits(Mnist.train(), seed), Training.epochs(epochs()).batchSize(20).progress());
      return digits.logLikelihood(test, judgingDraws, seed).nats();
    }
  }
}
