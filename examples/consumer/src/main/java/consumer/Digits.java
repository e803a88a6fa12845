package consumer;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Trains on a few digits, saves, loads, draws new ones from the codes and shows them. */
public final class Digits {

  private Digits() {}

  /**
   * @param args where to write, {@code target} if there is none
   */
  public static void main(String[] args) throws Exception {
    Path out = Files.createDirectories(Path.of(args.length == 0 ? "target" : args[0]));
    ImageSource digits = Mnist.train().slice(0, 2_000);

    Autoencoder autoencoder = Autoencoder.dense().hidden(128, 64).bottleneck(2).seed(7).build();
    autoencoder.fit(digits, Training.epochs(5).batchSize(64));
    double loss = autoencoder.evaluate(digits).reconstructionLoss();
    autoencoder.save(out.resolve("digits.ae4j"));

    Autoencoder loaded = Autoencoder.load(out.resolve("digits.ae4j"));
    float[][] codes = loaded.encode(digits);
    // 0.2625 is what always showing the mean digit costs.
    if (loss >= 0.25 || !Arrays.deepEquals(codes, autoencoder.encode(digits))) {
      throw new IllegalStateException("loss " + loss + ", or the loaded model has other codes");
    }

    float[][] drawn = loaded.decode(Box.quantiles(codes).sample(20, 7));
    ImageGrid.of(digits.shape()).tiles(10, drawn).draw().save(out.resolve("drawn.png"));
    System.out.printf("reconstruction loss %.4f; see %s%n", loss, out.resolve("drawn.png"));
  }
}
