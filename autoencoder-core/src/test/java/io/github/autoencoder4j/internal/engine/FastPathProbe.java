package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;

/**
 * What {@link FastPathLimitsTest} runs in a JVM of its own: both paths on the same weights, then a
 * whole training with a last short batch. Says on one line how it ended.
 */
final class FastPathProbe {

  private FastPathProbe() {}

  public static void main(String[] args) {
    String end;
    try {
      NativeBackend.require();
      end = OneDnn.isOpen() ? "fast;" : "slow;";
      if (OneDnn.isOpen()) {
        OneDnnTwinTest twins = new OneDnnTwinTest();
        for (OneDnnTwinTest.Setting setting : OneDnnTwinTest.examples()) {
          twins.pathsAgreeInOutputsLossAndGradient(setting);
        }
        end += "agree;";
      }
      int side = Integer.parseInt(args[0]);
      ImageSource images = images(side, 70);
      Autoencoder autoencoder = Autoencoder.dense().input(side, side).bottleneck(2).build();
      // 70 samples are two batches of 32, and 6.
      autoencoder.fit(images, Training.epochs(2).batchSize(32));
      autoencoder.reconstruct(images);
      end += "trained";
    } catch (Throwable e) {
      // Whatever it is: that it can be caught, and what it says, is what is tested.
      end = e.getClass().getSimpleName() + ": " + e.getMessage();
    }
    System.out.println(end.replace('\n', ' '));
    System.exit(0);
  }

  private static ImageSource images(int side, int count) {
    RandomStream random = RandomStream.of(1, "images");
    float[][] rows = new float[count][side * side];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = random.nextFloat();
      }
    }
    return ImageSource.of(ImageShape.grey(side, side), rows);
  }
}
