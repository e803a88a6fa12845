package io.github.autoencoder4j.viz.page;

import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.viz.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What stands one below the other in a report or a section of one.
 *
 * @param <S> the report or section itself, so that calls chain
 */
abstract class Content<S extends Content<S>> {

  /** Each with the name of its part of the template, and what that is filled with. */
  private final List<Map<String, Object>> blocks = new ArrayList<>();

  abstract S self();

  final List<Map<String, Object>> blocks() {
    return List.copyOf(blocks);
  }

  private S add(String kind, Object... namesAndValues) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    blocks.add(Map.of("kind", kind, "values", values));
    return self();
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain text, shown as it is
   * @return this
   */
  public final S paragraph(Text text) {
    return add("paragraph", "text", text);
  }

  /**
   * Adds a paragraph.
   *
   * @param text plain text, shown as it is
   * @return this
   */
  public final S paragraph(String text) {
    return paragraph(Text.of(text));
  }

  /**
   * Adds what was asked, apart from the rest.
   *
   * @param text plain text
   * @return this
   */
  public final S question(Text text) {
    return add("question", "text", text);
  }

  /**
   * Adds what the figures say, on a ground of its own.
   *
   * @param text plain text
   * @return this
   */
  public final S answer(Text text) {
    return add("answer", "text", text);
  }

  /**
   * Adds a remark in smaller letters.
   *
   * @param text plain text
   * @return this
   */
  public final S note(Text text) {
    return add("note", "text", text);
  }

  /** Adds what somebody should know who has to act. */
  final S warning(Text text) {
    return add("warning", "text", text);
  }

  /**
   * Adds text that is laid out in lines and columns, such as a command or a table of layers.
   *
   * @param text shown as it is
   * @return this
   */
  public final S listing(String text) {
    return add("listing", "text", text);
  }

  /**
   * Adds a picture.
   *
   * @param picture the picture, kept in the page as PNG
   * @param caption what it shows, in a sentence; read out to those who do not see it
   * @return this
   */
  public final S figure(Picture picture, String caption) {
    return figure(picture.toPng(), Text.of(caption));
  }

  /**
   * Adds a picture.
   *
   * @param png the bytes of a PNG file
   * @param caption what it shows, in a sentence; read out to those who do not see it
   * @return this
   */
  public final S figure(byte[] png, Text caption) {
    return add("figure", "png", Base64.getEncoder().encodeToString(png), "caption", caption);
  }

  /**
   * Lays two pictures over each other, with an edge between them that the reader moves, by a
   * slider, a finger or keys: what was before on the left of it, what came of it on the right.
   *
   * @param before what was there, such as noisy pictures
   * @param after what came of it, of the same width and height
   * @param caption what both show, in a sentence
   * @return this
   * @throws IllegalArgumentException if the sizes differ
   */
  public final S compare(Picture before, Picture after, String caption) {
    return compare(
        before,
        Messages.text("report.before"),
        after,
        Messages.text("report.after"),
        Text.of(caption));
  }

  /**
   * Lays two pictures over each other, with an edge between them that the reader moves, by a
   * slider, a finger or keys.
   *
   * @param before what is seen on the left of the edge
   * @param beforeName what that is, in a word or two
   * @param after what is seen on the right of it, of the same width and height
   * @param afterName what that is, in a word or two
   * @param caption what both show, in a sentence
   * @return this
   * @throws IllegalArgumentException if the sizes differ
   */
  public final S compare(
      Picture before, Text beforeName, Picture after, Text afterName, Text caption) {
    if (before.width() != after.width() || before.height() != after.height()) {
      throw new IllegalArgumentException(
          "pictures to compare must have one size, but have %s x %s and %s x %s pixels"
              .formatted(before.width(), before.height(), after.width(), after.height()));
    }
    return add(
        "compare",
        "before",
        Base64.getEncoder().encodeToString(before.toPng()),
        "beforeName",
        beforeName,
        "after",
        Base64.getEncoder().encodeToString(after.toPng()),
        "afterName",
        afterName,
        "caption",
        caption);
  }

  /**
   * Adds a chart.
   *
   * @param chart the chart
   * @param caption what it shows, in a sentence
   * @return this
   */
  public final S chart(Chart chart, Text caption) {
    return add(
        "chart",
        "chart",
        Map.of(
            "empty", chart.isEmpty(),
            "json", Page.json(chart.describe()),
            "leftOut", chart.leftOut()),
        "caption",
        caption);
  }

  /**
   * Adds the loss curves of a training run: training and validation, and one line a term.
   *
   * @param history what happened
   * @return this
   */
  public final S history(History history) {
    return history(history, Text.of("Loss by epoch.").in(Locale.CHINESE, "每轮的损失。"));
  }

  /**
   * Adds the loss curves of a training run: training and validation, and one line a term.
   *
   * @param history what happened
   * @param caption which run it was, in a sentence
   * @return this
   */
  public final S history(History history, Text caption) {
    return chart(Chart.of(history.epochs()), caption);
  }

  /**
   * Adds a table. Columns of numbers stand right.
   *
   * @param head the names of the columns
   * @param rows as many cells each as there are columns, shown as they are
   * @return this
   * @throws IllegalArgumentException if a row is longer or shorter
   */
  public final S table(List<Text> head, List<List<Text>> rows) {
    for (List<Text> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException(
            "the table has %s columns, but a row has %s cells: %s"
                .formatted(head.size(), row.size(), row));
      }
    }
    return add("table", "head", List.copyOf(head), "rows", List.copyOf(rows));
  }

  /**
   * Adds a table of numbers whose ground shows how large each is.
   *
   * @param corner what rows and columns are
   * @param rows names of the rows
   * @param columns names of the columns
   * @param values {@code [rows][columns]}
   * @param caption what it shows, in a sentence
   * @return this
   * @throws IllegalArgumentException if the sizes differ
   */
  public final S heatmap(
      Text corner, List<String> rows, List<String> columns, double[][] values, Text caption) {
    if (values.length != rows.size()
        || Arrays.stream(values).anyMatch(row -> row.length != columns.size())) {
      throw new IllegalArgumentException(
          "a heat map of %s rows and %s columns needs as many values"
              .formatted(rows.size(), columns.size()));
    }
    return add(
        "heatmap",
        "corner",
        corner,
        "rows",
        rows,
        "columns",
        columns,
        "cells",
        Heat.cells(values),
        "caption",
        caption);
  }

  /**
   * Adds a link to another page, best one in the same folder.
   *
   * @param address relative to the report, such as {@code "explorer.html"}
   * @param words what is behind it
   * @return this
   * @throws IllegalArgumentException if a click would run a script
   */
  public final S link(String address, Text words) {
    if (Objects.requireNonNull(address, "address")
        .matches("(?is)\\s*(javascript|data|vbscript):.*")) {
      throw new IllegalArgumentException("a link leads to a page, not to '" + address + "'");
    }
    return add("link", "address", address, "text", words);
  }
}
