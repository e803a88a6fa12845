package io.github.autoencoder4j.datasets.internal.table;

import io.github.autoencoder4j.datasets.internal.archive.Gzip;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.NumberColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;

/** A file of comma-separated values as RFC 4180 has it, or its relatives, gzipped or not. */
public final class CsvFeed implements RowFeed {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  /** How much of a file decides on the delimiter, in characters. */
  private static final int SAMPLE = 1 << 16;

  private final Path file;
  private final Charset charset;
  private final CSVFormat format;
  private final boolean header;
  private final List<String> names;
  private final List<String> notes = new ArrayList<>();

  /**
   * How a file is written.
   *
   * @param charset null to find out
   * @param delimiter null to find out
   * @param quote around cells that hold a delimiter, a quote or a line end
   * @param header whether the first line has the names; null if it must be told from numbers
   */
  public record Style(
      @Nullable Charset charset,
      @Nullable Character delimiter,
      char quote,
      @Nullable Boolean header) {}

  /**
   * Reads the header.
   *
   * @param file plain or gzipped
   * @param style how it is written
   * @throws IOException if it cannot be read
   * @throws UnusableDataException if it is empty, is not text of the charset, or its header names
   *     two columns alike
   */
  public CsvFeed(Path file, Style style) throws IOException {
    this.file = file;
    this.header = !Boolean.FALSE.equals(style.header());
    this.charset = style.charset() == null ? findCharset() : style.charset();
    CSVFormat quoted =
        CSVFormat.DEFAULT.builder().setQuote(style.quote()).setIgnoreEmptyLines(false).get();
    char delimiter = style.delimiter() == null ? findDelimiter(quoted) : style.delimiter();
    this.format = quoted.builder().setDelimiter(delimiter).get();
    this.names = readNames(style.header() == null);
  }

  private Charset findCharset() throws IOException {
    try (BOMInputStream in = bytes()) {
      ByteOrderMark mark = in.getBOM();
      if (mark != null) {
        return Charset.forName(mark.getCharsetName());
      }
      try (Reader reader = reader(in, StandardCharsets.UTF_8)) {
        char[] chunk = new char[SAMPLE];
        while (reader.read(chunk) >= 0) {
          // Only whether it can be read is asked for.
        }
        return StandardCharsets.UTF_8;
      } catch (CharacterCodingException e) {
        notes.add(
            "It is not UTF-8 and was read as Latin-1; if letters look wrong, say charset(...).");
        return StandardCharsets.ISO_8859_1;
      }
    }
  }

  private BOMInputStream bytes() throws IOException {
    InputStream in = Gzip.open(file);
    return BOMInputStream.builder()
        .setInputStream(in)
        .setByteOrderMarks(ByteOrderMark.UTF_8, ByteOrderMark.UTF_16LE, ByteOrderMark.UTF_16BE)
        .get();
  }

  private static Reader reader(InputStream in, Charset charset) {
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** The one that cuts the first lines into the most cells, as many in each. */
  private char findDelimiter(CSVFormat quoted) throws IOException {
    char[] chunk = new char[SAMPLE];
    int length = 0;
    try (Reader reader = reader(bytes(), charset)) {
      for (int n = 0; n >= 0 && length < SAMPLE; n = reader.read(chunk, length, SAMPLE - length)) {
        length += n;
      }
    } catch (CharacterCodingException e) {
      throw wrongCharset(e);
    }
    String text = new String(chunk, 0, length);
    // The last line may be cut.
    String whole = length < SAMPLE ? text : text.substring(0, Math.max(0, text.lastIndexOf('\n')));
    char best = DELIMITERS[0];
    double bestScore = 0;
    for (char delimiter : DELIMITERS) {
      double score = score(whole, quoted.builder().setDelimiter(delimiter).get());
      if (score > bestScore) {
        best = delimiter;
        bestScore = score;
      }
    }
    return best;
  }

  /** How many lines are like the first, before all else; among equals how many cells that has. */
  private static double score(String text, CSVFormat format) {
    int cells = 0;
    int rows = 0;
    int alike = 0;
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      for (CSVRecord row : parser) {
        cells = rows == 0 ? row.size() : cells;
        rows++;
        alike += row.size() == cells ? 1 : 0;
      }
    } catch (IOException | UncheckedIOException e) {
      // A quote that the cut has left open, or another delimiter; what was read decides.
    }
    return cells < 2 ? 0 : 1e6 * Math.rint(20.0 * alike / rows) + cells;
  }

  private List<String> readNames(boolean mayBeNumbers) throws IOException {
    try (CSVParser parser = CSVParser.parse(reader(bytes(), charset), format)) {
      Iterator<CSVRecord> records = parser.iterator();
      if (!records.hasNext()) {
        throw new UnusableDataException(
            "the table %s is empty; its first line should name the columns".formatted(file));
      }
      CSVRecord first = records.next();
      List<String> found = new ArrayList<>();
      Map<String, Integer> places = new HashMap<>();
      for (int i = 0; i < first.size(); i++) {
        String name = header ? first.get(i).strip() : "";
        if (name.isEmpty()) {
          name = "column " + (i + 1);
          if (header) {
            notes.add("The header has no name for column %s; it is called so.".formatted(i + 1));
          }
        }
        Integer other = places.put(name, i);
        if (other != null) {
          throw new UnusableDataException(
              "table %s, line 1: columns %s and %s are both named \"%s\", but columns are found by name; rename one"
                  .formatted(file, other + 1, i + 1, name));
        }
        found.add(name);
      }
      if (header && mayBeNumbers && found.stream().allMatch(CsvFeed::isNumber)) {
        throw new UnusableDataException(
            "table %s, line 1: there are only numbers where the names of the columns should be: %s; say header(false) if there is no header, or header(true) if these are the names"
                .formatted(file, found.size() > 5 ? found.subList(0, 5) + "..." : found));
      }
      return List.copyOf(found);
    } catch (UncheckedIOException e) {
      throw explained(e);
    }
  }

  private static boolean isNumber(String text) {
    return NumberColumn.parse(text, false).isPresent()
        || NumberColumn.parse(text, true).isPresent();
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    try (CSVParser parser = CSVParser.parse(reader(bytes(), charset), format)) {
      Iterator<CSVRecord> records = parser.iterator();
      boolean skip = header;
      for (long line = 1; hasNext(records); line = parser.getCurrentLineNumber() + 1) {
        CSVRecord row = records.next();
        boolean blank = row.size() == 1 && row.get(0).isBlank() && names.size() > 1;
        if (skip) {
          skip = false;
        } else if (row.size() == names.size()) {
          receiver.row(line, row.toList());
        } else if (!blank) {
          receiver.broken(line, ragged(row.size(), names.size()));
        }
      }
    }
  }

  private boolean hasNext(Iterator<CSVRecord> records) throws IOException {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw explained(e);
    }
  }

  private IOException explained(UncheckedIOException e) {
    IOException cause = Objects.requireNonNull(e.getCause());
    if (cause instanceof CSVException) {
      throw new UnusableDataException(
          "the table %s is not as a file of comma-separated values should be: %s; the quote is %s, say quote(...) if it is another"
              .formatted(file, cause.getMessage(), format.getQuoteCharacter()),
          e);
    }
    if (cause instanceof CharacterCodingException wrong) {
      throw wrongCharset(wrong);
    }
    return cause;
  }

  private UnusableDataException wrongCharset(CharacterCodingException e) {
    return new UnusableDataException(
        "the table %s is not text of the charset %s; leave charset(...) out, or name the right one"
            .formatted(file, charset),
        e);
  }

  static String ragged(int cells, int names) {
    return "it has %s cells, but there are %s columns".formatted(cells, names);
  }
}
