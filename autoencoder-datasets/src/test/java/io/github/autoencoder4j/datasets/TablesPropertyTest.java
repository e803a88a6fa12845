package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.datasets.internal.table.CsvFeed;
import io.github.autoencoder4j.datasets.internal.table.RowFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

class TablesPropertyTest {

  @Provide
  Arbitrary<List<List<String>>> tables() {
    Arbitrary<String> cells =
        Arbitraries.strings()
            .withChars(" \t\"',;|.0123abcäß\n\r-")
            .withChars('\u2603')
            .ofMaxLength(6);
    return Arbitraries.integers()
        .between(2, 6)
        .flatMap(width -> cells.list().ofSize(width).list().ofMaxSize(12));
  }

  /** Whatever cells hold, and whatever stands between them. */
  @Property(tries = 300)
  void whatIsWrittenAsCsvIsRead(
      @ForAll("tables") List<List<String>> rows, @ForAll("delimiters") char delimiter)
      throws IOException {
    Path file = Files.createTempFile("table", ".csv");
    try {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < (rows.isEmpty() ? 2 : rows.get(0).size()); i++) {
        names.add("name " + i);
      }
      try (CSVPrinter printer =
          new CSVPrinter(
              Files.newBufferedWriter(file),
              CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get())) {
        printer.printRecord(names);
        printer.printRecords(rows);
      }
      CsvFeed feed = new CsvFeed(file, new CsvFeed.Style(null, delimiter, '"', null));
      assertThat(feed.names()).isEqualTo(names);
      List<List<?>> read = new ArrayList<>();
      feed.read(
          new RowFeed.Receiver() {
            @Override
            public void row(long line, List<? extends @Nullable Object> cells) {
              read.add(cells);
            }

            @Override
            public void broken(long line, String reason) {
              throw new AssertionError(line + ": " + reason);
            }
          });
      assertThat(read).isEqualTo(rows);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<Character> delimiters() {
    return Arbitraries.of(',', ';', '\t', '|');
  }
}
