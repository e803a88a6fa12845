package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.LatentBatch;
import io.github.autoencoder4j.latent.LatentKernel;
import io.github.autoencoder4j.latent.LatentStage;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users may put in: stages and outputs of their own, and samples of any range. */
class OpenCompositionTest {

  private static final int COLUMNS = 12;

  @TempDir private Path directory;

  /** Rows of standardised measurements that two hidden causes explain but for a tenth. */
  private static float[][] table(int rows) {
    RandomStream random = RandomStream.of(4, "table");
    double[][] weights = new double[2][COLUMNS];
    for (double[] cause : weights) {
      for (int j = 0; j < COLUMNS; j++) {
        cause[j] = random.nextGaussian();
      }
    }
    float[][] table = new float[rows][COLUMNS];
    for (float[] row : table) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      for (int j = 0; j < COLUMNS; j++) {
        double value = a * weights[0][j] + b * weights[1][j] + 0.3 * random.nextGaussian();
        row[j] = (float) (value / 1.45);
      }
    }
    return table;
  }

  private static DenseBuilder measurements() {
    return Autoencoder.dense().hidden(16).bottleneck(2).output(Output.gaussian(1)).seed(2);
  }

  @Test
  void aTableOfRealNumbersIsLearnt() {
    float[][] rows = table(600);
    Autoencoder autoencoder = measurements().optimizer(Optimizer.adam(1e-2)).build();
    autoencoder.fit(rows, Training.epochs(30).batchSize(50));
    Evaluation result = autoencoder.evaluate(rows);
    double squares = 0;
    for (float[] row : rows) {
      for (float value : row) {
        squares += (double) value * value / rows.length / COLUMNS;
      }
    }
    assertThat(result.meanSquaredError()).isLessThan(squares / 5);
    assertThat(result.reconstructionLoss())
        .isCloseTo((result.meanSquaredError() + Math.log(2 * Math.PI)) / 2, within(1e-6));
    assertThat(result.psnr().mean()).isNaN();
    assertThat(result.binaryCrossEntropy().perPixel()).isNaN();
    float[][] reconstructed = autoencoder.reconstruct(rows);
    assertThat(reconstructed[0]).isEqualTo(autoencoder.decode(autoencoder.encode(rows))[0]);
    boolean negative = false;
    for (float value : reconstructed[0]) {
      negative |= value < 0;
    }
    assertThat(negative).isTrue();
  }

  @Test
  void aTableIsSavedLoadedAndResumed() {
    float[][] rows = table(100);
    Autoencoder saved = measurements().variational().build();
    Path folder = directory.resolve("checkpoints");
    ImageSource source = ImageSource.of(ImageShape.vector(COLUMNS), ValueRange.REALS, rows);
    History history =
        saved.fit(
            source,
            Training.epochs(3)
                .batchSize(40)
                .validation(source.slice(0, 30))
                .checkpoints(Checkpoints.in(folder)));
    Path file = directory.resolve("table.aemodel");
    saved.save(file);
    Autoencoder loaded = Autoencoder.load(file);
    assertThat(loaded.parameters()).isEqualTo(saved.parameters());
    assertThat(loaded.encode(rows)).isDeepEqualTo(saved.encode(rows));
    assertThat(loaded.evaluate(rows)).isEqualTo(saved.evaluate(rows));
    assertThat(loaded.trainingRuns()).isEqualTo(saved.trainingRuns());
    for (EpochEnd epoch : loaded.trainingRuns().get(0).history().epochs()) {
      assertThat(epoch.trainingTerms()).containsOnlyKeys("kl");
      assertThat(epoch.validationTerms()).containsOnlyKeys("kl");
      assertThat(epoch.monitoredLoss())
          .isEqualTo(epoch.validationLoss().getAsDouble() + epoch.validationTerms().get("kl"));
    }

    Training more =
        Training.epochs(5)
            .batchSize(40)
            .validation(source.slice(0, 30))
            .checkpoints(Checkpoints.in(folder));
    Autoencoder resumed = measurements().variational().build();
    History whole = resumed.resume(source, more);
    assertThat(whole.epochs()).hasSize(5);
    for (int i = 0; i < 3; i++) {
      assertThat(whole.epochs().get(i).trainingTerms())
          .isEqualTo(history.epochs().get(i).trainingTerms());
    }
    Autoencoder never = measurements().variational().build();
    never.fit(source, Training.epochs(5).batchSize(40).validation(source.slice(0, 30)));
    assertThat(resumed.parameters()).isEqualTo(never.parameters());
  }

  @Test
  void whatTheOutputCannotBeIsRefused() {
    float[][] rows = table(20);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().build().fit(rows, Training.epochs(1)))
        .withMessageContainingAll("values must lie in [0, 1]", "(x - min) / (max - min)");
    float[][] holes = table(20);
    holes[7][3] = Float.NaN;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> measurements().build().fit(holes, Training.epochs(1)))
        .withMessageContainingAll("sample 7 holds NaN at position 3", "must be finite numbers");
    ImageSource streamed = ImageSource.of(ImageShape.vector(COLUMNS), ValueRange.REALS, rows);
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(() -> Autoencoder.dense().build().fit(streamed, Training.epochs(1)))
        .withMessageContaining("values must lie in [0, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> measurements().corruption(Corruption.saltAndPepper(0.1)).build())
        .withMessageContainingAll("SaltAndPepper", "Gaussian of variance", "Corruption.gaussian");
  }

  @Test
  void corruptionOfRealNumbersIsNotClipped() {
    float[][] rows = table(200);
    Autoencoder denoiser =
        measurements().corruption(Corruption.gaussian(0.2)).optimizer(Optimizer.adam(1e-2)).build();
    denoiser.fit(rows, Training.epochs(20).batchSize(50));
    assertThat(denoiser.evaluate(rows).meanSquaredError()).isLessThan(0.4);
    float[] values = {-3, 5};
    Corruption.gaussian(1e-3)
        .apply(values, 0, 2, ValueRange.REALS, RandomStream.of(1, "corruption"));
    assertThat((double) values[0]).isCloseTo(-3, within(0.1));
    assertThat((double) values[1]).isCloseTo(5, within(0.1));
  }

  @Test
  void explodingWeightsOfRealNumbersAreFound() {
    float[][] rows = table(200);
    Autoencoder autoencoder = measurements().optimizer(Optimizer.adam(1e3)).build();
    assertThatExceptionOfType(DivergenceException.class)
        .isThrownBy(() -> autoencoder.fit(rows, Training.epochs(20).batchSize(50)))
        .withMessageContainingAll("diverged", "learning rate");
  }

  /** Codes of whole numbers, through which gradients pass as they are. */
  private record Rounding() implements LatentStage {

    @Override
    public List<String> terms() {
      return List.of("distance");
    }

    @Override
    public String describe() {
      return "rounding";
    }

    @Override
    public LatentKernel kernel(ImageShape code) {
      return new LatentKernel() {

        @Override
        public void forward(LatentBatch batch) {
          for (int i = 0; i < batch.input().length; i++) {
            double z = batch.input()[i];
            batch.output()[i] = Math.rint(z);
            batch.addTerm(0, 0.1 * (z - Math.rint(z)) * (z - Math.rint(z)));
          }
        }

        @Override
        public void backward(LatentBatch batch) {
          for (int i = 0; i < batch.input().length; i++) {
            double z = batch.input()[i];
            batch.inputGradient()[i] =
                batch.outputGradient()[i] + 0.2 * (z - Math.rint(z)) * batch.gradientScale();
          }
        }
      };
    }
  }

  @Test
  void aStageOfOnesOwnTrainsEncodesAndJudges() {
    float[][] rows = table(300);
    Autoencoder autoencoder =
        measurements()
            .bottleneck(4)
            .latentStage(new Rounding())
            .optimizer(Optimizer.adam(1e-2))
            .build();
    History history = autoencoder.fit(rows, Training.epochs(20).batchSize(50));
    for (float[] code : autoencoder.encode(rows)) {
      for (float value : code) {
        assertThat(value).isEqualTo((float) Math.rint(value));
      }
    }
    assertThat(history.epochs().get(19).trainingTerms().get("distance")).isPositive();
    Objective objective = autoencoder.evaluate(rows).objective();
    assertThat(objective.terms()).containsOnlyKeys("distance");
    assertThat(objective.total())
        .isEqualTo(objective.reconstruction() + objective.terms().get("distance"));
    assertThat(autoencoder.summary()).contains("rounding");
  }

  @Test
  void aStageOfOnesOwnHasNoPlaceInFiles() {
    Autoencoder autoencoder = measurements().latentStage(new Rounding()).build();
    autoencoder.fit(table(20), Training.epochs(1));
    Path file = directory.resolve("own.aemodel");
    assertThatIllegalStateException()
        .isThrownBy(() -> autoencoder.save(file))
        .withMessageContainingAll("latent stage Rounding[]", "cannot be represented");
    assertThat(file).doesNotExist();
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                autoencoder.fit(
                    table(20), Training.epochs(1).checkpoints(Checkpoints.in(directory))))
        .withMessageContaining("cannot be represented");
  }

  @Test
  void termsOfTwoStagesHaveNamesOfTheirOwn() {
    Autoencoder autoencoder =
        measurements().latentStage(new Rounding()).latentStage(new Rounding()).build();
    History history = autoencoder.fit(table(20), Training.epochs(1));
    assertThat(history.epochs().get(0).trainingTerms()).containsOnlyKeys("distance", "distance-2");
  }
}
