package io.github.autoencoder4j.benchmarks;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a program takes from its start to its first trained batch, in fresh JVMs. */
final class StartUp {

  private static final Logger LOG = LoggerFactory.getLogger(StartUp.class);

  /** What a JVM finds when it starts. */
  private enum Start {
    USUAL("natives unpacked before"),
    ARCHIVE("also with an archive of its classes (AppCDS)"),
    FIRST("first start: natives are unpacked");

    private final String description;

    Start(String description) {
      this.description = description;
    }
  }

  /** Milliseconds of one start. */
  private record Phases(double jvm, double data, double firstBatch, double classes) {

    double total() {
      return jvm + data + firstBatch;
    }
  }

  private final Map<Start, List<Phases>> results = new EnumMap<>(Start.class);

  private StartUp() {}

  /**
   * Starts JVMs.
   *
   * @param rounds how many of each kind; the first start is tried once
   */
  static StartUp measure(int rounds) throws IOException, InterruptedException {
    StartUp startUp = new StartUp();
    Path work = Files.createTempDirectory("bench-startup");
    try {
      Path archive = work.resolve("classes.jsa");
      LOG.info("warming up");
      run(List.of("-XX:ArchiveClassesAtExit=" + archive));
      for (int round = 1; round <= rounds; round++) {
        LOG.info("round {} of {}", round, rounds);
        startUp.add(Start.USUAL, List.of());
        startUp.add(Start.ARCHIVE, List.of("-XX:SharedArchiveFile=" + archive));
      }
      startUp.add(
          Start.FIRST, List.of("-Dorg.bytedeco.javacpp.cachedir=" + work.resolve("natives")));
    } finally {
      MoreFiles.deleteRecursively(work, RecursiveDeleteOption.ALLOW_INSECURE);
    }
    return startUp;
  }

  private void add(Start start, List<String> options) throws IOException, InterruptedException {
    results.computeIfAbsent(start, key -> new ArrayList<>()).add(run(options));
  }

  private static Phases run(List<String> options) throws IOException, InterruptedException {
    long launched = System.currentTimeMillis();
    List<String> times = Probe.ask(StartUpProbe.class, options);
    long main = Long.parseLong(times.get(0));
    long data = Long.parseLong(times.get(1));
    return new Phases(
        main - launched,
        data - main,
        Long.parseLong(times.get(2)) - data,
        Double.parseDouble(times.get(3)));
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-48s %8s %8s %12s %10s %9s%n",
            "start (ms)", "JVM", "data", "first batch", "all", "classes"));
    results.forEach(
        (start, phases) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-48s %8.0f %8.0f %12.0f %10.0f %9.0f%n",
                    start.description,
                    median(phases, Phases::jvm),
                    median(phases, Phases::data),
                    median(phases, Phases::firstBatch),
                    median(phases, Phases::total),
                    median(phases, Phases::classes))));
    return text.toString();
  }

  private static double median(List<Phases> phases, ToDoubleFunction<Phases> part) {
    return new Spread(phases.stream().map(part::applyAsDouble).toList()).median();
  }

  Map<String, Object> json() {
    Map<String, Object> entry = new LinkedHashMap<>();
    results.forEach(
        (start, phases) -> {
          Map<String, Object> times = new LinkedHashMap<>();
          times.put("jvm_ms", phases.stream().map(Phases::jvm).toList());
          times.put("data_ms", phases.stream().map(Phases::data).toList());
          times.put("first_batch_ms", phases.stream().map(Phases::firstBatch).toList());
          times.put("classes", median(phases, Phases::classes));
          entry.put(start.name().toLowerCase(Locale.ROOT), times);
        });
    return entry;
  }
}
