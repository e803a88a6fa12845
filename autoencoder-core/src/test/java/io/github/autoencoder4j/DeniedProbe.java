package io.github.autoencoder4j;

import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Tells what becomes of training, of loading, and of the runtime where the JVM denies ND4J. */
final class DeniedProbe {

  private DeniedProbe() {}

  private static String outcome(Callable<?> call) {
    try {
      return String.valueOf(call.call());
    } catch (Throwable e) {
      return e.toString().replace('\n', ' ');
    }
  }

  public static void main(String[] arguments) {
    Path model = Path.of(arguments[0]);
    System.out.println(
        "fit: "
            + outcome(
                () ->
                    Autoencoder.dense()
                        .bottleneck(2)
                        .build()
                        .fit(TinyData.source(8, 9), Training.epochs(1))));
    System.out.println("load: " + outcome(() -> Autoencoder.load(model)));
    System.out.println("runtime: " + outcome(() -> Encoder.load(model).runsOn()));
  }
}
