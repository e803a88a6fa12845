package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.ConformalCalibration;
import io.github.autoencoder4j.anomaly.ResidualScore;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster scores rows as one machine does that was fitted to the same ones. */
class AnomalyTest {

  private static final int COUNT = 1_200;
  private static final int FITTED = 150;

  private static float[][] rows;
  private static Dataset<Row> data;
  private static Autoencoder autoencoder;
  private static AutoencoderModel codes;
  private static AnomalyModel model;

  @BeforeAll
  static void fit() {
    float[][] all = Samples.rows(COUNT + 300);
    rows = Arrays.copyOf(all, COUNT);
    data = Samples.dataset(Sessions.local(), COUNT, 5).cache();
    autoencoder = Samples.autoencoder();
    autoencoder.fit(Arrays.copyOfRange(all, COUNT, all.length), Training.epochs(20).batchSize(16));
    codes = AutoencoderModel.of(autoencoder);
    model = estimator().fit(data);
  }

  @AfterAll
  static void close() {
    autoencoder.close();
  }

  private static AnomalyEstimator estimator() {
    return new AnomalyEstimator(codes).setFitRows(FITTED).setPValueCol("p");
  }

  private static float[][] select(AnomalyRoles roles, boolean fitted) {
    return IntStream.range(0, COUNT)
        .filter(i -> fitted ? roles.isFitted(i) : roles.isScored(i))
        .mapToObj(i -> rows[i])
        .toArray(float[][]::new);
  }

  @Test
  void scoresAsLocallyBitForBit() {
    AnomalyRoles roles = new AnomalyRoles(COUNT, FITTED, COUNT);
    Anomalies local =
        Anomalies.with(autoencoder).calibrationShare(1.0 / FITTED).fit(select(roles, true));
    double[] normal = local.scores(select(roles, false));
    assertThat(normal).hasSize(COUNT - FITTED);
    ConformalCalibration calibration = ConformalCalibration.of(normal);
    List<Row> scored = model.transform(data).orderBy("id").select("score", "p").collectAsList();
    double[] expected = local.scores(rows);
    assertThat(scored.stream().mapToDouble(row -> row.getDouble(0))).containsExactly(box(expected));
    assertThat(scored.stream().mapToDouble(row -> row.getDouble(1)))
        .containsExactly(box(calibration.pValues(expected)));
    assertThat(model.calibration().size()).isEqualTo(COUNT - FITTED);
    assertThat(model.calibration().threshold(0.05)).isEqualTo(calibration.threshold(0.05));
    assertThat(model.scorer().scores(rows)).isEqualTo(expected);
  }

  private static Double[] box(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }

  /** Within five standard deviations of what 5,000 rows and 1,050 scores tell. */
  @Test
  void keepsThePromiseAndFindsWhatIsOdd() {
    float[][] fresh = Arrays.copyOfRange(Samples.rows(COUNT + 5_300), COUNT + 300, COUNT + 5_300);
    Dataset<Row> judged = model.transform(Samples.dataset(Sessions.local(), fresh, 3)).cache();
    for (double rate : new double[] {0.02, 0.1, 0.5}) {
      double share = judged.filter(functions.col("p").leq(rate)).count() / 5_000.0;
      double variance = rate * (1 - rate) * (1 / 5_000.0 + 1 / 1_050.0);
      assertThat(share).isCloseTo(rate, within(5 * Math.sqrt(variance)));
    }
    for (int i = 0; i < fresh.length; i++) {
      fresh[i][i % Samples.LENGTH] = 1 - fresh[i][i % Samples.LENGTH];
    }
    Dataset<Row> odd = model.transform(Samples.dataset(Sessions.local(), fresh, 3));
    assertThat(odd.filter("p <= 0.02").count()).isGreaterThan(3_000);
  }

  @Test
  void settingsReachTheScorer() {
    AnomalyModel squared = estimator().setResidual(ResidualScore.SQUARED).setNeighbors(0).fit(data);
    float[][] fitted = select(new AnomalyRoles(COUNT, FITTED, COUNT), true);
    assertThat(squared.scorer().scores(rows))
        .isEqualTo(
            Anomalies.with(autoencoder)
                .residual(ResidualScore.SQUARED)
                .neighbors(0)
                .calibrationShare(1.0 / FITTED)
                .fit(fitted)
                .scores(rows));
  }

  @Test
  void savesAndLoads(@TempDir Path folder) throws Exception {
    String path = folder.resolve("anomalies").toUri().toString();
    AnomalyModel squared = estimator().setResidual(ResidualScore.SQUARED).setNeighbors(2).fit(data);
    squared.write().overwrite().save(path);
    squared.write().overwrite().save(path);
    AnomalyModel loaded = AnomalyModel.load(path);
    assertThat(loaded.uid()).isEqualTo(squared.uid());
    assertThat(loaded.transform(data).orderBy("id").collectAsList())
        .isEqualTo(squared.transform(data).orderBy("id").collectAsList());
    assertThat(loaded.calibration().threshold(0.01))
        .isEqualTo(squared.calibration().threshold(0.01));
  }

  @Test
  void standsBehindCodesInAPipeline(@TempDir Path folder) throws Exception {
    String path = folder.resolve("pipeline").toUri().toString();
    new Pipeline()
        .setStages(new PipelineStage[] {codes, estimator().setScoreCol("odd")})
        .fit(data)
        .save(path);
    Transformer loaded = PipelineModel.load(path);
    assertThat(loaded.transform(data).columns())
        .containsExactly("id", "features", "numbers", "held", "code", "odd", "p");
  }

  /** However many there are: as many as wanted, from all over, and none twice. */
  @Test
  void rolesAreDealtEvenly() {
    for (long count : new long[] {80, 1_001, 123_457}) {
      for (long fitted : new long[] {40, count / 2}) {
        for (long scored : new long[] {count, count / 3}) {
          AnomalyRoles roles = new AnomalyRoles(count, fitted, scored);
          assertThat(LongStream.range(0, count).filter(roles::isFitted).count()).isEqualTo(fitted);
          assertThat(LongStream.range(0, count / 2).filter(roles::isFitted).count())
              .isBetween(fitted / 2 - 1, fitted / 2 + 1);
          long others = LongStream.range(0, count).filter(roles::isScored).count();
          assertThat(others).isBetween(scored - fitted, scored);
          assertThat(
                  LongStream.range(0, count).noneMatch(i -> roles.isFitted(i) && roles.isScored(i)))
              .isTrue();
        }
      }
    }
    // Ten billion rows, whose products need all 64 bits.
    AnomalyRoles many = new AnomalyRoles(10_000_000_000L, 2_000, 1_000_000);
    assertThat(LongStream.range(9_999_000_000L, 10_000_000_000L).filter(many::isScored).count())
        .isBetween(99L, 101L);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> estimator().fit(data.limit(79)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("what is normal is learnt from at least 80 rows, but there are 79");
    assertThatThrownBy(() -> estimator().setInputCol("pixels").fit(data))
        .hasMessageStartingWith("there is no column 'pixels'");
    assertThatThrownBy(() -> estimator().setScoreCol("id").fit(data))
        .hasMessageStartingWith("there is a column 'id' already; set scoreCol to another name");
    assertThatThrownBy(() -> estimator().setScoreCol("").setPValueCol("").fit(data))
        .hasMessage("no column is asked for; setScoreCol or setPValueCol");
    assertThatThrownBy(() -> estimator().setFitRows(39)).hasMessageContaining("fitRows");
    assertThatThrownBy(() -> estimator().setNeighbors(-1)).hasMessageContaining("neighbors");
    assertThatThrownBy(() -> estimator().setFitRows(40).setNeighbors(400).fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("400");
    assertThatThrownBy(() -> new AnomalyModel("bare").transform(data))
        .hasMessageContaining("has learnt nothing");
    assertThatThrownBy(() -> model.copy(new ParamMap()).setPValueCol("held").transform(data))
        .hasMessageStartingWith("there is a column 'held' already; set pValueCol");
    try (Autoencoder perBatch =
        Autoencoder.dense().bottleneck(2).latentStage(PowerNormalization.perBatch()).build()) {
      perBatch.fit(rows, Training.epochs(1));
      AnomalyEstimator dependent = new AnomalyEstimator(AutoencoderModel.of(perBatch));
      assertThatThrownBy(() -> dependent.fit(data))
          .hasMessageContaining("use PowerNormalization.perExample()");
    }
  }
}
