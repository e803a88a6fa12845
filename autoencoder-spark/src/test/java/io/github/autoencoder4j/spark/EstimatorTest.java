package io.github.autoencoder4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.LatentDensity;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator and its model within Spark's machine learning library. */
class EstimatorTest {

  private static Dataset<Row> data;
  private static float[][] rows;
  private static AutoencoderModel model;

  @BeforeAll
  static void train() {
    rows = Samples.rows(300);
    data = Samples.dataset(Sessions.local(), 300, 3).cache();
    model = estimator().fit(data);
  }

  private static AutoencoderEstimator estimator() {
    return new AutoencoderEstimator(Samples::autoencoder)
        .setEpochs(4)
        .setBatchSize(16)
        .setRoundSteps(3);
  }

  @Test
  void oneWorkerTrainsAsOneProcessDoes() {
    AutoencoderModel one = estimator().setWorkers(1).fit(data);
    try (Autoencoder here = Samples.autoencoder();
        Autoencoder there = one.autoencoder()) {
      here.fit(rows, Training.epochs(4).batchSize(16).threads(1));
      assertThat(there.parameters()).isEqualTo(here.parameters());
    }
  }

  @Test
  void trainsTheSameEveryTime() {
    AutoencoderModel again = estimator().fit(data);
    try (Autoencoder one = model.autoencoder();
        Autoencoder two = again.autoencoder()) {
      assertThat(two.parameters()).isEqualTo(one.parameters());
    }
    try (Autoencoder arrays = estimator().setInputCol("numbers").fit(data).autoencoder();
        Autoencoder vectors = model.autoencoder()) {
      assertThat(arrays.parameters()).isEqualTo(vectors.parameters());
    }
  }

  @Test
  void transformsAsLocallyBitForBit() {
    Dataset<Row> coded =
        model
            .copy(new ParamMap())
            .setReconstructionCol("again")
            .setErrorCol("error")
            .transform(data)
            .orderBy("id");
    List<Row> result = coded.select("code", "again", "error", "id").collectAsList();
    try (Autoencoder local = model.autoencoder()) {
      float[][] codes = local.encode(rows);
      float[][] outputs = local.reconstruct(rows);
      assertThat(result).hasSize(300);
      for (int i = 0; i < 300; i++) {
        Row row = result.get(i);
        assertThat(row.getInt(3)).isEqualTo(i);
        assertThat(floats(row.getAs(0))).isEqualTo(codes[i]);
        assertThat(floats(row.getAs(1))).isEqualTo(outputs[i]);
        assertThat(row.getDouble(2)).isEqualTo(Mse.of(rows[i], outputs[i]));
      }
    }
    assertThat(coded.columns())
        .containsExactly("id", "features", "numbers", "held", "code", "again", "error");
  }

  private static float[] floats(Vector vector) {
    float[] values = new float[vector.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector.apply(i);
    }
    return values;
  }

  @Test
  void evaluatesAsLocally() {
    Evaluation there = model.evaluate(data);
    try (Autoencoder local = model.autoencoder()) {
      Evaluation here = local.evaluate(rows);
      assertThat(there.images()).isEqualTo(300);
      assertThat(there.reconstructionLoss()).isCloseTo(here.reconstructionLoss(), within(1e-9));
      assertThat(there.meanSquaredError()).isCloseTo(here.meanSquaredError(), within(1e-9));
      assertThat(there.binaryCrossEntropy().perPixel())
          .isCloseTo(here.binaryCrossEntropy().perPixel(), within(1e-9));
      assertThat(there.psnr().median()).isCloseTo(here.psnr().median(), within(1e-9));
      assertThat(there.psnr().pooled()).isCloseTo(here.psnr().pooled(), within(1e-9));
    }
  }

  @Test
  void fitsAGaussianAsLocally() {
    LatentDensity there = model.fitGaussian(data, 0.01);
    try (Autoencoder local = model.autoencoder()) {
      float[][] codes = local.encode(rows);
      LatentDensity here = Gaussian.shrinkage(codes, 0.01);
      for (float[] code : codes) {
        assertThat(there.logDensity(code)).isCloseTo(here.logDensity(code), within(1e-9));
      }
    }
    assertThatThrownBy(() -> model.fitGaussian(data.limit(1), 0.01))
        .hasMessage("a normal distribution is fitted to at least 2 rows, but there are 1");
  }

  @Test
  void evaluatesVariationalOnesWithTheSameNoise() {
    Autoencoder local = Autoencoder.dense().hidden(8).bottleneck(2).variational().build();
    local.fit(rows, Training.epochs(1));
    Evaluation here = local.evaluate(rows);
    Evaluation there = AutoencoderModel.of(local).evaluate(data);
    assertThat(there.objective().total()).isCloseTo(here.objective().total(), within(1e-9));
    assertThat(there.objective().terms().keySet()).isEqualTo(here.objective().terms().keySet());
  }

  @Test
  void savesAndLoads(@TempDir Path folder) throws Exception {
    String path = folder.resolve("model").toUri().toString();
    model.copy(new ParamMap()).setErrorCol("error").write().overwrite().save(path);
    model.copy(new ParamMap()).setErrorCol("odd").write().overwrite().save(path);
    AutoencoderModel loaded = AutoencoderModel.load(path);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    Dataset<Row> scored = loaded.transform(data);
    assertThat(scored.columns()).contains("code", "odd");
    assertThat(scored.select("code").orderBy("id").collectAsList())
        .isEqualTo(model.transform(data).select("code").orderBy("id").collectAsList());
    try (Autoencoder file = Autoencoder.load(folder.resolve("model").resolve(ModelWriter.FILE))) {
      assertThat(file.trainingRuns()).hasSize(1);
      assertThat(file.trainingRuns().get(0).samples()).isEqualTo(300);
    }
  }

  @Test
  void standsInPipelines(@TempDir Path folder) throws Exception {
    KMeans clusters = new KMeans().setFeaturesCol("code").setK(2).setSeed(1);
    PipelineModel fitted =
        new Pipeline().setStages(new PipelineStage[] {estimator(), clusters}).fit(data);
    String path = folder.resolve("pipeline").toUri().toString();
    fitted.save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertThat(loaded.transform(data).select("prediction").distinct().count()).isEqualTo(2);
  }

  @Test
  void isChosenByCrossValidation() {
    AutoencoderEstimator candidate = estimator().setErrorCol("error");
    ParamMap[] grid = new ParamGridBuilder().addGrid(candidate.epochs(), new int[] {1, 6}).build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(candidate)
            .setEvaluator(new ReconstructionEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(1)
            .fit(data);
    assertThat(chosen.avgMetrics()[1]).isLessThan(chosen.avgMetrics()[0]);
    AutoencoderModel best = (AutoencoderModel) chosen.bestModel();
    assertThat(best.history().orElseThrow().epochs()).hasSize(6);
  }

  @Test
  void stopsEarlyAndTellsListeners() {
    List<BatchEnd> rounds = new ArrayList<>();
    AutoencoderModel stopped =
        estimator()
            .setEpochs(200)
            .setPatience(1)
            .setValidationIndicatorCol("held")
            .setOuterStep(OuterStep.nesterov(0.7, 0.9))
            .withListener(
                new TrainingListener() {
                  @Override
                  public void onBatchEnd(BatchEnd event) {
                    rounds.add(event);
                  }
                })
            .fit(data);
    assertThat(stopped.history().orElseThrow().stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(stopped.history().orElseThrow().validationLosses()).isNotEmpty();
    assertThat(rounds).hasSizeGreaterThan(3);
    try (Autoencoder autoencoder = stopped.autoencoder()) {
      assertThat(autoencoder.trainingRuns().get(0).samples()).isEqualTo(270);
    }
  }

  @Test
  void trainsOnWhatOneMachineTrained() {
    Autoencoder pretrained = Samples.autoencoder();
    pretrained.fit(rows, Training.epochs(2));
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    pretrained.save(bytes, io.github.autoencoder4j.model.Saving.whole());
    AutoencoderModel more =
        new AutoencoderEstimator(
                () -> Autoencoder.load(new java.io.ByteArrayInputStream(bytes.toByteArray())))
            .setEpochs(1)
            .fit(data);
    try (Autoencoder both = more.autoencoder()) {
      assertThat(both.trainingRuns()).hasSize(2);
    }
  }

  @Test
  void resumesFromItsCheckpoints(@TempDir Path folder) {
    String checkpoints = folder.resolve("run").toUri().toString();
    AutoencoderEstimator stored = estimator().setCheckpointDir(checkpoints);
    AutoencoderModel whole = stored.fit(data);
    try (Autoencoder one = whole.autoencoder();
        Autoencoder two = model.autoencoder()) {
      assertThat(one.parameters()).isEqualTo(two.parameters());
    }
    List<BatchEnd> rounds = new ArrayList<>();
    AutoencoderModel again =
        stored
            .withListener(
                new TrainingListener() {
                  @Override
                  public void onBatchEnd(BatchEnd event) {
                    rounds.add(event);
                  }
                })
            .fit(data);
    assertThat(rounds).as("a run that is over is not trained again").isEmpty();
    assertThat(again.history().orElseThrow().epochs()).hasSize(4);
  }

  @Test
  void emptyPartitionsAndFewRowsAreNoTrouble() {
    Dataset<Row> few = Samples.dataset(Sessions.local(), 2, 5);
    AutoencoderModel trained = estimator().fit(few);
    assertThat(trained.transform(few).count()).isEqualTo(2);
    assertThat(trained.evaluate(few).images()).isEqualTo(2);
    Dataset<Row> one = Samples.dataset(Sessions.local(), 1, 1);
    assertThat(estimator().fit(one).transform(one).count()).isEqualTo(1);
  }
}
