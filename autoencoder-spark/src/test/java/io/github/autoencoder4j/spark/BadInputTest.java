package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users do wrong is said before training begins, with where it is. */
class BadInputTest {

  private static final StructType SCHEMA =
      new StructType().add("features", DataTypes.createArrayType(DataTypes.DoubleType, true), true);

  /** The third row of the second of two partitions is the odd one. */
  private static Dataset<Row> with(Double... odd) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      rows.add(row(0.1, 0.2, 0.3, 0.1 * i));
    }
    rows.set(6, odd == null ? RowFactory.create((Object) null) : row(odd));
    return frame(rows, 2);
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    SparkSession session = Sessions.local();
    return session.createDataFrame(
        JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, partitions),
        SCHEMA);
  }

  private static Row row(Double... values) {
    return RowFactory.create(
        scala.jdk.javaapi.CollectionConverters.asScala(Arrays.asList(values)).toSeq());
  }

  /** Fails the test if a round is run. */
  private static AutoencoderEstimator estimator() {
    return new AutoencoderEstimator(() -> Autoencoder.dense().bottleneck(2).build())
        .setEpochs(1)
        .withListener(
            new TrainingListener() {
              @Override
              public void onBatchEnd(BatchEnd event) {
                throw new AssertionError("training has begun");
              }
            });
  }

  @Test
  void namesColumnAndRowOfWhatIsNoSample() {
    String place = "column 'features', row 2 of partition 1: it ";
    assertThatThrownBy(() -> estimator().fit(with((Double[]) null)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessage(place + "is null; filter such rows, for example with na().drop()");
    assertThatThrownBy(() -> estimator().fit(with(0.1, null, 0.3, 0.4)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessage(place + "holds null at position 1; fill it in or filter such rows");
    assertThatThrownBy(() -> estimator().fit(with(0.1, 0.2, Double.NaN, 0.4)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageStartingWith(place + "holds NaN at position 2, but values must be finite");
    assertThatThrownBy(() -> estimator().fit(with(0.1, 0.2)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessage(place + "has 2 values, but a sample has 4");
    assertThatThrownBy(() -> estimator().fit(with(0.1, 0.2, 0.3, 7.0)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageStartingWith("row 2 of partition 1 holds 7.0 at position 3, but values must");
  }

  @Test
  void namesRowsInTransformationsToo() {
    AutoencoderModel model = model(Autoencoder.dense().bottleneck(2).build());
    assertThatThrownBy(() -> model.transform(with(0.1, 0.2)).collectAsList())
        .hasStackTraceContaining("column 'features', row 2 of partition 1: it has 2 values");
    assertThatThrownBy(() -> model.evaluate(with(0.1, 0.2)))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("row 2 of partition 1: it has 2 values");
  }

  private static AutoencoderModel model(Autoencoder autoencoder) {
    autoencoder.fit(
        new float[][] {{0.1f, 0.2f, 0.3f, 0.4f}, {0.5f, 0.2f, 0.1f, 0.4f}}, Training.epochs(1));
    return AutoencoderModel.of(autoencoder);
  }

  @Test
  void refusesColumnsThatCannotBe() {
    Dataset<Row> data = with(0.1, 0.2, 0.3, 0.4);
    assertThatThrownBy(() -> estimator().setInputCol("pixels").fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no column 'pixels'; setInputCol to one of [features]");
    assertThatThrownBy(() -> estimator().setOutputCol("features").fit(data))
        .hasMessageStartingWith("there is a column 'features' already; set outputCol to another");
    assertThatThrownBy(() -> estimator().setOutputCol("").fit(data))
        .hasMessageStartingWith("no column is asked for");
    Dataset<Row> texts = data.selectExpr("'text' as features");
    assertThatThrownBy(() -> estimator().fit(texts))
        .hasMessageStartingWith("column 'features' holds string, but samples are vectors");
    assertThatThrownBy(() -> estimator().setPatience(2).fit(data))
        .hasMessageContaining("setValidationIndicatorCol to a boolean column");
    assertThatThrownBy(() -> estimator().setEpochs(0)).hasMessageContaining("epochs");
  }

  @Test
  void refusesNoRows() {
    assertThatThrownBy(() -> estimator().fit(frame(List.of(), 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no rows to train on; training needs at least one");
    AutoencoderModel model = model(Autoencoder.dense().bottleneck(2).build());
    assertThatThrownBy(() -> model.evaluate(frame(List.of(), 2)))
        .hasMessageStartingWith("there are no rows to evaluate");
    assertThat(model.transform(frame(List.of(), 2)).count()).isZero();
  }

  @Test
  void refusesWhatDependsOnHowRowsAreCut() {
    Dataset<Row> data = with(0.1, 0.2, 0.3, 0.4);
    AutoencoderModel perBatch =
        model(Autoencoder.dense().bottleneck(2).latentStage(PowerNormalization.perBatch()).build());
    assertThatThrownBy(() -> perBatch.transform(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use PowerNormalization.perExample()");
    AutoencoderModel noisy =
        model(
            Autoencoder.dense()
                .bottleneck(2)
                .latentStage(LatentNoise.variance(0.1).during(LatentNoise.Phase.BOTH))
                .build());
    assertThat(noisy.transform(data).count()).isEqualTo(8);
    assertThatThrownBy(() -> noisy.setErrorCol("error").transform(data))
        .hasMessageContaining("during(Phase.TRAINING)");
  }

  @Test
  void refusesFoldersThatCannotBeWritten(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    String below = file.resolve("run").toUri().toString();
    assertThatThrownBy(() -> estimator().setCheckpointDir(below).fit(with(0.1, 0.2, 0.3, 0.4)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("checkpoints cannot be written into")
        .hasMessageContaining("setCheckpointDir");
    assertThatThrownBy(
            () -> estimator().setCheckpointDir("nowhere://x").fit(with(0.1, 0.2, 0.3, 0.4)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void refusesOtherRowsInAResumedRun(@TempDir Path folder) {
    String run = folder.resolve("run").toUri().toString();
    AutoencoderEstimator quiet =
        new AutoencoderEstimator(() -> Autoencoder.dense().bottleneck(2).build())
            .setEpochs(1)
            .setCheckpointDir(run);
    quiet.fit(with(0.1, 0.2, 0.3, 0.4));
    assertThatThrownBy(() -> quiet.fit(with(0.1, 0.2, 0.3, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the rows of the partitions: was");
  }

  @Test
  void refusesModelsOfANewerVersion(@TempDir Path folder) throws Exception {
    String path = folder.resolve("model").toUri().toString();
    model(Autoencoder.dense().bottleneck(2).build()).save(path);
    Path file = folder.resolve("model").resolve(ModelWriter.FILE);
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    byte[] config = entries.get("config.json");
    byte[] newer = replaced(config, bytes("\"schema\": 1"), bytes("\"schema\": 2"));
    byte[] manifest = entries.get("manifest.json");
    byte[] fitting = replaced(manifest, bytes(sha256(config)), bytes(sha256(newer)));
    byte[] whole = Files.readAllBytes(file);
    whole = replaced(replaced(whole, config, newer), manifest, fitting);
    whole = replaced(replaced(whole, crc(config), crc(newer)), crc(manifest), crc(fitting));
    Files.write(file, whole);
    Files.deleteIfExists(file.resolveSibling("." + ModelWriter.FILE + ".crc"));
    assertThatThrownBy(() -> AutoencoderModel.load(path))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining(ModelWriter.FILE)
        .hasMessageContaining("is newer than this version of the library");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String sha256(byte[] content) {
    return Hashing.sha256().hashBytes(content).toString();
  }

  private static byte[] crc(byte[] content) {
    return Hashing.crc32().hashBytes(content).asBytes();
  }

  /** Wherever it stands; both are of one length. */
  private static byte[] replaced(byte[] content, byte[] from, byte[] to) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String old = new String(from, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(old);
    return bytes(text.replace(old, new String(to, StandardCharsets.ISO_8859_1)));
  }

  @Test
  void refusesDamagedModels(@TempDir Path folder) throws Exception {
    String path = folder.resolve("model").toUri().toString();
    model(Autoencoder.dense().bottleneck(2).build()).save(path);
    Path file = folder.resolve("model").resolve(ModelWriter.FILE);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    // Hadoop's own check of the bytes.
    Files.deleteIfExists(file.resolveSibling("." + ModelWriter.FILE + ".crc"));
    assertThatThrownBy(() -> AutoencoderModel.load(path))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining(ModelWriter.FILE);
    assertThatThrownBy(() -> AutoencoderModel.load(folder.resolve("none").toUri().toString()))
        .hasStackTraceContaining("none");
    assertThatThrownBy(() -> new AutoencoderModel("bare").transform(with(0.1, 0.2, 0.3, 0.4)))
        .hasMessageContaining("has no weights");
  }

  @Test
  void refusesSpark3() {
    assertThatThrownBy(() -> SparkVersion.require("3.5.6"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("this is Spark 3.5.6, but Autoencoder4J needs Spark 4.0 or newer");
    assertThatCode(() -> SparkVersion.require("4.2.0")).doesNotThrowAnyException();
    assertThatCode(() -> SparkVersion.require("10.0.1-SNAPSHOT")).doesNotThrowAnyException();
  }
}
