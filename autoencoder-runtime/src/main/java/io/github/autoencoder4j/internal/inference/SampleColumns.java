package io.github.autoencoder4j.internal.inference;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.table.TableSchema;
import java.util.Optional;

/** Whether rows of a table became samples by the columns that a model was built for. */
public final class SampleColumns {

  private SampleColumns() {}

  /**
   * Refuses samples of another schema, whose values mean something else than those of the model.
   *
   * @param what they are called
   * @param samples of the right shape
   * @param output of the model, with its columns if it was built for a table
   * @throws IllegalArgumentException if a column differs
   */
  public static void require(String what, ImageSource samples, Output output) {
    Optional<TableSchema> theirs = samples.columns();
    output
        .columns()
        .flatMap(ours -> theirs.flatMap(ours::difference))
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "the %s were read with another schema than that of this autoencoder: %s; read the file with the model's, such as Tables.from(file).read(autoencoder.columns().orElseThrow())"
                      .formatted(what, difference));
            });
  }
}
