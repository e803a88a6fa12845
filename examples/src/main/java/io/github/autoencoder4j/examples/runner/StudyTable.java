package io.github.autoencoder4j.examples.runner;

import io.github.autoencoder4j.examples.claim.Words;
import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.study.StudyResult;
import io.github.autoencoder4j.viz.page.Section;
import io.github.autoencoder4j.viz.page.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A figure of a study as a table of the report. */
final class StudyTable {

  private StudyTable() {}

  static <S> void add(Section section, TaskResult.Studied<S> studied) {
    StudyResult<S> result = studied.result();
    List<List<Text>> rows = new ArrayList<>();
    for (S setting : result.settings()) {
      S other = studied.comparedWith().apply(setting);
      List<Text> row = new ArrayList<>();
      row.add(Text.of(setting.toString()));
      row.add(number("%.5g", result.mean(studied.figure(), setting)));
      row.add(number("%.2g", result.standardDeviation(studied.figure(), setting)));
      if (other.equals(setting)) {
        row.addAll(List.of(Text.of(""), Text.of(""), Text.of(""), Text.of("")));
      } else {
        Difference difference = result.compare(studied.figure(), other, setting);
        row.add(Text.of(other.toString()));
        row.add(number("%+.4g", difference.after() - difference.before()));
        row.add(number("\u00b1 %.2g", difference.margin()));
        row.add(
            Words.text(
                difference.change() == Change.UNCLEAR ? "lab.study.unclear" : "lab.study.clear"));
      }
      rows.add(row);
    }
    section.table(
        List.of(
            Text.of(studied.figure()),
            Words.text("lab.study.mean"),
            Words.text("lab.study.std"),
            Words.text("lab.study.from"),
            Words.text("lab.study.difference"),
            Words.text("lab.study.margin"),
            Words.text("lab.study.verdict")),
        rows);
  }

  /** Whether a metric stands in one of the tables already. */
  static boolean has(List<TaskResult.Studied<?>> studies, String metric) {
    return studies.stream()
        .anyMatch(
            studied ->
                metric.startsWith(studied.figure() + ".")
                    && metric
                        .substring(studied.figure().length())
                        .matches("\\.(mean|std|difference|margin)@.*"));
  }

  private static Text number(String format, double value) {
    return Text.of(Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "\u2013");
  }
}
