package io.github.autoencoder4j.internal.model;

import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.DateColumn;
import io.github.autoencoder4j.table.LeftOutColumn;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The columns of a table as the bytes of a tensor, for ten thousands of them are more than a
 * document holds: lines of JSON, first what all have in common, then one for each column.
 */
final class TableCodec {

  static final String TENSOR = "table.columns";

  /** Read, columns take a few times as much memory as their text. */
  static final int MOST_BYTES = 1 << 24;

  private static final Names<LeftOutColumn.Reason> REASONS =
      Names.of(
          Map.of(
              LeftOutColumn.Reason.CONSTANT, "constant",
              LeftOutColumn.Reason.EMPTY, "empty",
              LeftOutColumn.Reason.IDENTIFIER, "identifier",
              LeftOutColumn.Reason.CHOSEN, "chosen"));

  private static final Kinds<Scaling> SCALINGS =
      new Kinds<Scaling>("scaling")
          .with(
              "standard",
              Scaling.Standard.class,
              (scaling, values) -> {
                values.put("mean", scaling.mean());
                values.put("spread", scaling.spread());
              },
              fields -> new Scaling.Standard(fields.number("mean"), fields.number("spread")))
          .with(
              "robust",
              Scaling.Robust.class,
              (scaling, values) -> {
                values.put("median", scaling.median());
                values.put("spread", scaling.spread());
              },
              fields -> new Scaling.Robust(fields.number("median"), fields.number("spread")))
          .with(
              "quantile",
              Scaling.Quantile.class,
              (scaling, values) -> values.put("quantiles", scaling.quantiles()),
              fields -> new Scaling.Quantile(fields.numbers("quantiles")));

  private static final Kinds<Column> COLUMNS =
      new Kinds<Column>("column")
          .with(
              "number",
              NumberColumn.class,
              (column, values) -> {
                name(column, values);
                values.put("decimal_comma", column.decimalComma());
                values.put("scaling", SCALINGS.write(column.scaling()));
                values.put("missing", column.mayBeMissing());
              },
              fields ->
                  new NumberColumn(
                      fields.text("name"),
                      fields.flag("decimal_comma"),
                      SCALINGS.read(fields.object("scaling")),
                      fields.flag("missing")))
          .with(
              "date",
              DateColumn.class,
              (column, values) -> {
                name(column, values);
                values.put("pattern", column.pattern());
                values.put("scaling", SCALINGS.write(column.scaling()));
                values.put("missing", column.mayBeMissing());
              },
              fields ->
                  new DateColumn(
                      fields.text("name"),
                      fields.text("pattern"),
                      SCALINGS.read(fields.object("scaling")),
                      fields.flag("missing")))
          .with(
              "binary",
              BinaryColumn.class,
              (column, values) -> {
                name(column, values);
                values.put("zero", column.zero());
                values.put("one", column.one());
                values.put("missing", column.mayBeMissing());
              },
              fields ->
                  new BinaryColumn(
                      fields.text("name"),
                      fields.text("zero"),
                      fields.text("one"),
                      fields.flag("missing")))
          .with(
              "category",
              CategoryColumn.class,
              (column, values) -> {
                name(column, values);
                values.put("listed", column.listed());
                values.put("missing", column.mayBeMissing());
              },
              fields ->
                  new CategoryColumn(
                      fields.text("name"), fields.texts("listed"), fields.flag("missing")))
          .with(
              "left_out",
              LeftOutColumn.class,
              (column, values) -> {
                name(column, values);
                values.put("reason", REASONS.of(column.reason()));
              },
              fields -> new LeftOutColumn(fields.text("name"), fields.constant("reason", REASONS)));

  private TableCodec() {}

  private static void name(Column column, Map<String, Object> values) {
    values.put("name", column.name());
  }

  /**
   * Turns a schema into bytes.
   *
   * @throws IllegalStateException if there are more than a file may have
   */
  static byte[] write(TableSchema schema) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("columns", schema.columns().size());
    common.put("missing", schema.missing().stream().sorted().toList());
    bytes.writeBytes(Json.line(common));
    for (Column column : schema.columns()) {
      bytes.writeBytes(Json.line(COLUMNS.write(column)));
    }
    if (bytes.size() > MOST_BYTES) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the columns of this table take %,d bytes, but a model file has room for %,d; list"
                  + " fewer values of categories",
              bytes.size(),
              MOST_BYTES));
    }
    return bytes.toByteArray();
  }

  /**
   * What a file has.
   *
   * @param sha256 of its bytes
   */
  record Stored(TableSchema schema, String sha256) {}

  /** What stands for a schema in the configuration. */
  static String digest(byte[] bytes) {
    return ContainerWriter.hexadecimal(ContainerFormat.sha256().digest(bytes));
  }

  /** Reads the schema of a file. */
  static Stored read(ContainerReader file) throws IOException {
    TensorInfo tensor = file.tensor(TENSOR, TensorType.UINT8);
    if (tensor.count() > MOST_BYTES) {
      throw file.unreadable(
          tensor.offset(),
          String.format(
              Locale.ROOT,
              "the columns of the table have %,d bytes, but may have at most %,d",
              tensor.count(),
              MOST_BYTES));
    }
    byte[] bytes = new byte[tensor.count()];
    file.read(tensor, ByteBuffer.wrap(bytes));
    TableSchema schema =
        read(bytes, (at, reason) -> file.unreadable(tensor.offset() + at, TENSOR + ": " + reason));
    return new Stored(schema, digest(bytes));
  }

  /** Says what is wrong at which byte. */
  @FunctionalInterface
  interface Refusal {
    UnreadableModelException of(int at, String reason);
  }

  static TableSchema read(byte[] bytes, Refusal refusal) {
    List<Column> columns = new ArrayList<>();
    Set<String> missing = new HashSet<>();
    int announced = -1;
    int start = 0;
    for (int end = 0; end < bytes.length; end++) {
      if (bytes[end] == '\n') {
        int at = start;
        Fields line = line(bytes, start, end, reason -> refusal.of(at, reason));
        try {
          if (announced < 0) {
            announced = line.integer("columns", 1, TableSchema.MOST_COLUMNS);
            missing.addAll(line.texts("missing"));
            line.end();
          } else {
            columns.add(COLUMNS.read(line));
          }
        } catch (IllegalArgumentException e) {
          // What the values' own constructors say.
          throw refusal.of(at, "describes what cannot be: " + e.getMessage());
        }
        start = end + 1;
      }
    }
    if (start != bytes.length || columns.size() != announced) {
      throw refusal.of(
          start, "there are %s columns in place of %s".formatted(columns.size(), announced));
    }
    try {
      return new TableSchema(columns, missing);
    } catch (IllegalArgumentException e) {
      throw refusal.of(0, "describes what cannot be: " + e.getMessage());
    }
  }

  private static Fields line(
      byte[] bytes, int from, int to, Function<String, UnreadableModelException> refusal) {
    try {
      return new Fields(Json.read(Arrays.copyOfRange(bytes, from, to)), "", refusal);
    } catch (IOException e) {
      throw refusal.apply("the JSON is wrong: " + e.getMessage());
    }
  }
}
