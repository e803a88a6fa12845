package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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
