package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.LatentDensity;
import io.github.autoencoder4j.training.Training;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Packed pictures are read where they lie, and give what they give on one machine. */
class PackedShardsTest {

  private static final int COUNT = 300;

  @TempDir static Path folder;

  private static PackedImages pictures;
  private static AutoencoderModel model;

  @BeforeAll
  static void pack() {
    pictures = PackedImages.pack(Dogs.synthetic(COUNT, 3), folder.resolve("dogs"));
    model = estimator().fit(dogs());
  }

  @AfterAll
  static void close() {
    pictures.close();
  }

  private static PackedShards dogs() {
    return PackedShards.in(Sessions.local(), folder.resolve("dogs").toString());
  }

  private static Autoencoder autoencoder() {
    return Autoencoder.dense().hidden(16).bottleneck(3).seed(3).build();
  }

  private static AutoencoderEstimator estimator() {
    return new AutoencoderEstimator(PackedShardsTest::autoencoder)
        .setEpochs(2)
        .setBatchSize(32)
        .setRoundSteps(3)
        .setWorkers(2);
  }

  @Test
  void oneWorkerTrainsAsOneProcessDoes() {
    AutoencoderModel one = estimator().setWorkers(1).fit(dogs());
    try (Autoencoder here = autoencoder();
        Autoencoder there = one.autoencoder()) {
      here.fit(pictures, Training.epochs(2).batchSize(32).threads(1));
      assertThat(there.parameters()).isEqualTo(here.parameters());
    }
  }

  @Test
  void trainsAsOnTheSameRows() {
    // The same neighbours for each worker as rows of two partitions have.
    AutoencoderModel rows = estimator().setWorkers(0).setInputCol("numbers").fit(numbers());
    try (Autoencoder one = rows.autoencoder();
        Autoencoder two = model.autoencoder()) {
      assertThat(two.parameters()).isEqualTo(one.parameters());
    }
  }

  private static Dataset<Row> numbers() {
    SparkSession session = Sessions.local();
    List<Row> rows = new ArrayList<>();
    for (float[] sample : pictures.toArrays()) {
      rows.add(RowFactory.create(CollectionConverters.asScala(Floats.asList(sample)).toSeq()));
    }
    return session.createDataFrame(
        JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, 2),
        new StructType().add("numbers", DataTypes.createArrayType(DataTypes.FloatType, false)));
  }

  @Test
  void partsToEncodeHaveWholeBatches() {
    PackedImages.pack(Dogs.synthetic(600, 3), folder.resolve("more")).close();
    List<PackedPart> parts =
        PackedShards.in(Sessions.local(), folder.resolve("more").toString()).parts().collect();
    assertThat(parts).extracting(PackedPart::from).containsExactly(0, 256);
    assertThat(parts).extracting(PackedPart::size).containsExactly(256, 344);
  }

  @Test
  void transformsAsLocallyBitForBit() {
    AutoencoderModel all =
        model.copy(new ParamMap()).setReconstructionCol("again").setErrorCol("error");
    Dataset<Row> rows = all.transform(dogs());
    assertThat(rows.columns()).containsExactly("index", "label", "code", "again", "error");
    List<Row> result = rows.orderBy("index").collectAsList();
    assertThat(result).hasSize(COUNT);
    try (Autoencoder local = model.autoencoder()) {
      float[][] codes = local.encode(pictures);
      float[][] outputs = local.reconstruct(pictures);
      for (int i = 0; i < COUNT; i++) {
        assertThat(result.get(i).getInt(0)).isEqualTo(i);
        assertThat(result.get(i).getString(1))
            .isEqualTo(pictures.classNames().get(pictures.label(i)));
        assertThat(floats(result.get(i).getAs(2))).isEqualTo(codes[i]);
        assertThat(floats(result.get(i).getAs(3))).isEqualTo(outputs[i]);
      }
    }
  }

  private static float[] floats(Vector vector) {
    float[] values = new float[vector.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector.apply(i);
    }
    return values;
  }

  @Test
  void evaluatesAndFitsAsLocally() {
    try (Autoencoder local = model.autoencoder()) {
      Evaluation here = local.evaluate(pictures);
      Evaluation there = model.evaluate(dogs());
      assertThat(there.images()).isEqualTo(COUNT);
      assertThat(there.reconstructionLoss()).isCloseTo(here.reconstructionLoss(), within(1e-9));
      float[][] codes = local.encode(pictures);
      LatentDensity density = model.fitGaussian(dogs(), 0.01);
      assertThat(density.logDensity(codes[7]))
          .isCloseTo(Gaussian.shrinkage(codes, 0.01).logDensity(codes[7]), within(1e-9));
    }
  }

  @Test
  void scoresAsLocally() {
    AnomalyModel anomalies = new AnomalyEstimator(model).setFitRows(100).fit(dogs());
    Dataset<Row> scored = anomalies.transform(dogs());
    assertThat(scored.columns()).containsExactly("index", "label", "score");
    double[] scores =
        scored.orderBy("index").select("score").collectAsList().stream()
            .mapToDouble(row -> row.getDouble(0))
            .toArray();
    assertThat(scores).isEqualTo(anomalies.scorer().scores(pictures.toArrays()));
    assertThat(anomalies.calibration().size()).isEqualTo(COUNT - 100);
  }

  @Test
  void moreWorkersThanShardsOrPicturesAreNoTrouble() {
    // All lie in one shard, of which each worker reads a part.
    assertThat(estimator().setWorkers(7).fit(dogs()).history().orElseThrow().epochs()).hasSize(2);
    PackedImages.pack(Dogs.synthetic(2, 1), folder.resolve("two")).close();
    PackedShards two = PackedShards.in(Sessions.local(), folder.resolve("two").toString());
    AutoencoderModel few = estimator().setWorkers(5).fit(two);
    assertThat(few.transform(two).count()).isEqualTo(2);
    assertThat(few.evaluate(two).images()).isEqualTo(2);
  }

  @Test
  void takesAddressesOfFiles() {
    String address = folder.resolve("dogs").toUri().toString();
    assertThat(PackedShards.in(Sessions.local(), address).size()).isEqualTo(COUNT);
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> PackedShards.in(Sessions.local(), "hdfs://lab/dogs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("packed shards are read as files, but hdfs://lab/dogs is on");
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> PackedShards.in(Sessions.local(), nowhere.toString()))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> PackedShards.in(Sessions.local(), folder.toString()))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("holds no finished packed pictures");
  }

  @Test
  void refusesOtherShapes() {
    AutoencoderEstimator small =
        new AutoencoderEstimator(
            () -> Autoencoder.dense().input(new ImageShape(8, 8, 3)).bottleneck(2).build());
    assertThatThrownBy(() -> small.fit(dogs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the autoencoder takes 8x8x3, but the packed pictures are 64x64x3");
    try (Autoencoder other = Autoencoder.dense().bottleneck(2).build()) {
      other.fit(ImageSource.of(ImageShape.vector(2), new float[][] {{0, 1}}), Training.epochs(1));
      AutoencoderModel narrow = AutoencoderModel.of(other);
      assertThatThrownBy(() -> narrow.transform(dogs())).hasMessageContaining("64x64x3");
      assertThatThrownBy(() -> narrow.evaluate(dogs())).hasMessageContaining("64x64x3");
      assertThatThrownBy(() -> narrow.fitGaussian(dogs(), 1)).hasMessageContaining("64x64x3");
      assertThatThrownBy(() -> new AnomalyEstimator(narrow).fit(dogs()))
          .hasMessageContaining("64x64x3");
    }
  }

  @Test
  void refusesSettingsThatNeedRows() {
    assertThatThrownBy(() -> estimator().setPatience(2).fit(dogs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("setPatience");
    assertThatThrownBy(() -> model.copy(new ParamMap()).setOutputCol("label").transform(dogs()))
        .hasMessageStartingWith("there is a column 'label' already");
  }

  @Test
  void namesShardsThatAreMissingOrDamagedAndPicturesThatWereChanged() throws Exception {
    LabeledImageSource source = Dogs.synthetic(40, 5);
    Path broken = folder.resolve("broken");
    PackedImages.pack(source, broken).close();
    Path shard = broken.resolve("shard-00000.ae4j");
    PackedShards opened = PackedShards.in(Sessions.local(), broken.toString());
    byte[] whole = Files.readAllBytes(shard);
    try (RandomAccessFile file = new RandomAccessFile(shard.toFile(), "rw")) {
      file.seek(33L * 64 * 64 * 3);
      file.write(whole[33 * 64 * 64 * 3] ^ 1);
    }
    assertThatThrownBy(() -> estimator().fit(opened))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("record 33 of shard")
        .hasMessageContaining("does not match its checksum");
    assertThatThrownBy(() -> model.evaluate(opened))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("record 33");
    Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
    PackedShards cut = PackedShards.in(Sessions.local(), broken.toString());
    assertThatThrownBy(() -> estimator().fit(cut))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageStartingWith("on the machine ")
        .hasMessageContaining("is cut off");
    Files.delete(shard);
    PackedShards missing = PackedShards.in(Sessions.local(), broken.toString());
    assertThatThrownBy(() -> estimator().fit(missing))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("shard-00000.ae4j")
        .hasMessageContaining("under the same path on every machine");
    // As on a machine that does not see the folder, which the driver saw.
    Files.delete(broken.resolve("index.ae4j"));
    assertThatThrownBy(() -> estimator().fit(missing))
        .isInstanceOf(UnusableDataException.class)
        .hasMessageContaining("shard-00000.ae4j");
  }

  @Test
  void refusesOtherPicturesInAResumedRun() {
    String run = folder.resolve("run").toUri().toString();
    estimator().setCheckpointDir(run).fit(dogs());
    PackedImages.pack(Dogs.synthetic(COUNT, 4), folder.resolve("others")).close();
    PackedShards others = PackedShards.in(Sessions.local(), folder.resolve("others").toString());
    assertThatThrownBy(() -> estimator().setCheckpointDir(run).fit(others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the rows of the partitions: was");
  }
}
