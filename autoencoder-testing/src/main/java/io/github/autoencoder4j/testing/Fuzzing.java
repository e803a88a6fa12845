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
import java.util.Locale;
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
      warm.prepare(seed);
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

  /**
   * What {@code ./fuzz} calls: {@code seeds READER FOLDER}, or {@code run READER RUNS SECONDS
   * SEED}.
   */
  public void command(String... arguments) throws Exception {
    if (arguments[0].equals("seeds")) {
      writeSeeds(arguments[1], Path.of(arguments[2]));
    } else {
      run(
          arguments[1],
          Long.parseLong(arguments[2]),
          Long.parseLong(arguments[3]),
          Long.parseLong(arguments[4]));
    }
  }

  /** Writes the seeds of a reader into a folder. */
  private void writeSeeds(String reader, Path folder) throws Exception {
    Files.createDirectories(folder);
    List<byte[]> seeds = target(reader).seeds();
    for (int i = 0; i < seeds.size(); i++) {
      Files.write(folder.resolve("seed-" + i), seeds.get(i));
    }
  }

  /**
   * A little of what the fuzzer does: the seeds, what it once found, a thousand mutations of both,
   * and as many built files.
   *
   * @throws AssertionError with the input that broke a promise
   */
  public void replay(String reader) throws Exception {
    FuzzTarget warm = warm(reader);
    List<byte[]> corpus = new ArrayList<>(warm.seeds());
    corpus.addAll(finds(reader));
    for (byte[] input : corpus) {
      read(warm, input, true);
    }
    Random random = new Random(reader.hashCode());
    for (int i = 0; i < MUTATIONS; i++) {
      read(warm, FuzzInputs.mutated(corpus.get(i % corpus.size()), random), true);
      read(warm, FuzzInputs.built(random), i % THOROUGH == 0);
    }
  }

  /**
   * What the fuzzer does without coverage, and a hundred times as fast: what it once found,
   * mutations of that and of the seeds, and files that random choices build.
   *
   * @param runs how many inputs
   * @param seconds after which it ends all the same; 0 for never
   * @param seed other inputs for another one
   * @throws AssertionError with the input that broke a promise
   */
  public void run(String reader, long runs, long seconds, long seed) throws Exception {
    begin(reader);
    List<byte[]> corpus = new ArrayList<>(target(reader).seeds());
    for (byte[] find : finds(reader)) {
      // Here memory is as small as is promised.
      read(Objects.requireNonNull(target), find, true);
      corpus.add(find);
    }
    Random random = new Random(seed);
    long start = System.nanoTime();
    long told = 0;
    for (long done = 1; done <= runs; done++) {
      byte[] input =
          random.nextBoolean()
              ? FuzzInputs.mutated(corpus.get(random.nextInt(corpus.size())), random)
              : FuzzInputs.built(random);
      try {
        read(input);
      } catch (Throwable failure) {
        throw inBase64(input, failure);
      }
      long passed = (System.nanoTime() - start) / 1_000_000_000L;
      boolean ended = done == runs || (seconds > 0 && passed >= seconds);
      if (ended || passed >= told + 60) {
        told = passed;
        System.out.printf(
            Locale.ROOT,
            "%s: %,d runs in %,d s, none over %,d ms of the processor, up to %,d MB resident%n",
            reader,
            done,
            passed,
            FuzzLimits.slowest() / 1_000_000,
            ProcessMemory.peak() >> 20);
      }
      if (ended) {
        return;
      }
    }
  }

  /**
   * Three seconds of it in a JVM with the heap for which the bounds are promised.
   *
   * @param program has the main method that calls ours
   * @throws AssertionError with what the JVM said, if an input broke a promise
   */
  public void runInSmallJvm(Class<?> program, String reader) throws Exception {
    Path said = Files.createTempFile("fuzz", ".txt");
    try {
      ProcessBuilder builder =
          ChildJvm.of(
              program,
              List.of(
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-Djava.awt.headless=true",
                  "-Dorg.bytedeco.javacpp.maxPhysicalBytes=384m"),
              "run",
              reader,
              "1000000",
              "3",
              "1");
      builder.environment().put("OMP_NUM_THREADS", "1");
      Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
      if (ChildJvm.ended(process, 3) != 0) {
        throw new AssertionError(Files.readString(said));
      }
    } finally {
      Files.delete(said);
    }
  }

  private static AssertionError inBase64(byte[] input, Throwable failure) {
    return new AssertionError(
        "Base64 of the input: " + Base64.getEncoder().encodeToString(input), failure);
  }

  private static void read(FuzzTarget target, byte[] input, boolean thorough) {
    try {
      FuzzLimits.read(target, input, thorough);
    } catch (Throwable failure) {
      throw inBase64(input, failure);
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
