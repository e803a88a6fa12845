package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.TrainingWarning.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like an explosion or a collapse and is none, and the reverse. */
class FalseAlarmTest {

  private static ImageSource images(int side, float[]... samples) {
    return ImageSource.of(new ImageShape(side, side, 1), samples);
  }

  private static float[] flat(int side, float value) {
    float[] sample = new float[side * side];
    Arrays.fill(sample, value);
    return sample;
  }

  private static float[] checkerboard(int side) {
    float[] sample = new float[side * side];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (i / side + i) % 2;
    }
    return sample;
  }

  private static void completes(History history) {
    assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void anEasySampleAndAHardOneAreNoExplosion(Loss loss) {
    completes(
        Autoencoder.conv()
            .input(4, 4, 1)
            .latent(1, 1, 1)
            .loss(loss)
            .seed(0)
            .build()
            .fit(images(4, flat(4, 0.5f), checkerboard(4)), Training.epochs(60).batchSize(1)));
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
  void fewHardSamplesAmongManyEasyOnesAreNoExplosionWhateverTheirOrder(
      boolean hardFirst, long seed) {
    float[][] samples = new float[300][];
    for (int i = 0; i < samples.length; i++) {
      boolean hard = hardFirst ? i < 8 : i >= 292;
      samples[i] = hard ? TinyData.noise(1, 64, i).toArrays()[0] : flat(8, 0.5f);
    }
    completes(
        Autoencoder.dense()
            .hidden(32)
            .bottleneck(4)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .seed(seed)
            .build()
            .fit(images(8, samples), Training.epochs(40).batchSize(8)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSecondRunWithANewSampleIsNoExplosion(long seed) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(32)
            .bottleneck(2)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .seed(seed)
            .build();
    List<float[]> samples = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      samples.add(flat(4, 0.5f));
    }
    Training training = Training.epochs(200).batchSize(4);
    completes(autoencoder.fit(samples.toArray(float[][]::new), training));
    samples.add(checkerboard(4));
    completes(autoencoder.fit(samples.toArray(float[][]::new), training));
  }

  @ParameterizedTest
  @CsvSource({
    "MEAN_SQUARED_ERROR, 10, 1",
    "MEAN_SQUARED_ERROR, 10, 40",
    "MEAN_SQUARED_ERROR, 1000, 8",
    "BINARY_CROSS_ENTROPY, 10, 8",
    "BINARY_CROSS_ENTROPY, 1000, 40"
  })
  void aRealExplosionIsSeenWhateverTheLoss(Loss loss, double rate, int batchSize) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(32)
            .bottleneck(2)
            .loss(loss)
            .optimizer(Optimizer.adam(rate))
            .seed(1)
            .build();
    assertThatThrownBy(
            () -> autoencoder.fit(TinyData.rows(80, 12), Training.epochs(20).batchSize(batchSize)))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("diverged in epoch")
        .hasMessageContaining("learning rate");
    assertThat(autoencoder.parameters()).doesNotContain(Float.NaN);
  }

  @Test
  void saysThatNoCheckpointWasWrittenWhereThereIsNone(@TempDir Path folder) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(32)
            .bottleneck(2)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .optimizer(Optimizer.adam(1000))
            .build();
    Training training =
        Training.epochs(20)
            .batchSize(40)
            .checkpoints(Checkpoints.in(folder.resolve("run")).everySteps(1));
    assertThatThrownBy(() -> autoencoder.fit(TinyData.rows(80, 12), training))
        .isInstanceOf(DivergenceException.class)
        .hasMessageContaining("No checkpoint had been written")
        .hasMessageNotContaining("were kept");
  }

  @Test
  void anAlarmOfCollapseIsWithdrawnWhereTheNetworkLearnsInTheEnd() {
    float[][] oneHot = new float[500][50];
    for (int i = 0; i < oneHot.length; i++) {
      oneHot[i][i % 50] = 1;
    }
    List<TrainingWarning> raised = new ArrayList<>();
    List<TrainingWarning> withdrawn = new ArrayList<>();
    TrainingListener diary =
        new TrainingListener() {
          @Override
          public void onWarning(TrainingWarning warning) {
            raised.add(warning);
          }

          @Override
          public void onWarningWithdrawn(TrainingWarning warning) {
            withdrawn.add(warning);
          }
        };
    History history =
        Autoencoder.dense()
            .hidden(64)
            .bottleneck(10)
            .seed(1)
            .build()
            .fit(oneHot, Training.epochs(150).batchSize(16).listener(diary));
    // Early on it says the same of everything, as is right for so rare ones.
    assertThat(raised).hasSize(1);
    assertThat(withdrawn).isEqualTo(raised);
    assertThat(history.warnings()).isEmpty();
  }

  @Test
  void aCollapseAfterTheFirstLookIsSeenAtTheEnd() {
    List<Integer> epochs = new ArrayList<>();
    Autoencoder autoencoder = Autoencoder.dense().hidden(10).bottleneck(2).seed(3).build();
    TrainingListener breaks =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochEnd event) {
            epochs.add(event.epoch());
            if (event.epoch() == 4) {
              Dl4j.networkOf(autoencoder).params().muli(0);
            }
          }
        };
    History history =
        autoencoder.fit(TinyData.rows(400, 12), Training.epochs(5).batchSize(4).listener(breaks));
    assertThat(epochs).hasSize(5);
    assertThat(history.warnings()).extracting(TrainingWarning::kind).containsExactly(Kind.COLLAPSE);
    assertThat(history.warnings().get(0).message()).contains("after epoch 5 ");
  }

  @Test
  void theValidationLossIsThatOfAnEvaluationWithNoiseAtInference() {
    ImageSource held = TinyData.source(2_300, 12);
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(10)
            .bottleneck(2)
            .latentStage(LatentNoise.variance(4).during(LatentNoise.Phase.BOTH))
            .seed(3)
            .build();
    History history = autoencoder.fit(TinyData.source(64, 12), Training.epochs(1).validation(held));
    assertThat(autoencoder.evaluate(held).reconstructionLoss())
        .isCloseTo(history.validationLosses()[0], within(1e-6));
  }

  @Test
  void theNumberOfThreadsChangesNoBitWhereBatchesAreCutAlike() {
    ImageSource pictures = TinyData.noise(64, 3 * 16 * 16, 5);
    float[][] rows = pictures.toArrays();
    ImageSource data = ImageSource.of(new ImageShape(16, 16, 3), rows);
    List<float[]> parameters = new ArrayList<>();
    for (int threads : new int[] {1, 2, 5}) {
      Autoencoder autoencoder =
          Autoencoder.conv()
              .input(16, 16, 3)
              .latent(4, 4, 4)
              .powerNormalize()
              .latentNoise(0.1)
              .seed(1)
              .build();
      autoencoder.fit(data, Training.epochs(2).batchSize(32).threads(threads));
      parameters.add(autoencoder.parameters());
    }
    assertThat(parameters.get(1)).isEqualTo(parameters.get(0));
    assertThat(parameters.get(2)).isEqualTo(parameters.get(0));
  }

  @Test
  void refusesNoThreads() {
    assertThatThrownBy(() -> Training.epochs(1).threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 1, but was 0");
  }
}
