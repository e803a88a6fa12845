package io.github.autoencoder4j.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has the readers of a module read what strangers may send. */
public final class Fuzzing {

  /** One input in so many is checked thoroughly. */
  private static final int THOROUGH = 64;

  private static final int MUTATIONS = 1_000;

  private final Map<String, Callable<FuzzTarget>> readers;
  private @Nullable FuzzTarget target;
  private @Nullable HangWatch watch;

  /**
   * Takes the readers.
   *
   * @param readers by the names that {@code ./fuzz} has for them
   */
  public Fuzzing(Map<String, Callable<FuzzTarget>> readers) {
    this.readers = Map.copyOf(readers);
  }

  private FuzzTarget target(String name) throws Exception {
    return Objects.requireNonNull(readers.get(name), name).call();
  }

  /** A target that has read its seeds, so that what is loaded once is no input's fault. */
  private FuzzTarget warm(String name) throws Exception {
    FuzzTarget warm = target(name);
    for (byte[] seed : warm.seeds()) {
      warm.read(seed, true);
    }
    return warm;
  }

  /** Makes a reader ready for the inputs of a fuzzer. */
  public void begin(String reader) throws Exception {
    target = warm(reader);
    watch = HangWatch.start();
  }

  /** Has the reader read an input of the fuzzer's. */
  public void read(byte[] input) throws Exception {
    FuzzTarget reader = Objects.requireNonNull(target, "not begun");
    HangWatch hangs = Objects.requireNonNull(watch, "not begun");
    // The input itself decides, so that a find comes out the same when it is tried again.
    boolean thorough = Math.floorMod(Arrays.hashCode(input), THOROUGH) == 0;
    hangs.begin(input);
    FuzzLimits.read(reader, input, thorough);
    hangs.end();
  }

  /** Writes the seeds of a reader into a folder. */
  public void writeSeeds(String reader, Path folder) throws Exception {
    Files.createDirectories(folder);
    List<byte[]> seeds = target(reader).seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }

  /**
   * A little of what the fuzzer does: the seeds, what it once found, and a thousand mutations of
   * both.
   *
   * @throws AssertionError with the input that broke a promise
   */
  public void replay(String reader) throws Exception {
    FuzzTarget warm = warm(reader);
    List<byte[]> corpus = new ArrayList<>(warm.seeds());
    corpus.addAll(finds(reader));
    for (byte[] input : corpus) {
      read(warm, input);
    }
    Random random = new Random(reader.hashCode());
    for (int i = 0; i < MUTATIONS; i++) {
      read(warm, FuzzInputs.mutated(corpus.get(i % corpus.size()), random));
    }
  }

  private static void read(FuzzTarget target, byte[] input) {
    try {
      FuzzLimits.read(target, input, true);
    } catch (Throwable failure) {
      throw new AssertionError(
          "Base64 of the input: " + Base64.getEncoder().encodeToString(input), failure);
    }
  }

  private static List<byte[]> finds(String reader) throws IOException, URISyntaxException {
    List<byte[]> finds = new ArrayList<>();
    URL folder = Fuzzing.class.getResource("/fuzz/" + reader);
    if (folder != null) {
      try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
        for (Path file : files.sorted().toList()) {
          finds.add(Files.readAllBytes(file));
        }
      }
    }
    return finds;
  }
}
