package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.datasets.LeftOutRow;
import io.github.autoencoder4j.datasets.Table;
import io.github.autoencoder4j.datasets.Tables;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/cookbook.md on tables of any columns. */
class TableSnippetsTest {

  @TempDir Path folder;

  private void write(String name, int rows) throws IOException {
    RandomStream random = RandomStream.of(2, name);
    StringBuilder text = new StringBuilder("customer;amount;shop;paid;day\n");
    for (int i = 0; i < rows; i++) {
      double size = random.nextGaussian();
      text.append(
          String.format(
              Locale.ROOT,
              "c%d;%s;%s;%s;%02d.%02d.2025%n",
              i * 7919,
              i % 17 == 3
                  ? ""
                  : String.format(Locale.ROOT, "%.2f", 50 + 20 * size).replace('.', ','),
              size < 0 ? "bakery" : size < 1 ? "grocer" : "jeweller",
              random.nextInt(2) == 0 ? "yes" : "no",
              1 + random.nextInt(28),
              1 + random.nextInt(12)));
    }
    Files.writeString(folder.resolve(name), text + "a;broken;row\n");
  }

  @Test
  void columnsOfAnyKind() throws IOException {
    write("payments.csv", 500);
    write("today.csv", 20);
    // snippet: cookbook-table
    Table payments = Tables.from(folder.resolve("payments.csv")).read();
    String decided = payments.describe(); // kind and scaling of each column, for you to look at
    List<LeftOutRow> leftOut = payments.leftOut(); // rows that gave no sample: line and reason

    Autoencoder autoencoder =
        Autoencoder.dense().columns(payments.schema()).hidden(32, 16).bottleneck(3).build();
    autoencoder.fit(payments, Training.epochs(20).batchSize(64));
    autoencoder.save(folder.resolve("payments.aemodel"));
    // end
    assertThat(decided).contains("an identifier", "decimal comma", "dd.MM.uuuu", "0 is no");
    assertThat(leftOut).hasSize(1);

    // snippet: cookbook-table-new
    Autoencoder loaded = Autoencoder.load(folder.resolve("payments.aemodel"));
    TableSchema columns = loaded.columns().orElseThrow();

    Table today = Tables.from(folder.resolve("today.csv")).read(columns); // found by name
    float[][] reconstructed = loaded.reconstruct(today);
    Map<String, Object> row = columns.decode(today.get(0));
    Map<String, Object> expected = columns.decode(reconstructed[0]); // without gaps
    // end
    assertThat(row).containsKeys("amount", "shop", "paid", "day").doesNotContainKey("customer");
    assertThat(expected).doesNotContainValue(null);
    assertThat(today.size()).isEqualTo(20);

    // snippet: cookbook-table-say
    Table said =
        Tables.from(folder.resolve("payments.csv"))
            .delimiter(';')
            .decimalComma(true)
            .robust("amount") // median and middle half, and the loss of Huber
            .category("paid")
            .date("day", "dd.MM.uuuu")
            .leaveOut("customer")
            .packed(folder.resolve("payments.rows")) // on the disk, for more than memory holds
            .read();
    // end
    assertThat(said.size()).isEqualTo(payments.size());
    assertThat(said.schema().describe()).contains("robust", "as was asked for");
  }
}
