package io.github.autoencoder4j.examples.runner;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes {@code report.html}: the run as a page for people, with its pictures inside. */
final class ReportPage {

  private static final String STYLE =
      """
      :root { color-scheme: light; --ink: #1d2733; --soft: #5b6b7c; --line: #dfe5eb; --mark: #0b6e99; }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 1080px; padding: 32px 24px 64px; color: var(--ink);
             font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
      h1 { margin: 0; font-size: 30px; } h2 { margin: 0; font-size: 22px; }
      .soft { color: var(--soft); font-size: 14px; }
      nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 20px 0; }
      nav a { border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px;
              color: var(--mark); text-decoration: none; }
      section { border-top: 1px solid var(--line); margin-top: 36px; padding-top: 24px; }
      blockquote { margin: 12px 0; padding: 2px 16px; border-left: 4px solid var(--line); color: var(--soft); }
      .answer { background: #f2f7fa; border-radius: 8px; padding: 12px 18px; margin: 16px 0; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 14px; }
      th, td { text-align: left; padding: 4px 18px 4px 0; border-bottom: 1px solid var(--line); }
      .n { text-align: right; } .ok { color: #18794e; } .no { color: #b42318; }
      .tables { display: flex; flex-wrap: wrap; gap: 12px 48px; align-items: flex-start; }
      figure { margin: 24px 0; } figure img { max-width: 100%; height: auto; display: block;
               border: 1px solid var(--line); border-radius: 6px; }
      figcaption { color: var(--soft); font-size: 14px; margin-top: 6px; }
      pre { background: #f7f9fb; border-radius: 8px; padding: 12px 16px; overflow-x: auto; }
      code, pre { font-family: ui-monospace, Consolas, monospace; font-size: 13px; }
      """;

  private ReportPage() {}

  static void write(
      Path out, Map<String, Object> environment, Map<String, Object> data, List<TaskResult> results)
      throws IOException {
    StringBuilder page = new StringBuilder(1 << 16);
    page.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .append("<title>Autoencoder lab report</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Autoencoder lab report</h1>\n");
    page.append("<p class=\"soft\">").append(line(environment)).append("</p>\n");
    if (Boolean.TRUE.equals(environment.get("quick"))) {
      page.append(
              "<p class=\"answer\"><strong>A quick run.</strong> Few data and short training: it")
          .append(" shows that everything works, but its figures are not those of the lab.</p>\n");
    }
    if (data.get("dogs") instanceof Map<?, ?> dogs && Boolean.TRUE.equals(dogs.get("synthetic"))) {
      page.append(
              "<p class=\"answer\"><strong>Synthetic dogs.</strong> The dogs of this run are drawn by")
          .append(" the library, not photographed; figures of real photos differ.</p>\n");
    }
    page.append("<p class=\"soft\">Data: ").append(line(data)).append("</p>\n<nav>");
    for (TaskResult result : results) {
      page.append("<a href=\"#%s\">%s</a>".formatted(result.task.id(), title(result)));
    }
    page.append("</nav>\n");
    for (TaskResult result : results) {
      section(page, out, result);
    }
    page.append("</body></html>\n");
    ResultsFile.replace(
        out.resolve("report.html"), page.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String title(TaskResult result) {
    return escape(result.task.id() + " · " + result.task.title());
  }

  private static void section(StringBuilder page, Path out, TaskResult result) throws IOException {
    page.append("<section id=\"%s\"><h2>%s</h2>\n".formatted(result.task.id(), title(result)));
    page.append("<blockquote>").append(escape(result.task.question())).append("</blockquote>\n");
    page.append(
        String.format(
            Locale.ROOT,
            "<p class=\"soft\">%s, %.1f s</p>\n",
            result.status.name().toLowerCase(Locale.ROOT),
            result.seconds));
    if (!result.observation.isEmpty()) {
      page.append("<div class=\"answer\"><strong>What the figures say.</strong> ")
          // A console may not know the sign.
          .append(escape(result.observation).replace(" +- ", " ± "))
          .append("</div>\n");
    }
    page.append("<div class=\"tables\">");
    bars(page, result);
    metrics(page, result);
    page.append("</div>\n");
    for (String note : result.notes) {
      page.append("<p class=\"soft\">").append(escape(note)).append("</p>\n");
    }
    for (String listing : result.listings) {
      page.append("<pre>").append(escape(listing)).append("</pre>\n");
    }
    for (TaskResult.Shown explorer : result.explorers) {
      page.append(
          "<p><a href=\"%s\">%s</a></p>\n"
              .formatted(escape(explorer.path()), escape(explorer.caption())));
    }
    for (TaskResult.Shown picture : result.pictures) {
      byte[] png = Files.readAllBytes(out.resolve(picture.path()));
      page.append(
              "<figure><img alt=\"%s\" src=\"data:image/png;base64,"
                  .formatted(escape(picture.caption())))
          .append(Base64.getEncoder().encodeToString(png))
          .append(
              "\"><figcaption>%s <code>%s</code></figcaption></figure>\n"
                  .formatted(escape(picture.caption()), escape(picture.path())));
    }
    page.append("</section>\n");
  }

  private static void bars(StringBuilder page, TaskResult result) {
    if (result.bars.isEmpty()) {
      return;
    }
    page.append("<table><tr><th>bar</th><th>asked</th><th>seen</th><th></th></tr>");
    result.bars.forEach(
        (name, bar) ->
            page.append(
                "<tr><td>%s</td><td class=\"n\">%s %s</td><td class=\"n\">%s</td><td class=\"%s\">%s</td></tr>"
                    .formatted(
                        escape(name),
                        bar.atLeast() ? "at least" : "at most",
                        number(bar.bar()),
                        number(bar.value()),
                        bar.passed() ? "ok" : "no",
                        bar.passed() ? "reached" : "missed")));
    page.append("</table>\n");
  }

  /**
   * One table of the figures there is one of, and tables that put the others side by side: what
   * follows the @ of a name is the column, and where there are two words, the first is of the row.
   */
  private static void metrics(StringBuilder page, TaskResult result) {
    Map<String, Map<String, Object>> single = new LinkedHashMap<>();
    Map<String, Map<String, Object>> ofOneWord = new LinkedHashMap<>();
    Map<String, Map<String, Object>> ofTwoWords = new LinkedHashMap<>();
    result.metrics.forEach(
        (name, value) -> {
          String figure = name.replaceFirst("@.*", "");
          String words = name.substring(figure.length()).replace("@", "").replace('=', ' ');
          int comma = words.indexOf(',');
          if (words.isEmpty()) {
            put(single, figure, "value", value);
          } else if (comma < 0) {
            put(ofOneWord, figure, words, value);
          } else {
            String row = figure + ", " + words.substring(0, comma);
            put(ofTwoWords, row, words.substring(comma + 1), value);
          }
        });
    for (Map<String, Map<String, Object>> rows : List.of(single, ofOneWord, ofTwoWords)) {
      table(page, rows);
    }
  }

  private static void put(
      Map<String, Map<String, Object>> rows, String row, String column, Object value) {
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, value);
  }

  private static void table(StringBuilder page, Map<String, Map<String, Object>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.values().forEach(row -> columns.addAll(row.keySet()));
    page.append("<table><tr><th>figure</th>");
    columns.forEach(column -> page.append("<th class=\"n\">%s</th>".formatted(escape(column))));
    page.append("</tr>");
    rows.forEach(
        (name, row) -> {
          page.append("<tr><td>%s</td>".formatted(escape(name)));
          for (String column : columns) {
            Object value = row.get(column);
            page.append(
                "<td class=\"n\">%s</td>".formatted(value == null ? "" : escape(text(value))));
          }
          page.append("</tr>");
        });
    page.append("</table>\n");
  }

  private static String line(Map<String, Object> facts) {
    StringBuilder line = new StringBuilder();
    facts.forEach(
        (name, value) ->
            line.append(line.isEmpty() ? "" : " · ")
                .append(escape(name.replace('_', ' ') + " " + text(value))));
    return line.toString();
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Double d) {
      return number(d);
    }
    if (value instanceof double[][] rows) {
      return Arrays.stream(rows).map(row -> "[" + text(row) + "]").collect(joining(", "));
    }
    if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).mapToObj(ReportPage::number).collect(joining(", "));
    }
    if (value instanceof int[] numbers) {
      return Arrays.stream(numbers).mapToObj(Integer::toString).collect(joining(", "));
    }
    if (value instanceof List<?> list && list.isEmpty()) {
      return "none";
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + " " + text(entry.getValue()))
          .collect(joining(", "));
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

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
