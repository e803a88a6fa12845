package io.github.autoencoder4j.fuzz;

import io.github.autoencoder4j.internal.training.CheckpointTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Where a fuzzer finds the readers of this module. */
public final class Fuzz {

  static final Map<String, Callable<FuzzTarget>> TARGETS =
      Map.of(
          "model", ModelTarget::new, "tensors", TensorsTarget::new, "checkpoint", Fuzz::checkpoint);

  /** One input in so many is checked thoroughly. */
  private static final int THOROUGH = 64;

  private static FuzzTarget target;
  private static HangWatch watch;

  private Fuzz() {}

  private static FuzzTarget checkpoint() throws Exception {
    return new CheckpointTarget();
  }

  /** A target that has read its seeds, so that what is loaded once is no input's fault. */
  static FuzzTarget warm(String name) throws Exception {
    FuzzTarget target = TARGETS.get(name).call();
    for (byte[] seed : target.seeds()) {
      target.read(seed, true);
    }
    return target;
  }

  /** Called by the fuzzer once, with the name of a reader. */
  public static void fuzzerInitialize(String[] arguments) throws Exception {
    target = warm(arguments[0]);
    watch = HangWatch.start();
  }

  /** Called by the fuzzer for every input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    // The input itself decides, so that a find comes out the same when it is tried again.
    boolean thorough = Math.floorMod(Arrays.hashCode(input), THOROUGH) == 0;
    watch.begin(input);
    Limits.read(target, input, thorough);
    watch.end();
  }

  /** Writes the seeds of a reader into a folder. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    List<byte[]> seeds = TARGETS.get(arguments[0]).call().seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }
}
