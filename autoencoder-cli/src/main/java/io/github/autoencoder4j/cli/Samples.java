package io.github.autoencoder4j.cli;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.TableSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where samples that a model made are written: pictures to a folder, rows to a CSV file. */
final class Samples {

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER|FILE.csv",
      description = "A folder for pictures, or a CSV file for rows.")
  private @Nullable Path out;

  /** Takes samples, one after another. */
  @FunctionalInterface
  interface Writer {
    void write(float[] sample) throws IOException;
  }

  /** Makes samples. */
  @FunctionalInterface
  interface Source {
    void writeTo(Writer writer) throws IOException;
  }

  String where() {
    return Objects.requireNonNull(out).toString();
  }

  void write(Autoencoder model, Source source) {
    Path target = Objects.requireNonNull(out);
    if (!where().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      PictureFolder folder = PictureFolder.create(target, model.inputShape());
      try {
        source.writeTo(folder::add);
      } catch (IOException e) {
        throw new UncheckedIOException("%s could not be written: %s".formatted(target, e), e);
      }
      return;
    }
    TableSchema schema = model.columns().orElse(null);
    RowsFile.write(
        target,
        header(model, schema),
        rows ->
            source.writeTo(
                sample -> rows.write(schema == null ? numbers(sample) : cells(schema, sample))));
  }

  private static List<String> header(Autoencoder model, @Nullable TableSchema schema) {
    if (schema == null) {
      return RowsFile.numbered("value", model.inputShape().size());
    }
    List<String> names = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (column.width() > 0) {
        names.add(column.name());
      }
    }
    return names;
  }

  private static Object[] numbers(float[] sample) {
    Object[] cells = new Object[sample.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = sample[i];
    }
    return cells;
  }

  private static Object[] cells(TableSchema schema, float[] sample) {
    Map<String, @Nullable Object> row = schema.decode(sample);
    return schema.columns().stream()
        .filter(column -> column.width() > 0)
        .map(column -> row.get(column.name()))
        .toArray();
  }
}
