package io.github.autoencoder4j.viz.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report of runs as one HTML file, with pictures and charts inside, without network: to be read
 * on any screen, light or dark, and printed.
 *
 * <pre>{@code
 * Report.titled("Digits in two numbers")
 *     .fact("test loss", String.format(Locale.ROOT, "%.4f", loss))
 *     .history(autoencoder.fit(train, training))
 *     .figure(picture, "Twelve test pictures and their reconstructions.")
 *     .save(Path.of("report.html"));
 * }</pre>
 *
 * <p>Not safe for use by several threads.
 */
public final class Report extends Content<Report> {

  private static final String CHART_LIBRARY =
      "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.";

  private final Text title;
  private final List<Map<String, Object>> facts = new ArrayList<>();
  private final List<Map<String, Object>> highlights = new ArrayList<>();
  private final List<Section> sections = new ArrayList<>();
  private Locale language = Locale.ENGLISH;

  private Report(Text title) {
    this.title = title;
  }

  /**
   * Starts a report.
   *
   * @param title its heading; plain text
   * @return a report without content
   */
  public static Report titled(String title) {
    return titled(Text.of(title));
  }

  /**
   * Starts a report.
   *
   * @param title its heading
   * @return a report without content
   */
  public static Report titled(Text title) {
    return new Report(Objects.requireNonNull(title, "title"));
  }

  /**
   * Sets the language that it opens in. It can be switched in the page. English by default.
   *
   * @param language English or Chinese; others give English
   * @return this
   */
  public Report language(Locale language) {
    this.language = Objects.requireNonNull(language, "language");
    return this;
  }

  /**
   * Adds to the head what a reader wants to know first: what was run, on what, how well it went.
   *
   * @param name what it is
   * @param value shown as it is
   * @return this
   */
  public Report fact(String name, String value) {
    return fact(Text.of(name), Text.of(value));
  }

  /**
   * Adds to the head what a reader wants to know first: what was run, on what, how well it went.
   *
   * @param name what it is
   * @param value what it came to
   * @return this
   */
  public Report fact(Text name, Text value) {
    facts.add(Map.of("name", name, "value", value));
    return this;
  }

  /**
   * Shows a picture of a section in the head, too.
   *
   * @param section the id of the section; the picture leads to it
   * @param figure which of its pictures, from 1
   * @return this
   * @throws IllegalArgumentException if {@code figure} is below 1
   */
  public Report highlight(String section, int figure) {
    if (figure < 1) {
      throw new IllegalArgumentException("pictures are counted from 1, not " + figure);
    }
    highlights.add(Map.of("section", section, "figure", figure));
    return this;
  }

  /**
   * Adds a section.
   *
   * @param section added as it is now
   * @return this
   */
  public Report section(Section section) {
    sections.add(Objects.requireNonNull(section, "section"));
    return this;
  }

  /**
   * Writes the report. It appears whole or not at all. Missing folders are created.
   *
   * @param html where to write; the name must end in {@code .html}
   * @throws IllegalArgumentException if the name ends otherwise
   * @throws java.io.UncheckedIOException if the folder cannot be made or the file not be written
   */
  public void save(Path html) {
    Path target = Page.requireHtml(html);
    Page.write(target, fill(null));
  }

  /** The page, with what a run that is still going on has more, if it is one of those. */
  String fill(@Nullable LiveState live) {
    String language = Messages.languageFor(this.language);
    Map<String, Map<String, String>> messages =
        live == null
            ? Messages.of("report.", "page.", "language")
            : Messages.of("live.", "report.", "page.", "language");
    Map<String, Object> values = new HashMap<>();
    values.put("title", title);
    values.put("language", language);
    values.put("languages", messages.keySet());
    values.put("say", Objects.requireNonNull(messages.get(language)));
    values.put("facts", facts);
    values.put("highlights", highlights);
    values.put("blocks", blocks());
    values.put("sections", sections.stream().map(Report::describe).toList());
    values.put("messages", Page.json(Map.of("messages", messages, "language", language)));
    values.put("wording", new Wording(language, messages.keySet()));
    values.put(
        "style",
        Page.resource("page.css")
            + Page.resource("report.css")
            + Page.resource(CHART_LIBRARY + "min.css"));
    values.put("library", Page.resource(CHART_LIBRARY + "iife.min.js"));
    String script =
        Page.resource("language.js")
            + Page.resource("charts.js")
            + Page.resource("compare.js")
            + Page.resource("report.js");
    if (live != null) {
      values.put("live", live.describe());
      script += Page.resource("live.js");
    }
    values.put("script", script);
    return Page.fill("report.ftlh", values);
  }

  private static Map<String, Object> describe(Section section) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", section.id());
    described.put("title", section.title());
    described.put("blocks", section.blocks());
    return described;
  }

  @Override
  Report self() {
    return this;
  }
}
