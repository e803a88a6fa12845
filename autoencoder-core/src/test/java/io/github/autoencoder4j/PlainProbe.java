package io.github.autoencoder4j;

import io.github.autoencoder4j.runtime.Reconstructor;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs a model in a JVM of its own: from a file, or from its input if there is none. */
final class PlainProbe {

  private PlainProbe() {}

  public static void main(String[] arguments) {
    try (Reconstructor model =
        arguments.length == 0
            ? Reconstructor.load(System.in)
            : Reconstructor.load(Path.of(arguments[0]))) {
      float[] sample = new float[model.inputShape().size()];
      Arrays.fill(sample, 0.25f);
      float[] code = model.encoder().encode(sample);
      System.out.println(model.runsOn());
      System.out.println(Arrays.toString(code));
      System.out.println(Arrays.toString(model.decoder().decode(code)));
      System.out.println(model.score(sample));
    }
  }
}
