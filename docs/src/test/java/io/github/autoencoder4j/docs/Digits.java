package io.github.autoencoder4j.docs;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import java.nio.file.Path;

public class Digits {
  public static void main(String[] args) {
    Autoencoder digits = Autoencoder.dense().bottleneck(2).l2(1e-4).build();
    digits.fit(Mnist.train(), Training.epochs(2).cosineDecay());

    double loss = digits.evaluate(Mnist.test()).reconstructionLoss();
    System.out.printf("unseen digits: %.4f nats per pixel%n", loss);

    float[][] codes = digits.encode(Mnist.test()); // [10000][2]
    float[][] drawn = digits.decode(Box.quantiles(codes).sample(100, 7)); // [100][784]
    ImageGrid.of(Mnist.test().shape()).tiles(10, drawn).draw().save(Path.of("target/drawn.png"));
  }
}
