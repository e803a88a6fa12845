package consumer;

import io.github.autoencoder4j.runtime.Reconstructor;
import java.nio.file.Path;
import java.util.Arrays;

/** Scores a black, a grey and a white picture by a saved model, in plain Java. */
public final class Scores {

  private Scores() {}

  /**
   * @param args the model file
   */
  public static void main(String[] args) {
    try (Reconstructor model = Reconstructor.load(Path.of(args[0]))) {
      System.out.println(model.runsOn());
      for (float grey : new float[] {0, 0.5f, 1}) {
        float[] picture = new float[model.inputShape().size()];
        Arrays.fill(picture, grey);
        float[] code = model.encoder().encode(picture);
        System.out.printf(
            "%.1f: score %.4f, code %s%n", grey, model.score(picture), Arrays.toString(code));
      }
    }
  }
}
