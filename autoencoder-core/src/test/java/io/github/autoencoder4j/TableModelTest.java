package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.table.BinaryColumn;
import io.github.autoencoder4j.table.CategoryColumn;
import io.github.autoencoder4j.table.Column;
import io.github.autoencoder4j.table.NumberColumn;
import io.github.autoencoder4j.table.Scaling;
import io.github.autoencoder4j.table.Schemas;
import io.github.autoencoder4j.table.TableSchema;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that carries the columns of its table. */
class TableModelTest {

  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new NumberColumn("height", false, Scaling.standard(170, 10), false),
              new NumberColumn("weight", false, Scaling.robust(70, 12), true),
              new CategoryColumn("group", List.of("a", "b", "c"), false),
              new BinaryColumn("tall", "no", "yes", false)),
          TableSchema.MISSING);

  @TempDir private Path folder;

  /** One hidden cause makes all columns. */
  private static ImageSource rows(int n, String name) {
    RandomStream random = RandomStream.of(3, name);
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      double cause = random.nextGaussian();
      rows[i] =
          SCHEMA.encode(
              Map.of(
                  "height", 170 + 10 * cause,
                  "weight", random.nextInt(10) == 0 ? "" : "" + (float) (70 + 12 * cause),
                  "group", cause < -0.5 ? "a" : cause < 0.5 ? "b" : "c",
                  "tall", cause > 0.5 ? "yes" : "no"));
    }
    return ImageSource.of(ImageShape.vector(SCHEMA.width()), ValueRange.REALS, rows);
  }

  private static Autoencoder trained(ImageSource rows) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .columns(SCHEMA)
            .hidden(16)
            .bottleneck(1)
            .optimizer(Optimizer.adam(1e-2))
            .seed(2)
            .build();
    autoencoder.fit(rows, Training.epochs(30).batchSize(32));
    return autoencoder;
  }

  @Test
  void oneCauseExplainsAllColumns() {
    Autoencoder autoencoder = trained(rows(600, "training"));
    ImageSource fresh = rows(200, "fresh");
    float[][] reconstructed = autoencoder.reconstruct(fresh);
    int right = 0;
    for (int i = 0; i < 200; i++) {
      Map<String, ?> row = SCHEMA.decode(fresh.get(i));
      Map<String, ?> guess = SCHEMA.decode(reconstructed[i]);
      right += row.get("group").equals(guess.get("group")) ? 1 : 0;
      assertThat((Double) guess.get("weight")).isBetween(20.0, 130.0);
      float sum = 0;
      for (int j = SCHEMA.offset(2); j < SCHEMA.offset(3); j++) {
        assertThat(reconstructed[i][j]).isBetween(0f, 1f);
        sum += reconstructed[i][j];
      }
      assertThat(sum).isCloseTo(1, offset(1e-5f));
    }
    assertThat(right).isGreaterThan(170);
    // What is missing is told from the rest.
    float[] guess =
        autoencoder
            .reconstruct(
                new float[][] {SCHEMA.encode(Map.of("height", 185, "group", "c", "tall", "yes"))})[
            0];
    assertThat((Double) SCHEMA.decode(guess).get("weight")).isCloseTo(88.0, offset(9.0));
    assertThat(autoencoder.evaluate(fresh).reconstructionLoss()).isFinite();
  }

  @Test
  void theModelIsAllThatItTakes() {
    Autoencoder saved = trained(rows(200, "training"));
    ImageSource fresh = rows(50, "fresh");
    for (Saving saving : List.of(Saving.whole(), Saving.whole().optimizerState())) {
      Path file = folder.resolve("table.aemodel");
      saved.save(file, saving);
      Autoencoder loaded = Autoencoder.load(file);
      assertThat(loaded.columns()).contains(SCHEMA);
      assertThat(loaded.reconstruct(fresh)).isDeepEqualTo(saved.reconstruct(fresh));
      assertThat(Autoencoder.inspect(file).toString()).contains("4 columns");
    }
    Path half = folder.resolve("half.aemodel");
    saved.save(half, Saving.encoder());
    assertThat(Encoder.load(half).encode(fresh)).isDeepEqualTo(saved.encode(fresh));
    assertThat(Autoencoder.dense().input(2, 2).build().columns()).isEmpty();
  }

  @Test
  void checkpointsCarryTheColumnsAndRefuseOthers() {
    Training training =
        Training.epochs(2).batchSize(50).checkpoints(Checkpoints.in(folder.resolve("run")));
    ImageSource rows = rows(100, "training");
    Autoencoder.dense().columns(SCHEMA).hidden(8).bottleneck(2).build().fit(rows, training);
    Autoencoder loaded = Autoencoder.load(folder.resolve("run"));
    assertThat(loaded.columns()).contains(SCHEMA);
    List<Column> others = new ArrayList<>(SCHEMA.columns());
    others.set(0, new NumberColumn("length", false, Scaling.standard(0, 1), false));
    Autoencoder other =
        Autoencoder.dense()
            .columns(new TableSchema(others, TableSchema.MISSING))
            .hidden(8)
            .bottleneck(2)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                other.resume(
                    rows,
                    Training.epochs(3)
                        .batchSize(50)
                        .checkpoints(Checkpoints.in(folder.resolve("run")))))
        .withMessageContaining("output was");
  }

  @Test
  void bothPathsGiveTheSameRows() {
    Autoencoder autoencoder = trained(rows(100, "training"));
    ImageSource fresh = rows(20, "fresh");
    float[][] fast = autoencoder.reconstruct(fresh);
    Path file = folder.resolve("table.aemodel");
    autoencoder.save(file);
    System.setProperty(OneDnn.SWITCH, "off");
    try {
      float[][] slow = Autoencoder.load(file).reconstruct(fresh);
      for (int i = 0; i < fast.length; i++) {
        for (int j = 0; j < fast[i].length; j++) {
          assertThat(slow[i][j]).isCloseTo(fast[i][j], offset(1e-4f));
        }
      }
    } finally {
      System.clearProperty(OneDnn.SWITCH);
    }
  }

  @Test
  void tenThousandColumnsAreSaved() {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      columns.add(
          new NumberColumn("column " + i, false, Scaling.standard(i, 1.0 / (i + 1)), false));
    }
    TableSchema wide = new TableSchema(columns, TableSchema.MISSING);
    Autoencoder autoencoder = Autoencoder.dense().columns(wide).hidden().bottleneck(2).build();
    float[][] rows = {new float[10_000], new float[10_000]};
    rows[1][7] = 3;
    autoencoder.fit(
        ImageSource.of(ImageShape.vector(10_000), ValueRange.REALS, rows),
        Training.epochs(1).batchSize(2));
    Path file = folder.resolve("wide.aemodel");
    autoencoder.save(file);
    assertThat(Autoencoder.load(file).columns()).contains(wide);
  }

  @Test
  void samplesOfAnotherWidthAreRefused() {
    Autoencoder autoencoder = trained(rows(40, "training"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.reconstruct(new float[][] {{1, 2, 3}}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().columns(Schemas.ofAllKinds()).input(2, 2).build())
        .withMessageContaining("32 values");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> autoencoder.evaluate(new float[][] {new float[7]}));
  }
}
