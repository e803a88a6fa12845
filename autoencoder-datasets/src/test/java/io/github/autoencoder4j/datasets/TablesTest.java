package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.DateColumn;
import io.github.autoencoder4j.table.LeftOutColumn;
import io.github.autoencoder4j.table.LeftOutColumn.Reason;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as people have them, good ones and bad ones. */
class TablesTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return file(text, StandardCharsets.UTF_8);
  }

  private Path file(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("table.csv"), text.getBytes(charset));
  }

  private Table read(String text) throws IOException {
    return Tables.from(file(text)).read();
  }

  private static Column column(Table table, String name) {
    return table.schema().columns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object cell(Table table, int row, String column) {
    return table.schema().decode(table.get(row)).get(column);
  }

  /** Thirty lines made from their number. */
  private static String lines(String header, String format) {
    return IntStream.range(0, 30)
        .mapToObj(
            i ->
                String.format(Locale.ROOT, format, i % 7 + 0.5, i % 3, i % 28 + 1, i * 7919 % 1000))
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  // What columns are

  @Test
  void kindsAreFoundAndTold() throws IOException {
    StringBuilder text = new StringBuilder("amount,shop,day,id,currency,note,paid,nothing,row\n");
    for (int i = 0; i < 40; i++) {
      text.append(i * i % 17).append(".25,shop ").append(i % 3).append(",2024-01-");
      text.append(String.format(Locale.ROOT, "%02d", i % 28 + 1))
          .append(",c")
          .append(i * 7919)
          .append(",EUR,");
      text.append(i % 5 == 0 ? "" : "text").append(i % 2 == 0 ? ",yes,," : ",no,,");
      text.append(i + 1).append('\n');
    }
    Table table = read(text.toString());
    assertThat(column(table, "amount")).isInstanceOf(NumberColumn.class);
    assertThat(column(table, "shop"))
        .isEqualTo(new CategoryColumn("shop", List.of("shop 0", "shop 1", "shop 2"), false));
    assertThat(((DateColumn) column(table, "day")).pattern()).isEqualTo("uuuu-MM-dd");
    assertThat(column(table, "id")).isEqualTo(new LeftOutColumn("id", Reason.IDENTIFIER));
    assertThat(column(table, "currency")).isEqualTo(new LeftOutColumn("currency", Reason.CONSTANT));
    assertThat(column(table, "note")).isEqualTo(new CategoryColumn("note", List.of("text"), true));
    assertThat(column(table, "paid")).isEqualTo(new BinaryColumn("paid", "no", "yes", false));
    assertThat(column(table, "nothing")).isEqualTo(new LeftOutColumn("nothing", Reason.EMPTY));
    assertThat(column(table, "row")).isEqualTo(new LeftOutColumn("row", Reason.IDENTIFIER));
    assertThat(table.size()).isEqualTo(40);
    assertThat(table.leftOutCount()).isZero();
    assertThat(table.describe())
        .contains("amount", "number", "shop 0, shop 1, shop 2", "uuuu-MM-dd", "an identifier")
        .contains("one value in all rows", "no value in any row", "0 is no, 1 is yes", "40 rows");
    assertThat(cell(table, 3, "day")).isEqualTo("2024-01-04");
    assertThat(cell(table, 5, "note")).isNull();
  }

  @Test
  void whatIsFoundMayBeSaid() throws IOException {
    String text = lines("a,b,c,d", "%2$s,%1$s,%3$02d/01/2024,%4$s");
    Table found = read(text);
    assertThat(column(found, "a")).isInstanceOf(NumberColumn.class);
    assertThat(((DateColumn) column(found, "c")).pattern()).isEqualTo("dd/MM/uuuu");
    Table said =
        Tables.from(file(text))
            .category("a")
            .robust("b")
            .quantiles("d")
            .date("c", "dd/MM/uuuu")
            .mayBeMissing("b")
            .read();
    assertThat(column(said, "a")).isEqualTo(new CategoryColumn("a", List.of("0", "1", "2"), false));
    assertThat(((NumberColumn) column(said, "b")).scaling()).isInstanceOf(Scaling.Robust.class);
    assertThat(column(said, "b").mayBeMissing()).isTrue();
    assertThat(((NumberColumn) column(said, "d")).scaling()).isInstanceOf(Scaling.Quantile.class);
    Table all = Tables.from(file(text)).robust().leaveOut("c", "d").read();
    assertThat(((NumberColumn) column(all, "a")).scaling()).isInstanceOf(Scaling.Robust.class);
    assertThat(column(all, "d")).isEqualTo(new LeftOutColumn("d", Reason.CHOSEN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tables.from(folder.resolve("table.csv")).number("z").read())
        .withMessageContaining("[z]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tables.from(folder.resolve("table.csv")).date("c", "HH:mm"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tables.from(folder.resolve("table.csv")).mostCategories(1001));
  }

  @Test
  void dayAndMonthThatCouldBeTheOtherWayRoundAreTold() throws IOException {
    Table table = read("x,when\n1.5,03/04/2024\n2.5,05/06/2024\n3.5,01/02/2024\n");
    assertThat(table.notes())
        .singleElement()
        .asString()
        .contains("when", "dd/MM/uuuu", "date(...)");
    Table american = read("x,when\n1.5,03/14/2024\n2.5,05/06/2024\n3.5,01/02/2024\n");
    assertThat(((DateColumn) column(american, "when")).pattern()).isEqualTo("MM/dd/uuuu");
    assertThat(american.notes()).isEmpty();
  }

  @Test
  void statisticsAreThoseOfTheRows() throws IOException {
    Table table = read("x,y\n1,10\n2,\n3,30\n6,20\n");
    assertThat(((NumberColumn) column(table, "x")).scaling())
        .isEqualTo(Scaling.standard(3, Math.sqrt(3.5)));
    Scaling.Standard y = (Scaling.Standard) ((NumberColumn) column(table, "y")).scaling();
    assertThat(y.mean()).isCloseTo(20, offset(1e-12));
    assertThat(y.spread()).isCloseTo(Math.sqrt(200 / 3.0), offset(1e-12));
    Table robust = Tables.from(folder.resolve("table.csv")).robust().read();
    assertThat(((NumberColumn) column(robust, "x")).scaling())
        .isEqualTo(Scaling.robust(2.5, 2 / 1.3489795003921634));
  }

  // How files are written

  @Test
  void delimitersQuotesAndDecimalCommasAreFound() throws IOException {
    for (char delimiter : new char[] {';', '\t', '|'}) {
      String text =
          "name;amount\n\"a; \"\"b\"\"\";1,5\nc;2,25\n\"a; \"\"b\"\"\";3\n".replace(';', delimiter);
      Table table = read(text);
      assertThat(((NumberColumn) column(table, "amount")).decimalComma()).isTrue();
      assertThat(cell(table, 0, "name")).isEqualTo("a; \"b\"".replace(';', delimiter));
      assertThat((Double) cell(table, 1, "amount")).isCloseTo(2.25, offset(1e-6));
    }
    Table quoted =
        Tables.from(file("a:b\n'x:y':1.5\nz:2.5\nz:3\n")).quote('\'').delimiter(':').read();
    assertThat(cell(quoted, 0, "a")).isEqualTo("x:y");
  }

  @Test
  void gzipIsReadAsItIs() throws IOException {
    Path file = folder.resolve("table.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("a,b\n1.5,x\n2.5,y\n3.5,x\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Tables.from(file).read().size()).isEqualTo(3);
  }

  @Test
  void byteOrderMarksAreNoPartOfAName() throws IOException {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Table table = Tables.from(file("\ufeffäge,x\n1.5,ä\n2.5,b\n3.5,ä\n", charset)).read();
      assertThat(column(table, "äge")).isInstanceOf(NumberColumn.class);
      assertThat(cell(table, 0, "x")).isEqualTo("ä");
      assertThat(table.notes()).isEmpty();
    }
  }

  @Test
  void latin1IsReadAndTold() throws IOException {
    Path file = file("größe,x\n1.5,ä\n2.5,b\n3.5,ä\n", StandardCharsets.ISO_8859_1);
    Table table = Tables.from(file).read();
    assertThat(column(table, "größe")).isInstanceOf(NumberColumn.class);
    assertThat(table.notes()).singleElement().asString().contains("Latin-1", "charset");
    assertThat(Tables.from(file).charset(StandardCharsets.ISO_8859_1).read().notes()).isEmpty();
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(file).charset(StandardCharsets.UTF_8).read())
        .withMessageContaining("not text of the charset UTF-8");
  }

  @Test
  void aQuotedLineEndIsPartOfItsCell() throws IOException {
    Table table = read("x,\"a\nname\"\n1.5,\"one\ntwo\"\n2.5,b\nbad\n3.5,\"one\ntwo\"\n");
    assertThat(cell(table, 0, "a\nname")).isEqualTo("one\ntwo");
    assertThat(table.line(0)).isEqualTo(3);
    assertThat(table.line(1)).isEqualTo(5);
    assertThat(table.leftOut()).extracting(LeftOutRow::line).containsExactly(6L);
    assertThat(table.line(2)).isEqualTo(7);
    assertThat(table.describe().lines()).noneMatch(line -> line.startsWith("two"));
  }

  @Test
  void aQuoteWithoutEndIsRefusedWithItsLine() throws IOException {
    Path file = file("x,y\n1.5,a\n2.5,\"b\n3.5,c\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(file).read())
        .withMessageContaining("table.csv")
        .withMessageContaining("line")
        .withMessageContaining("quote(...)");
  }

  // Rows that are none

  @Test
  void raggedRowsAreCountedAndListed() throws IOException {
    Table table = read("a,b,c\n1,2,3\n4,5\n6,7,8\n\n1,2,3,4\n9,1,5\n");
    assertThat(table.size()).isEqualTo(3);
    assertThat(table.leftOutCount()).isEqualTo(2);
    assertThat(table.leftOut())
        .containsExactly(
            new LeftOutRow(3, "it has 2 cells, but there are 3 columns"),
            new LeftOutRow(6, "it has 4 cells, but there are 3 columns"));
    assertThat(table.describe()).contains("left out, line 3: it has 2 cells", "2 more left out");
    assertThat(table.line(2)).isEqualTo(7);
    StringBuilder many = new StringBuilder("a,b\n1,2\n3,4\n5,9\n");
    many.append("x\n".repeat(1_500));
    Table worse = read(many.toString());
    assertThat(worse.leftOutCount()).isEqualTo(1_500);
    assertThat(worse.leftOut()).hasSize(Tables.MOST_LISTED);
  }

  @Test
  void strayTextAmongNumbersIsListedWithLineColumnAndRule() throws IOException {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 50; i++) {
      text.append(i == 20 ? "oops" : i == 30 ? "1e308" : i * 37 % 11).append(",");
      text.append(i % 4).append('\n');
    }
    Table table = read(text.toString());
    assertThat(table.size()).isEqualTo(48);
    assertThat(table.leftOut()).hasSize(2);
    assertThat(table.leftOut().get(0).toString())
        .isEqualTo(
            "line 22: column \"x\": \"oops\" is no number, but the column is of numbers like 1.5");
    assertThat(table.leftOut().get(1).reason()).contains("1e308", "within -1e100 and 1e100");
    // Nothing of those rows is in what was learnt.
    assertThat(((NumberColumn) column(table, "x")).scaling().describe()).contains("mean 4.875");
  }

  @Test
  void missingIsWhateverIsUsedForIt() throws IOException {
    Table table = read("x,y\n1.5,a\nNaN,b\nNULL,a\n-,a\n,b\nn/a,a\n2.5,NA\n7,a\n");
    assertThat(table.size()).isEqualTo(8);
    for (int row = 1; row < 6; row++) {
      assertThat(cell(table, row, "x")).isNull();
    }
    assertThat(cell(table, 6, "y")).isNull();
    for (int row = 0; row < 8; row++) {
      for (float value : table.get(row)) {
        assertThat(value).isFinite();
      }
    }
    Table said = Tables.from(file("x,y\n1.5,a\n-99,b\n2.5,-\n7,a\n")).missing("-99").read();
    assertThat(cell(said, 1, "x")).isNull();
    assertThat(cell(said, 2, "y")).isEqualTo("-");
  }

  @Test
  void twoWaysToWriteNumbersAreRefusedWithBothLines() throws IOException {
    String text = "x;y\n1,5;1\n2;2\n2.5;4\n3,25;3\n";
    Path file = file(text);
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(file).read())
        .withMessageContaining("column \"x\"")
        .withMessageContaining("\"2.5\" (line 4)")
        .withMessageContaining("\"1,5\" (line 2)")
        .withMessageContaining("decimalComma(true)");
    Table comma = Tables.from(file).decimalComma(true).read();
    assertThat(comma.leftOut()).extracting(LeftOutRow::line).containsExactly(4L);
    Table point = Tables.from(file).decimalComma(false).number("x").read();
    assertThat(point.leftOut()).extracting(LeftOutRow::line).containsExactly(2L, 5L);
  }

  // Columns that are none

  @Test
  void namesMustDifferAndNumbersAreNoNames() throws IOException {
    Path twice = file("a,b,a\n1,2,3\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(twice).read())
        .withMessageContaining("line 1: columns 1 and 3 are both named \"a\"");
    Table empty = read("a,,c\n1.5,2,7\n2.5,1,3\n1,9,9\n");
    assertThat(column(empty, "column 2")).isInstanceOf(NumberColumn.class);
    assertThat(empty.notes()).singleElement().asString().contains("column 2");
    Path none = file("1,2\n3,4\n5,9\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(none).read())
        .withMessageContaining("header(false)");
    assertThat(Tables.from(none).header(false).read().size()).isEqualTo(3);
    assertThat(Tables.from(none).header(true).read().size()).isEqualTo(2);
  }

  @Test
  void aTableWithoutAnythingIsRefused() throws IOException {
    for (String text : List.of("", "a,b\n", "a,b\n1\n2\n")) {
      Path file = file(text);
      assertThatExceptionOfType(UnusableDataException.class)
          .as(text)
          .isThrownBy(() -> Tables.from(file).read());
    }
    Path constant = file("a,b\n1,\n1,\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(constant).read())
        .withMessageContaining("no column is left")
        .withMessageContaining("one value in all rows");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Tables.from(folder.resolve("none.csv")).read())
        .withMessageContaining("none.csv");
  }

  @Test
  void tenThousandColumnsAreRead() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int row = -1; row < 5; row++) {
      for (int i = 0; i < 10_000; i++) {
        text.append(i == 0 ? "" : ",").append(row < 0 ? "c" + i : "" + (row * row * i % 13 + 0.5));
      }
      text.append('\n');
    }
    Table table = read(text.toString());
    assertThat(table.schema().columns()).hasSize(10_000);
    assertThat(table.size()).isEqualTo(5);
    assertThat(table.schema().width()).isGreaterThan(8_000);
  }

  @Test
  void aHundredThousandCategoriesShareThePlaceOfOthers() throws IOException {
    StringBuilder text = new StringBuilder("x,c\n");
    for (int i = 0; i < 100_000; i++) {
      text.append(i % 10).append(".5,value ").append(i).append('\n');
      text.append(i % 7).append(".5,often ").append(i % 3).append('\n');
    }
    Table table = Tables.from(file(text.toString())).mostCategories(3).read();
    assertThat(column(table, "c"))
        .isEqualTo(new CategoryColumn("c", List.of("often 0", "often 1", "often 2"), false));
    assertThat(table.notes()).singleElement().asString().contains("100,000 cells");
    StringBuilder unique = new StringBuilder("x,c\n");
    for (int i = 0; i < 100_000; i++) {
      unique.append(i % 10).append(".5,value ").append(i).append('\n');
    }
    assertThat(column(read(unique.toString()), "c"))
        .isEqualTo(new LeftOutColumn("c", Reason.IDENTIFIER));
  }

  // New tables

  @Test
  void newFilesAreReadByName() throws IOException {
    Table training = read(lines("a,shop,day,id", "%1$s,s%2$s,2024-01-%3$02d,i%4$s"));
    TableSchema schema = training.schema();
    Table moved =
        Tables.from(file("new,day,shop,a\n1,2024-01-05,s1,3.5\n2,2030-01-01,never seen,\n"))
            .read(schema);
    assertThat(moved.schema()).isSameAs(schema);
    assertThat(schema.decode(moved.get(0)))
        .containsEntry("day", "2024-01-05")
        .containsEntry("shop", "s1");
    assertThat(cell(moved, 1, "shop")).isEqualTo(CategoryColumn.OTHER);
    assertThat(moved.notes())
        .anyMatch(note -> note.contains("unknown") && note.contains("new"))
        .anyMatch(note -> note.contains("\"a\"") && note.contains("missing"))
        .anyMatch(note -> note.contains("\"shop\"") && note.contains("1 cells"));
    Path renamed = file("amount,shop,day\n1,s1,2024-01-05\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(renamed).read(schema))
        .withMessageContaining("1 of the 4 columns")
        .withMessageContaining("missing: a;")
        .withMessageContaining("does not know: amount");
    Path other = file("p,q\n1,2\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(other).read(schema))
        .withMessageContaining("a, shop, day")
        .withMessageContaining("p, q");
    Path bad = file("a,shop,day\nx,s1,2024-01-05\n");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Tables.from(bad).read(schema))
        .withMessageContaining("line 2: column \"a\": \"x\" is no number");
  }

  // Other places for rows

  @Test
  void rowsInMemoryAreAsGoodAsAFile() throws IOException {
    String text = lines("a,shop", "%1$s,s%2$s");
    Table fromFile = read(text);
    List<Map<String, Object>> maps = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      maps.add(Map.of("shop", "s" + i % 3, "a", i % 7 + 0.5));
    }
    Table fromMaps = Tables.of(maps).read(fromFile.schema());
    assertThat(fromMaps.toArrays()).isDeepEqualTo(fromFile.toArrays());
    Table learnt = Tables.of(maps).read();
    assertThat(column(learnt, "a")).isEqualTo(column(fromFile, "a"));
    float[][] numbers = {{1.5f, 2}, {Float.NaN, 5}, {3.5f, 9}, {7}};
    Table fromNumbers = Tables.of(numbers, "p", "q").read();
    assertThat(cell(fromNumbers, 1, "p")).isNull();
    assertThat(fromNumbers.leftOut())
        .containsExactly(new LeftOutRow(4, "it has 1 cells, but there are 2 columns"));
    assertThat(column(Tables.of(numbers).read(), "column 2")).isInstanceOf(NumberColumn.class);
    assertThatIllegalArgumentException().isThrownBy(() -> Tables.of(numbers, "a", "a"));
    List<Map<String, Object>> dates = new ArrayList<>();
    for (int i = 1; i < 9; i++) {
      Map<String, Object> row = new HashMap<>();
      row.put("day", LocalDate.of(2024, i, 1));
      row.put("time", LocalDateTime.of(2024, i, 1, 12, i));
      row.put("ok", i % 2 == 0);
      dates.add(row);
    }
    Table dated = Tables.of(dates).read();
    assertThat(column(dated, "day")).isInstanceOf(DateColumn.class);
    assertThat(column(dated, "time")).isInstanceOf(DateColumn.class);
    assertThat(column(dated, "ok")).isEqualTo(new BinaryColumn("ok", "false", "true", false));
    assertThat(cell(dated, 3, "day")).isEqualTo("2024-04-01");
  }

  @Test
  void packedRowsAreTheSame() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int i = 0; i < 3_000; i++) {
      text.append(i * 37 % 101).append(",x").append(i % 5).append(',').append(i * 3 % 7 + 0.5);
      text.append(i % 100 == 3 ? ",bad\n" : "\n");
    }
    Path file = file(text.toString());
    Table inMemory = Tables.from(file).read();
    Path packed = folder.resolve("rows.bin");
    Table onDisk = Tables.from(file).packed(packed).read();
    assertThat(Files.size(packed)).isEqualTo(4L * inMemory.size() * inMemory.schema().width());
    assertThat(onDisk.schema()).isEqualTo(inMemory.schema());
    assertThat(onDisk.leftOut()).isEqualTo(inMemory.leftOut()).hasSize(30);
    assertThat(onDisk.toArrays()).isDeepEqualTo(inMemory.toArrays());
    FloatBuffer direct = ByteBuffer.allocateDirect(4 * inMemory.schema().width()).asFloatBuffer();
    onDisk.read(2_900, direct);
    for (int i = 0; i < direct.capacity(); i++) {
      assertThat(direct.get(i)).isEqualTo(inMemory.get(2_900)[i]);
    }
    assertThat(onDisk.line(2_900)).isEqualTo(inMemory.line(2_900));
    Path nowhere = folder.resolve("none").resolve("rows.bin");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Tables.from(file).packed(nowhere).read());
  }
}
