package io.github.autoencoder4j.output;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.table.TableSchema;
import java.util.Objects;
import java.util.Optional;

/**
 * Rows of a table, each column as its kind has it, all in nats: scaled numbers and dates with
 * Gaussian noise of unit variance, or, where the scaling is robust, by the density of Huber, {@code
 * exp(-h(y - t))} with {@code h(d) = d^2 / 2} up to {@code |d| = 1} and {@code |d| - 1/2} beyond
 * (Annals of Mathematical Statistics, 1964); two values by the binary and categories by the
 * categorical cross-entropy of {@code softmax(z)}. Missing cells add nothing, and what is put in
 * their place is what the rest of the row tells. The mark that a cell is missing is for the encoder
 * alone: it adds nothing either, and is 0 in every reconstruction.
 *
 * @param schema the columns
 */
public record ColumnsOutput(TableSchema schema) implements Output {

  /**
   * Checks that there is a schema.
   *
   * @param schema the columns
   */
  public ColumnsOutput {
    Objects.requireNonNull(schema, "schema");
  }

  @Override
  public ValueRange range() {
    return ValueRange.REALS;
  }

  /**
   * Checks that samples are rows of the table.
   *
   * @param sample the shape of a sample
   * @return the same
   * @throws IllegalArgumentException if it has another number of values than a row
   */
  @Override
  public ImageShape fedBy(ImageShape sample) {
    if (sample.size() != schema.width()) {
      throw new IllegalArgumentException(
          "a row of this table has %s values, but samples of shape %s have %s; leave the input to columns(schema)"
              .formatted(schema.width(), sample, sample.size()));
    }
    return sample;
  }

  @Override
  public Optional<TableSchema> columns() {
    return Optional.of(schema);
  }

  @Override
  public OutputKernel kernel() {
    return new ColumnsKernel(schema);
  }

  @Override
  public String describe() {
    return schema.toString();
  }
}
