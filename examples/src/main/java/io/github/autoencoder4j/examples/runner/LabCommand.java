package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.viz.ImageGrid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the lab: runs tasks one after another and keeps the report up to date. */
@Command(
    name = "lab",
    mixinStandardHelpOptions = true,
    description = "Runs tasks of the autoencoder lab and writes report.html and results.json.")
public final class LabCommand implements Callable<Integer> {

  /** How long a report may take to be written after Ctrl-C. */
  private static final int GRACE_SECONDS = 20;

  /** What more would show is no longer worth the days. */
  private static final int MOST_SEEDS = 100;

  private final Map<String, LabTask> tasks = new LinkedHashMap<>();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--tasks",
      split = ",",
      paramLabel = "TASK",
      description =
          "Which tasks, such as mnist.2,mnist.4 (default: all but those that go beyond the lab).")
  private List<String> chosen = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "Few data and short training, to try the lab in a minute.")
  private boolean quick;

  @Option(
      names = "--mnist",
      paramLabel = "DIR",
      description = "A folder of IDX files to use instead of the MNIST inside the library.")
  private @Nullable Path mnist;

  @Option(
      names = "--dogs",
      paramLabel = "DIR|ARCHIVE|stanford|oxford|synthetic",
      description = "Pictures of dogs; the names fetch a data set (default: ${DEFAULT-VALUE}).")
  private String dogs = "synthetic";

  @Option(
      names = "--seed",
      description = "Chooses weights, noise and samples (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "With how many seeds tasks train that compare settings (default: as each task has it).")
  private @Nullable Integer seeds;

  @Option(
      names = "--resume",
      description = "Takes what those tasks measured before from the folder of --out.")
  private boolean resume;

  @Option(
      names = "--lang",
      paramLabel = "LANGUAGE",
      description =
          "The language that pages open in, en or zh; the reader can switch (default:"
              + " ${DEFAULT-VALUE}).")
  private String lang = "en";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("lab-out");

  private LabCommand(List<LabTask> tasks) {
    tasks.forEach(task -> this.tasks.put(task.id(), task));
  }

  /**
   * Runs a command line to its end.
   *
   * @param tasks the tasks it may choose from
   * @param args the command line
   * @return 0 if all went well, 1 if a task failed or was interrupted, 2 if the command line is
   *     wrong
   */
  public static int execute(List<LabTask> tasks, String... args) {
    return new CommandLine(new LabCommand(tasks))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              command.getErr().println("lab: " + failure.getMessage());
              return 1;
            })
        .execute(args);
  }

  /**
   * The {@code main} of a single task.
   *
   * @param task the task
   * @param args the command line
   */
  public static void main(LabTask task, String... args) {
    System.exit(execute(List.of(task), args));
  }

  @Override
  public Integer call() throws IOException {
    List<LabTask> wanted = wanted();
    Locale language = language();
    requireSeeds();
    requireFont();
    try (OutputFolder folder = OutputFolder.open(out)) {
      return run(wanted, language);
    }
  }

  private int run(List<LabTask> wanted, Locale language) throws IOException {
    LabContext context = new LabContext(out, language, seed, quick, mnist, dogs, seeds, resume);
    Map<String, Object> environment = Environment.describe(seed, seeds, quick);
    List<TaskResult> results = new ArrayList<>();
    CountDownLatch finished = new CountDownLatch(1);
    Thread onInterrupt = new Thread(() -> interrupt(context, finished), "lab-interrupt");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      for (LabTask task : wanted) {
        if (!context.cancelled()) {
          TaskResult result = new TaskResult(task);
          results.add(result);
          runTask(context, result);
          write(context, environment, results);
        }
      }
    } finally {
      finished.countDown();
    }
    if (!context.cancelled()) {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }
    System.err.printf("lab: report in %s%n", out.resolve("report.html").toAbsolutePath());
    return results.stream().allMatch(result -> result.status == TaskResult.Status.DONE) ? 0 : 1;
  }

  private List<LabTask> wanted() {
    if (chosen.isEmpty()) {
      return tasks.values().stream().filter(task -> !task.isOptional()).toList();
    }
    List<LabTask> wanted = new ArrayList<>();
    for (String id : chosen) {
      LabTask task = tasks.get(id);
      if (task == null) {
        throw new ParameterException(
            Objects.requireNonNull(spec).commandLine(),
            "there is no task '%s'; the tasks are %s"
                .formatted(id, String.join(", ", tasks.keySet())));
      }
      wanted.add(task);
    }
    return wanted;
  }

  private Locale language() {
    List<String> known = Words.all().stream().map(words -> words.language().getLanguage()).toList();
    if (!known.contains(lang)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "there are no sentences in the language '%s'; there are those in %s"
              .formatted(lang, String.join(", ", known)));
    }
    return Locale.forLanguageTag(lang);
  }

  private void requireSeeds() {
    if (seeds != null && (seeds < 1 || seeds > MOST_SEEDS)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--seeds must lie in 1 to %d, but was %d; 3 show large differences, 5 smaller ones"
              .formatted(MOST_SEEDS, seeds));
    }
  }

  /** Found out now, not after ten minutes of training: a picture with a word fails without one. */
  private static void requireFont() {
    ImageGrid.of(ImageShape.grey(1, 1)).row("font", new float[1][1]).draw();
  }

  /** On Ctrl-C: asks the tasks to stop, and keeps the JVM alive until the report is written. */
  private static void interrupt(LabContext context, CountDownLatch finished) {
    context.cancel();
    try {
      if (!finished.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "lab: the running task did not stop in time; its part of the report is lost");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void runTask(LabContext context, TaskResult result) {
    System.err.printf("%n%s: %s%n", result.task.id(), result.task.title());
    long start = System.nanoTime();
    try {
      result.task.run(new TaskRun(context, result));
      result.status = TaskResult.Status.DONE;
    } catch (RuntimeException | Error e) {
      // The other tasks can still be done, and what this one found so far is kept. That goes for
      // errors, too: what ran out of memory or stack has given it back by now.
      result.status = TaskResult.Status.FAILED;
      if (!context.cancelled()) {
        boolean foreseen = e instanceof AutoencoderException || e instanceof UncheckedIOException;
        String reason = foreseen ? e.getMessage() : e.toString();
        result.notes.add(Words.text("lab.failed", String.valueOf(reason)));
        System.err.printf("%s failed: %s%n", result.task.id(), reason);
        if (!foreseen) {
          e.printStackTrace();
        }
      }
    }
    if (context.cancelled()) {
      result.status = TaskResult.Status.INTERRUPTED;
      result.notes.add(Words.text("lab.interrupted"));
    }
    result.seconds = (System.nanoTime() - start) / 1e9;
    System.err.printf(
        Locale.ROOT,
        "%s: %s after %.0f s%n",
        result.task.id(),
        result.status.name().toLowerCase(Locale.ROOT),
        result.seconds);
    if (result.observation != null) {
      System.err.println(result.observation);
    }
  }

  private static void write(
      LabContext context, Map<String, Object> environment, List<TaskResult> results)
      throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    if (context.usesMnist()) {
      Map<String, Object> digits = new LinkedHashMap<>();
      digits.put("source", context.mnistSource());
      digits.put("train", context.mnistTrain().size());
      digits.put("test", context.mnistTest().size());
      data.put("mnist", digits);
    }
    if (context.usesDogs()) {
      data.put("dogs", context.dogs().describe());
    }
    ResultsFile.write(context.out(), environment, data, results);
    new LabReport(context.out(), context.language(), environment, data).write(results);
  }
}
