package io.github.autoencoder4j.examples.rounds;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Training;
import java.util.Locale;

/**
 * Prints how well digits are reconstructed after training by some workers in rounds: a row of the
 * table of docs/spark.md.
 *
 * <p>Arguments: workers (0 for one process without rounds), steps of a round, samples of a batch of
 * one worker, epochs, seed, and perhaps {@code nesterov}.
 */
public final class RoundsCurve {

  private RoundsCurve() {}

  /**
   * Trains and prints.
   *
   * @param args as above
   */
  public static void main(String[] args) {
    int workers = Integer.parseInt(args[0]);
    int steps = Integer.parseInt(args[1]);
    int batch = Integer.parseInt(args[2]);
    int epochs = Integer.parseInt(args[3]);
    long seed = Long.parseLong(args[4]);
    boolean nesterov = args.length > 5 && args[5].equals("nesterov");
    OuterStep outer = nesterov ? OuterStep.nesterov(0.7, 0.9) : OuterStep.mean();
    double loss = testLoss(Mnist.train(), Mnist.test(), workers, steps, outer, batch, epochs, seed);
    System.out.printf(
        Locale.ROOT,
        "%d workers, rounds of %d, %s, batches of %d, %d epochs, seed %d: %.4f nats per pixel%n",
        workers,
        steps,
        nesterov ? "Nesterov 0.7/0.9" : "mean",
        batch,
        epochs,
        seed,
        loss);
  }

  static double testLoss(
      ImageSource train,
      ImageSource test,
      int workers,
      int steps,
      OuterStep outer,
      int batch,
      int epochs,
      long seed) {
    Training training = Training.epochs(epochs).batchSize(batch);
    try (Autoencoder digits =
        Autoencoder.dense()
            .hidden(512, 256, 64)
            .bottleneck(2)
            .activation(Activation.SILU)
            .optimizer(Optimizer.adam(0.002))
            .seed(seed)
            .build()) {
      if (workers == 0) {
        digits.fit(train, training);
      } else {
        try (SimulatedWorkers simulated = new SimulatedWorkers(train, workers, steps, outer)) {
          digits.fit(simulated, training);
        }
      }
      return digits.evaluate(test).reconstructionLoss();
    }
  }
}
