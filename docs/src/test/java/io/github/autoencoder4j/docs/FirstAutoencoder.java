package io.github.autoencoder4j.docs;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.baseline.MeanImage;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import java.nio.file.Path;

/** Squeezes handwritten digits into 32 numbers each, and draws what is left of them. */
public final class FirstAutoencoder {

  private FirstAutoencoder() {}

  /** Trains on some digits, tests on others. */
  public static void main(String[] args) {
    ImageSource train = Mnist.train().slice(0, 10_000);
    ImageSource test = Mnist.test().slice(0, 1_000);

    Autoencoder autoencoder = Autoencoder.dense().input(28, 28).bottleneck(32).build();
    System.out.println(autoencoder.summary());

    autoencoder.fit(train, Training.epochs(5).cosineDecay().progress());

    Evaluation result = autoencoder.evaluate(test);
    System.out.printf("mean squared error   %.4f%n", result.meanSquaredError());
    System.out.printf("of the mean image    %.4f%n", MeanImage.fit(train).evaluate(test).mse());

    ImageSource ten = test.slice(0, 10);
    ImageGrid.of(test.shape())
        .row("original", ten)
        .row("from 32 numbers", autoencoder.reconstruct(ten))
        .draw()
        .save(Path.of("target/first.png"));
  }
}
