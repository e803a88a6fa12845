package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.exception.UnusableDataException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** CSV files of numbers that the command writes and reads again: codes, scores, rows. */
final class RowsFile {

  private RowsFile() {}

  /** Gets the cells of rows to write. */
  @FunctionalInterface
  interface Rows {
    void writeTo(RowWriter writer) throws IOException;
  }

  /** Takes rows one after another. */
  @FunctionalInterface
  interface RowWriter {
    void write(Object... cells) throws IOException;
  }

  /** Writes a file whole or not at all. */
  static void write(Path file, List<String> header, Rows rows) {
    Path absolute = file.toAbsolutePath();
    // Not a temporary file of the JDK, which nobody else may read.
    Path part =
        absolute.resolveSibling(
            "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      try {
        try (BufferedWriter out = Files.newBufferedWriter(part);
            CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
          printer.printRecord(header);
          rows.writeTo(printer::printRecord);
        }
        Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be written: %s".formatted(file, e), e);
    }
  }

  /** Names columns {@code prefix 1}, {@code prefix 2} and so on. */
  static List<String> numbered(String prefix, int count, String... first) {
    List<String> names = new ArrayList<>(Arrays.asList(first));
    for (int i = 1; i <= count; i++) {
      names.add(prefix + " " + i);
    }
    return names;
  }

  static Object[] cells(Object first, float[] numbers) {
    Object[] cells = new Object[numbers.length + 1];
    cells[0] = first;
    for (int i = 0; i < numbers.length; i++) {
      cells[i + 1] = numbers[i];
    }
    return cells;
  }

  /** Reads what {@link #write} wrote: a header, a first column to count by, then numbers. */
  static float[][] read(Path file, int numbers) {
    try (Reader in = Files.newBufferedReader(file);
        CSVParser parser =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(in)) {
      List<float[]> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        rows.add(numbers(file, row, numbers));
      }
      if (rows.isEmpty()) {
        throw new UnusableDataException("%s holds no rows below its header".formatted(file));
      }
      return rows.toArray(float[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("%s could not be read: %s".formatted(file, e), e);
    }
  }

  private static float[] numbers(Path file, CSVRecord row, int count) {
    if (row.size() != count + 1) {
      throw new UnusableDataException(
          "row %s of %s has %s cells, but a code of this model has %s numbers behind the first cell; \"autoencoder encode\" writes such files"
              .formatted(row.getRecordNumber(), file, row.size(), count));
    }
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      try {
        numbers[i] = Float.parseFloat(row.get(i + 1));
      } catch (NumberFormatException e) {
        throw new UnusableDataException(
            "row %s of %s has \"%s\" at cell %s, which is no number"
                .formatted(row.getRecordNumber(), file, row.get(i + 1), i + 2),
            e);
      }
    }
    return numbers;
  }
}
