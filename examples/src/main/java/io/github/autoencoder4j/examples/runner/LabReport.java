package io.github.autoencoder4j.examples.runner;

import static java.util.stream.Collectors.joining;

import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.viz.page.Chart;
import io.github.autoencoder4j.viz.page.Report;
import io.github.autoencoder4j.viz.page.Section;
import io.github.autoencoder4j.viz.page.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code report.html}: the run as a page for people, with its pictures inside. */
final class LabReport {

  private static final int HIGHLIGHTS = 3;

  /** More loss curves than that are not looked at one by one. */
  private static final int MOST_CHARTS = 4;

  private final Path out;
  private final Locale language;
  private final Map<String, Object> environment;
  private final Map<String, Object> data;

  LabReport(Path out, Locale language, Map<String, Object> environment, Map<String, Object> data) {
    this.out = out;
    this.language = language;
    this.environment = environment;
    this.data = data;
  }

  void write(List<TaskResult> results) throws IOException {
    Report report = Report.titled(Words.text("lab.title")).language(language);
    head(report, results);
    for (TaskResult result : results) {
      report.section(section(result));
    }
    // The last picture of a task is the one that it leads up to.
    results.stream()
        .filter(result -> !result.pictures.isEmpty())
        .skip(Math.max(0, results.stream().filter(r -> !r.pictures.isEmpty()).count() - HIGHLIGHTS))
        .forEach(result -> report.highlight(result.task.id(), result.pictures.size()));
    report.save(out.resolve("report.html"));
  }

  private void head(Report report, List<TaskResult> results) {
    long done = results.stream().filter(r -> r.status == TaskResult.Status.DONE).count();
    List<TaskResult.Bar> bars = results.stream().flatMap(r -> r.bars.values().stream()).toList();
    report.fact(Words.text("lab.tasks"), Words.text("lab.tasks.value", done, results.size()));
    report.fact(
        Words.text("lab.bars"),
        bars.isEmpty()
            ? Words.text(
                Boolean.TRUE.equals(environment.get("quick"))
                    ? "lab.bars.none"
                    : "lab.bars.nothing")
            : Words.text(
                "lab.bars.value",
                bars.stream().filter(TaskResult.Bar::passed).count(),
                bars.size()));
    report.fact(
        Words.text("lab.time"),
        Words.text("lab.time.value", results.stream().mapToDouble(r -> r.seconds).sum()));
    data.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> facts) {
            report.fact(Words.text("lab.data." + name), size(facts));
          }
        });
    report.fact(Words.text("lab.seed"), Text.of(String.valueOf(environment.get("seed"))));
    if (Boolean.TRUE.equals(environment.get("quick"))) {
      report.answer(Words.text("lab.quick"));
    }
    if (data.get("dogs") instanceof Map<?, ?> dogs && Boolean.TRUE.equals(dogs.get("synthetic"))) {
      report.answer(Words.text("lab.synthetic"));
    }
    report.note(Text.of(line(environment)));
  }

  private static Text size(Map<?, ?> facts) {
    return Words.text(
        "lab.data.value",
        Objects.requireNonNull(facts.get("train")),
        Objects.requireNonNull(facts.get("test")),
        Objects.requireNonNull(facts.get("source")));
  }

  private Section section(TaskResult result) throws IOException {
    String id = result.task.id();
    Section section =
        Section.titled(id, joined(Text.of(id + " \u00b7 "), result.task.title()))
            .question(result.task.question());
    Text status = Words.text("lab.status." + result.status.name().toLowerCase(Locale.ROOT));
    section.note(
        Words.text(words -> words.say("lab.took", status.in(words.language()), result.seconds)));
    if (result.observation != null) {
      Text observation = result.observation;
      // A console may not know the sign.
      section.answer(
          Words.text(words -> observation.in(words.language()).replace(" +- ", " \u00b1 ")));
    }
    result.explorers.forEach(page -> section.link(page.path(), page.caption()));
    for (TaskResult.Shown picture : result.pictures) {
      section.figure(Files.readAllBytes(out.resolve(picture.path())), picture.caption());
    }
    for (TaskResult.Compared pair : result.comparisons) {
      section.compare(
          pair.before(), pair.beforeName(), pair.after(), pair.afterName(), pair.caption());
    }
    losses(section, result);
    result.studies.forEach(studied -> StudyTable.add(section, studied));
    bars(section, result);
    metrics(section, result);
    result.notes.forEach(section::note);
    result.listings.forEach(section::listing);
    section.note(Words.text("lab.command")).listing(command(id));
    return section;
  }

  /** The losses of a few runs one by one, with all their terms; those of many in one chart. */
  private static void losses(Section section, TaskResult result) {
    Map<String, History> histories = new LinkedHashMap<>(result.histories);
    histories.values().removeIf(history -> history.epochs().isEmpty());
    if (histories.size() <= MOST_CHARTS) {
      histories.forEach((name, history) -> section.history(history, Words.text("lab.loss", name)));
      return;
    }
    Chart chart = Chart.lines("epoch", "loss");
    histories.forEach((name, history) -> chart.series(name, history.trainingLosses()));
    section.chart(chart, Words.text("lab.losses", histories.size()));
  }

  private static Text joined(Text first, Text second) {
    return Words.text(words -> first.in(words.language()) + second.in(words.language()));
  }

  private String command(String id) {
    String command = "./lab --tasks " + id + " --seed " + environment.get("seed");
    if (environment.get("seeds") != null) {
      command += " --seeds " + environment.get("seeds");
    }
    if (Boolean.TRUE.equals(environment.get("quick"))) {
      command += " --quick";
    }
    String option = id.startsWith("dog") ? "dogs" : "mnist";
    Object source = data.get(option) instanceof Map<?, ?> facts ? facts.get("source") : null;
    return source == null || source.equals("embedded") || source.equals("synthetic")
        ? command
        : command + " --" + option + " " + source;
  }

  private static void bars(Section section, TaskResult result) {
    if (result.bars.isEmpty()) {
      return;
    }
    List<List<Text>> rows = new ArrayList<>();
    result.bars.forEach(
        (name, bar) ->
            rows.add(
                List.of(
                    Text.of(name),
                    Words.text(
                        bar.atLeast() ? "lab.asked.least" : "lab.asked.most", number(bar.bar())),
                    Text.of(number(bar.value())),
                    Words.text(bar.passed() ? "lab.reached.yes" : "lab.reached.no"))));
    section.table(
        List.of(
            Words.text("lab.bar"),
            Words.text("lab.asked"),
            Words.text("lab.seen"),
            Words.text("lab.reached")),
        rows);
  }

  /**
   * One table of the figures there is one of, and tables that put the others side by side: what
   * follows the @ of a name is the column, and where there are two words, the first is of the row.
   * Columns that are numbers make a chart, too.
   */
  private static void metrics(Section section, TaskResult result) {
    Map<String, Map<String, Object>> single = new LinkedHashMap<>();
    Map<String, Map<String, Object>> ofOneWord = new LinkedHashMap<>();
    Map<String, Map<String, Object>> ofTwoWords = new LinkedHashMap<>();
    result.metrics.forEach(
        (name, value) -> {
          if (StudyTable.has(result.studies, name)) {
            return;
          }
          String figure = name.replaceFirst("@.*", "");
          String words = name.substring(figure.length()).replace("@", "").replace('=', ' ');
          int comma = words.indexOf(',');
          if (words.isEmpty()) {
            put(single, figure, "", value);
          } else if (comma < 0) {
            put(ofOneWord, figure, words, value);
          } else {
            String row = figure + ", " + words.substring(0, comma);
            put(ofTwoWords, row, words.substring(comma + 1), value);
          }
        });
    chart(section, result.task.id(), ofOneWord);
    chart(section, result.task.id(), ofTwoWords);
    for (Map<String, Map<String, Object>> rows : List.of(single, ofOneWord, ofTwoWords)) {
      table(section, rows);
    }
  }

  private static void put(
      Map<String, Map<String, Object>> rows, String row, String column, Object value) {
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, value);
  }

  /**
   * Lines of the PSNR over what follows the @ of its names, if that is at least 3 numbers. What
   * they are of says the task.
   */
  private static void chart(Section section, String task, Map<String, Map<String, Object>> rows) {
    Map<String, Map<Double, Double>> lines = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, Object>> row : rows.entrySet()) {
      Map<Double, Double> points = new LinkedHashMap<>();
      row.getValue()
          .forEach(
              (column, value) -> {
                String place = column.replaceFirst("^[a-z]+ ", "");
                if (place.matches("[0-9.]+") && value instanceof Number number) {
                  points.put(Double.parseDouble(place), number.doubleValue());
                }
              });
      if (row.getKey().contains("psnr") && points.size() >= 3) {
        lines.put(row.getKey(), points);
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    String axis = "lab.axis." + task;
    Chart chart = Chart.lines(Words.ENGLISH.say(axis), "PSNR in dB");
    lines.forEach(
        (name, points) -> chart.series(name, numbers(points.keySet()), numbers(points.values())));
    section.chart(chart, Words.text(words -> words.say("lab.over", words.say(axis))));
  }

  private static double[] numbers(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void table(Section section, Map<String, Map<String, Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.values().forEach(row -> columns.addAll(row.keySet()));
    List<Text> head = new ArrayList<>(List.of(Words.text("lab.figure")));
    columns.forEach(name -> head.add(name.isEmpty() ? Words.text("lab.value") : Text.of(name)));
    List<List<Text>> cells = new ArrayList<>();
    rows.forEach(
        (name, row) -> {
          List<Text> line = new ArrayList<>(List.of(Text.of(name)));
          columns.forEach(
              column -> line.add(Text.of(row.containsKey(column) ? text(row.get(column)) : "")));
          cells.add(line);
        });
    section.table(head, cells);
  }

  private static String line(Map<String, Object> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey().replace('_', ' ') + " " + text(fact.getValue()))
        .collect(joining(" \u00b7 "));
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Double d) {
      return number(d);
    }
    if (value instanceof double[][] rows) {
      return Arrays.stream(rows).map(row -> "[" + text(row) + "]").collect(joining(", "));
    }
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).mapToObj(LabReport::number).collect(joining(", "));
    }
    if (value instanceof int[] numbers) {
      return Arrays.stream(numbers).mapToObj(Integer::toString).collect(joining(", "));
    }
    if (value instanceof Number whole) {
      return String.format(Locale.ROOT, "%,d", whole.longValue());
    }
    return String.valueOf(value);
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 10 ? "%.2f" : size >= 1e-3 ? "%.4f" : "%.2g", value);
  }
}
