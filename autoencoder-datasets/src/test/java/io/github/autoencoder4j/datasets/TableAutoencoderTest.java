package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to a model, and from the model alone to another file. */
class TableAutoencoderTest {

  @TempDir private Path folder;

  /** Rows that one hidden cause explains, a tenth of the masses missing. */
  private Path table(String name, int rows, String header) throws IOException {
    RandomStream random = RandomStream.of(5, name);
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      double cause = random.nextGaussian();
      String size = String.format(Locale.ROOT, "%.3f", 10 + 2 * cause).replace('.', ',');
      String mass =
          random.nextInt(10) == 0
              ? "NULL"
              : String.format(Locale.ROOT, "%.3f", 500 - 80 * cause).replace('.', ',');
      String kind = cause < -0.4 ? "small" : cause < 0.4 ? "medium" : "large";
      String good = cause > 0 ? "yes" : "no";
      text.append(
          header.startsWith("size")
              ? String.join(";", size, mass, kind, good, "id" + i)
              : String.join(";", good, kind, mass, size));
      text.append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void refusesRowsReadWithAnotherSchema() throws IOException {
    Table training = Tables.from(table("training.csv", 600, "size;mass;kind;good;id")).read();
    Path file = table("other.csv", 200, "size;mass;kind;good;id");
    Table other = Tables.from(file).read();
    assertThat(other.shape()).isEqualTo(training.shape());
    Autoencoder autoencoder =
        Autoencoder.dense().columns(training.schema()).hidden(8).bottleneck(2).seed(1).build();
    Training once = Training.epochs(1).batchSize(64);
    refuses("training data", () -> autoencoder.fit(other, once));
    refuses("validation data", () -> autoencoder.fit(training, once.validation(other)));
    autoencoder.fit(training, once.validation(Tables.from(file).read(training.schema())));

    Anomalies anomalies = Anomalies.fit(autoencoder, training.slice(0, 100));
    refuses("samples", () -> autoencoder.encode(other));
    refuses("samples", () -> autoencoder.reconstruct(other.slice(3, 9)));
    refuses("inputs", () -> autoencoder.evaluate(other));
    refuses("samples", () -> anomalies.scores(other));
    refuses("samples", () -> Anomalies.fit(autoencoder, other));
    LabeledImageSource labeled =
        LabeledImageSource.of(other, new int[other.size()], List.of("unknown"));
    refuses("samples", () -> autoencoder.encode(labeled.slice(0, 5)));

    TableSchema schema = autoencoder.columns().orElseThrow();
    assertThat(anomalies.scores(Tables.from(file).read(schema))).hasSize(200);
    // Rows of which nothing is known are taken as they are.
    assertThat(autoencoder.encode(other.toArrays())).hasDimensions(200, 2);
  }

  private static void refuses(String what, ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessageStartingWith(
            "the %s were read with another schema than that of this autoencoder: \"size\" (number, mean "
                .formatted(what))
        .withMessageContainingAll(
            " in place of \"size\" (number, mean ",
            "read the file with the model's, such as Tables.from(file).read(autoencoder.columns().orElseThrow())");
  }

  @Test
  void theModelIsAllThatANewFileNeeds() throws IOException {
    Table training =
        Tables.from(table("training.csv", 600, "size;mass;kind;good;id")).robust("mass").read();
    assertThat(training.schema().toString()).contains("5 columns", "left out=1");
    Autoencoder autoencoder =
        Autoencoder.dense()
            .columns(training.schema())
            .hidden(16)
            .bottleneck(2)
            .optimizer(Optimizer.adam(1e-2))
            .seed(1)
            .build();
    autoencoder.fit(training, Training.epochs(20).batchSize(32));
    Path model = folder.resolve("parts.aemodel");
    autoencoder.save(model);

    Autoencoder loaded = Autoencoder.load(model);
    TableSchema schema = loaded.columns().orElseThrow();
    assertThat(schema).isEqualTo(training.schema());
    Table fresh = Tables.from(table("fresh.csv", 200, "good;kind;mass;size")).read(schema);
    assertThat(fresh.size()).isEqualTo(200);
    float[][] reconstructed = loaded.reconstruct(fresh);
    int kinds = 0;
    int missing = 0;
    double error = 0;
    for (int i = 0; i < fresh.size(); i++) {
      Map<String, ?> row = schema.decode(fresh.get(i));
      Map<String, ?> guess = schema.decode(reconstructed[i]);
      kinds += row.get("kind").equals(guess.get("kind")) ? 1 : 0;
      double cause = ((Double) row.get("size") - 10) / 2;
      assertThat((Double) guess.get("size")).isCloseTo(10 + 2 * cause, offset(2.5));
      if (row.get("mass") == null) {
        missing++;
        error += Math.abs((Double) guess.get("mass") - (500 - 80 * cause));
      }
    }
    assertThat(kinds).isGreaterThan(170);
    assertThat(missing).isBetween(8, 40);
    // The mean of all would be 64 off.
    assertThat(error / missing).isLessThan(32);
  }
}
