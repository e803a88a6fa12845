package io.github.autoencoder4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the benchmarks. A missed bar is a result, not an error. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Compares the speed of this library with that of PyTorch, stock Deeplearning4j and the bare"
            + " matrix product, all in one run.")
public final class Bench implements Callable<Integer> {

  private static final int LEARNING_STEPS_QUICK = 20;

  @Option(names = "--rounds", description = "How many rounds are counted (default: 7).")
  private @Nullable Integer rounds;

  @Option(
      names = "--seconds",
      description = "How long each peer does each job in a round (default: 3).")
  private @Nullable Double seconds;

  @Option(
      names = "--jobs",
      split = ",",
      paramLabel = "JOB",
      description = "Which jobs, such as conv.train,gemm (default: all).")
  private List<String> jobs = Arrays.stream(Job.values()).map(Job::key).toList();

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Which of ours,pytorch,dl4j,gemm (default: all).")
  private List<String> peers = Arrays.stream(PeerKind.values()).map(PeerKind::key).toList();

  @Option(
      names = "--dogs",
      paramLabel = "FOLDER",
      description =
          "Photos to train on (default: ../shared/data/dog64 beside the sources; drawn ones if there"
              + " are none).")
  private Path dogs = Path.of(System.getProperty("bench.home"), "../../shared/data/dog64");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where the results go (default: benchmarks/results.json; benchmarks/target/quick.json if"
              + " quick).")
  private @Nullable Path out;

  @Option(
      names = "--quick",
      description = "Seconds in all, on few data: shows that everything runs, not how fast.")
  private boolean quick;

  @Option(
      names = "--curves",
      description =
          "Measures how the cost of ours grows with batch, width, image and data instead.")
  private boolean curves;

  @Option(
      names = "--crowded",
      description =
          "Measures what is left of the speed beside busy neighbours and under a quota instead, of"
              + " ours and of PyTorch.")
  private boolean crowded;

  @Option(
      names = "--startup",
      description = "Measures the time from the start of a JVM to the first trained batch instead.")
  private boolean startUp;

  @Option(
      names = "--memory",
      description = "Measures the memory of training on large pictures instead.")
  private boolean memory;

  @Option(
      names = "--jmh",
      arity = "0..1",
      fallbackValue = ".*",
      paramLabel = "PATTERN",
      description = "Runs the benchmarks of small pieces whose names match instead.")
  private @Nullable String jmh;

  /**
   * Measures.
   *
   * @param args the options, see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Bench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    if (jmh != null) {
      Pieces.run(jmh, quick);
      return 0;
    }
    int counted = rounds != null ? rounds : quick ? 2 : curves ? 3 : 7;
    double duration = seconds != null ? seconds : quick ? 0.2 : curves ? 1 : 3;
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("quick", quick);
    facts.put("rounds", counted);
    if (!startUp) {
      facts.put("seconds", duration);
    }
    facts.put("machine", Machine.describe());
    System.out.println(Machine.summary());
    Map<String, Object> entries = new LinkedHashMap<>();
    if (crowded) {
      Crowded measured =
          Crowded.measure(
              inTurn(Place::compares),
              kinds().stream().filter(Place::compares).toList(),
              dogs,
              counted,
              duration,
              quick);
      System.out.print(measured.table());
      facts.put("places", measured.json());
      entries.put("crowded", facts);
    } else if (curves) {
      Curves measured = Curves.measure(counted, duration, quick);
      System.out.print(measured.table());
      facts.put("points", measured.json());
      entries.put("curves", facts);
    } else if (startUp) {
      StartUp measured = StartUp.measure(counted);
      System.out.print(measured.table());
      facts.put("starts", measured.json());
      entries.put("startup", facts);
    } else if (memory) {
      Memory measured = Memory.measure(kinds(), counted, duration);
      System.out.print(measured.table());
      facts.put("peers", measured.json());
      entries.put("memory", facts);
    } else {
      Comparison comparison = compare(counted, duration, facts);
      System.out.print(comparison.table());
      entries.putAll(facts);
      entries.putAll(comparison.json());
    }
    if (quick) {
      System.out.println("quick: this shows that everything runs; no figure of it counts");
    }
    Path file = out != null ? out : defaultOut();
    ResultsFile.update(file, entries);
    System.out.println("written to " + file.toAbsolutePath().normalize());
    return 0;
  }

  private Path defaultOut() {
    return Path.of(System.getProperty("bench.home"), quick ? "target/quick.json" : "results.json");
  }

  /** Those that were asked for and fit, in their order. */
  private List<Job> inTurn(Predicate<Job> fits) {
    return jobs.stream().map(Job::of).filter(fits).sorted().distinct().toList();
  }

  private List<PeerKind> kinds() {
    return peers.stream().map(PeerKind::of).sorted().distinct().toList();
  }

  private Comparison compare(int counted, double duration, Map<String, Object> facts)
      throws IOException, InterruptedException {
    List<Job> chosen = inTurn(job -> true);
    List<PeerKind> kinds = kinds();
    facts.put("dogs", new BenchData(dogs, quick).describeDogs());
    try (Driver driver = new Driver(kinds, dogs, quick, Surroundings.NONE)) {
      List<ReferenceNetwork> networks = new ArrayList<>();
      chosen.stream().map(Job::network).distinct().forEach(networks::add);
      List<Likeness> likenesses =
          driver.compareLearning(networks, quick ? LEARNING_STEPS_QUICK : Integer.MAX_VALUE);
      return new Comparison(driver.measure(chosen, counted, duration), likenesses);
    }
  }
}
