package io.github.autoencoder4j.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.random.RandomStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

class TableSchemaTest {

  private static final TableSchema SCHEMA = Schemas.ofAllKinds();

  private static Map<String, Object> row(long seed) {
    RandomStream random = RandomStream.of(seed, "row");
    Map<String, Object> row = new HashMap<>();
    for (Column column : SCHEMA.columns()) {
      if (column.width() > 0 && !(column.mayBeMissing() && random.nextInt(3) == 0)) {
        row.put(column.name(), cell(column, random));
      }
    }
    return row;
  }

  private static Object cell(Column column, RandomStream random) {
    if (column instanceof NumberColumn) {
      return 3 * random.nextGaussian();
    }
    if (column instanceof BinaryColumn binary) {
      return random.nextInt(2) == 0 ? binary.zero() : binary.one();
    }
    if (column instanceof CategoryColumn category) {
      int place = random.nextInt(category.values());
      return place < category.listed().size() ? category.listed().get(place) : CategoryColumn.OTHER;
    }
    return "%02d.%02d.20%02d"
        .formatted(1 + random.nextInt(28), 1 + random.nextInt(12), random.nextInt(30));
  }

  private static TableSchema with(int place, Column column) {
    List<Column> columns = new ArrayList<>(SCHEMA.columns());
    columns.set(place, column);
    return new TableSchema(columns, Set.of("-"));
  }

  @Example
  void namesTheFirstColumnByWhichSamplesDiffer() {
    NumberColumn ninth = (NumberColumn) SCHEMA.columns().get(8);
    NumberColumn moved = new NumberColumn(ninth.name(), false, Scaling.standard(8.5, 2), false);
    NumberColumn close =
        new NumberColumn(ninth.name(), false, Scaling.standard(8 + 1e-12, 2), false);
    assertThat(SCHEMA.difference(with(8, moved)))
        .contains(
            "\"number 8\" (number, mean 8.500, spread 2.000) in place of \"number 8\" (number, mean 8.000, spread 2.000)");
    assertThat(SCHEMA.difference(with(8, close)))
        .contains("\"number 8\" (number, mean 8.000, spread 2.000) differs in what is not shown");
    assertThat(SCHEMA.difference(new TableSchema(SCHEMA.columns().subList(0, 9), Set.of())))
        .contains("9 columns in place of 20");
    // Nothing of these is in a sample.
    assertThat(SCHEMA.difference(with(9, new LeftOutColumn("name", LeftOutColumn.Reason.CHOSEN))))
        .isEmpty();
    assertThat(SCHEMA.difference(SCHEMA)).isEmpty();
  }

  @Property(tries = 300)
  void whatIsEncodedIsDecoded(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Map<String, Object> row = row(seed);
    float[] sample = SCHEMA.encode(row);
    for (float value : sample) {
      assertThat(value).isFinite();
    }
    Map<String, ?> decoded = SCHEMA.decode(sample);
    assertThat(decoded).doesNotContainKey("id").hasSize(SCHEMA.columns().size() - 1);
    decoded.forEach(
        (name, cell) -> {
          if (row.get(name) instanceof Double number) {
            assertThat((Double) cell).isCloseTo(number, offset(1e-5 * (1 + Math.abs(number))));
          } else {
            assertThat(cell).isEqualTo(row.get(name));
          }
        });
  }

  @Property(tries = 300)
  void everyScalingIsUndone(@ForAll @DoubleRange(min = -1e3, max = 1e3) double x) {
    for (Scaling scaling :
        List.of(
            Scaling.standard(-3, 0.1),
            Scaling.robust(5, 20),
            Scaling.quantile(-100, -1, 0, 0, 0, 2, 50))) {
      assertThat(scaling.restore(scaling.scale(x))).isCloseTo(x, offset(1e-9 * (1 + Math.abs(x))));
      assertThat(scaling.scale(x + 1)).isGreaterThan(scaling.scale(x));
    }
  }

  @Example
  void quantilesMakeAnyColumnUniform() {
    RandomStream random = RandomStream.of(3, "skewed");
    double[] numbers = new double[20_001];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Math.exp(2 * random.nextGaussian());
    }
    Arrays.sort(numbers);
    double[] quantiles = new double[101];
    for (int i = 0; i <= 100; i++) {
      quantiles[i] = numbers[200 * i];
    }
    Scaling scaling = Scaling.quantile(quantiles);
    double[] scaled = Arrays.stream(numbers).map(scaling::scale).toArray();
    double mean = Arrays.stream(scaled).average().orElseThrow();
    double variance = Arrays.stream(scaled).map(z -> z * z).average().orElseThrow();
    assertThat(mean).isCloseTo(0, offset(0.01));
    assertThat(variance).isCloseTo(1, offset(0.02));
    assertThat(scaling.scale(quantiles[50])).isCloseTo(0, offset(1e-9));
  }

  @Example
  void aNumberThatIsSeveralQuantilesHasTheShareInTheirMiddle() {
    assertThat(Scaling.quantile(0, 1, 1, 1, 2).scale(1)).isEqualTo(0);
    assertThat(Scaling.quantile(0, 0, 0, 0, 8).scale(0))
        .isCloseTo((0.375 - 0.5) * Math.sqrt(12), offset(1e-9));
  }

  @Example
  void wildNumbersStayWithinWhatANetworkBears() {
    TableSchema one =
        new TableSchema(
            List.of(new NumberColumn("x", false, Scaling.standard(0, 1e-3), false)),
            TableSchema.MISSING);
    assertThat(one.encode(Map.of("x", 1e99))).containsExactly((float) Scaling.FARTHEST);
    assertThat(one.encode(Map.of("x", "-1e100"))).containsExactly((float) -Scaling.FARTHEST);
    for (Object cell : List.of("1e308", "1e999", Double.POSITIVE_INFINITY, "-1e101")) {
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(() -> one.encode(Map.of("x", cell)))
          .withMessageContaining("column \"x\"")
          .withMessageContaining("1e100");
    }
  }

  @Example
  void whatIsMissingIsMarkedAndNeverNaN() {
    float[] sample = SCHEMA.encode(Map.of());
    for (int i = 0; i < SCHEMA.columns().size(); i++) {
      Column column = SCHEMA.columns().get(i);
      for (int j = SCHEMA.offset(i); j < SCHEMA.offset(i) + column.values(); j++) {
        assertThat(sample[j]).isEqualTo(column instanceof BinaryColumn ? 0.5f : 0);
        assertThat(SCHEMA.columnAt(j)).isSameAs(column);
      }
      if (column.mayBeMissing()) {
        assertThat(sample[SCHEMA.offset(i + 1) - 1]).isEqualTo(1);
      }
    }
    assertThat(SCHEMA.decode(sample)).containsEntry("marked", null).containsEntry("digit", null);
    for (String text : List.of("", " ", "NA", "NaN", "null", "-", "#N/A", "?")) {
      assertThat(SCHEMA.encode(Map.of("digit", text, "quantile", text))).isEqualTo(sample);
    }
    assertThat(SCHEMA.encode(Map.of("quantile", Double.NaN, "number 0", Float.NaN)))
        .isEqualTo(sample);
  }

  @Example
  void unseenValuesShareAPlace() {
    float[] one = SCHEMA.encode(Map.of("digit", "77"));
    assertThat(one).isEqualTo(SCHEMA.encode(Map.of("digit", "never seen")));
    assertThat(SCHEMA.decode(one)).containsEntry("digit", CategoryColumn.OTHER);
    assertThat(SCHEMA.encode(Map.of("digit", 3))).isEqualTo(SCHEMA.encode(Map.of("digit", "3")));
  }

  @Example
  void saysWhatIsWrongWithACell() {
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> SCHEMA.encode(Map.of("number 1", "1,5")))
        .withMessage(
            "column \"number 1\": \"1,5\" is no number, but the column is of numbers like 1.5");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> SCHEMA.encode(Map.of("robust 1", "1.5")))
        .withMessageContaining("numbers like 1,5");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> SCHEMA.encode(Map.of("day", "31.02.2024")))
        .withMessageContaining("no date of the pattern dd.MM.uuuu");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> SCHEMA.encode(Map.of("binary", "2")))
        .withMessageContaining("neither \"0\" nor \"1\"");
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> SCHEMA.encode(Map.of("nmuber 1", 5)))
        .withMessageContaining("nmuber 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SCHEMA.decode(new float[3]))
        .withMessageContaining("32 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SCHEMA.encode(Collections.nCopies(2, 1), new float[32]))
        .withMessageContaining("21 cells");
    assertThat(SCHEMA.encode(Map.of("day", LocalDate.of(2024, 2, 29))))
        .isEqualTo(SCHEMA.encode(Map.of("day", "29.02.2024")));
  }

  @Example
  void findsColumnsByName() {
    List<String> names = new ArrayList<>();
    SCHEMA.columns().forEach(column -> names.add(column.name()));
    Collections.reverse(names);
    names.remove("id");
    names.add(0, "new");
    int[] found = SCHEMA.find(names);
    for (int i = 0; i < found.length; i++) {
      String name = SCHEMA.columns().get(i).name();
      if (name.equals("id")) {
        assertThat(found[i]).isEqualTo(-1);
      } else {
        assertThat(names.get(found[i])).isEqualTo(name);
      }
    }
    assertThat(SCHEMA.unknown(names)).containsExactly("new");
    names.removeAll(List.of("day", "digit"));
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> SCHEMA.find(names))
        .withMessageContaining("2 of the 21 columns")
        .withMessageContaining("day, digit")
        .withMessageContaining("new");
  }

  @Example
  void listsWhatWasDecided() {
    assertThat(SCHEMA.describe())
        .contains("column", "kind", "learnt")
        .contains("mean 3.000, spread 2.000")
        .contains("an identifier", "0 is no, 1 is yes", "dd.MM.uuuu", "decimal comma")
        .contains("21 columns, 32 values a row");
    assertThat(SCHEMA.describe().lines()).hasSize(23);
  }

  @Example
  void refusesSchemasThatCannotBe() {
    Scaling scaling = Scaling.standard(0, 1);
    Column x = new NumberColumn("x", false, scaling, false);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableSchema(List.of(x, x), Set.of("")))
        .withMessageContaining("two columns are named \"x\"");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TableSchema(
                    List.of(new LeftOutColumn("x", LeftOutColumn.Reason.EMPTY)), Set.of("")))
        .withMessageContaining("no column is left");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableSchema(List.of(x), Set.of("NA")))
        .withMessageContaining("small letters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NumberColumn("", false, scaling, false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CategoryColumn("x", List.of("a", "a"), false))
        .withMessageContaining("twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CategoryColumn("x", Collections.nCopies(1001, "a"), false))
        .withMessageContaining("1001");
    assertThatIllegalArgumentException().isThrownBy(() -> new BinaryColumn("x", "a", "a", false));
    for (String pattern : List.of("", "HH:mm", "yyyy-MM-dd", "uuuu", "'", "uuuu-MM-dd".repeat(9))) {
      assertThatIllegalArgumentException()
          .as(pattern)
          .isThrownBy(() -> new DateColumn("x", pattern, scaling, false))
          .withMessageContaining("uuuu-MM-dd");
    }
    for (double spread : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Scaling.standard(0, spread));
      assertThatIllegalArgumentException().isThrownBy(() -> Scaling.robust(0, spread));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Scaling.quantile(1));
    assertThatIllegalArgumentException().isThrownBy(() -> Scaling.quantile(1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Scaling.quantile(1, 2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Scaling.quantile(0, Double.NaN));
  }
}
