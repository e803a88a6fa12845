package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that can copy its input is told so. */
class WideLatentTest {

  private static final ImageShape SHAPE = ImageShape.grey(4, 4);
  private static final ImageSource DATA = ImageSource.of(SHAPE, TinyData.rows(20, SHAPE.size()));

  private static List<TrainingWarning> warnings(AutoencoderBuilder<?> builder) {
    List<TrainingWarning> told = new ArrayList<>();
    History history =
        builder
            .build()
            .fit(
                DATA,
                Training.epochs(1)
                    .batchSize(5)
                    .listener(
                        new TrainingListener() {
                          @Override
                          public void onWarning(TrainingWarning warning) {
                            told.add(warning);
                          }
                        }));
    assertThat(history.warnings()).isEqualTo(told);
    return told.stream()
        .filter(warning -> warning.kind() == TrainingWarning.Kind.NO_BOTTLENECK)
        .toList();
  }

  @Test
  void warnsOfACodeAtLeastAsWideAsTheInput() {
    for (AutoencoderBuilder<?> wide :
        List.of(
            Autoencoder.dense().hidden(8).bottleneck(16),
            Autoencoder.dense().hidden(8).bottleneck(40),
            Autoencoder.dense().hidden(8).bottleneck(16).powerNormalize(),
            Autoencoder.conv().latent(2, 2, 4),
            Autoencoder.conv().latent(4, 4, 1))) {
      assertThat(warnings(wide)).hasSize(1);
      assertThat(warnings(wide).get(0).message())
          .contains("and a sample only 16")
          .contains("corruption(...)");
    }
  }

  @Test
  void doesNotWarnOfNarrowOnesOrWhereCopyingIsImpossible() {
    for (AutoencoderBuilder<?> fine :
        List.of(
            Autoencoder.dense().hidden(8).bottleneck(15),
            Autoencoder.dense().hidden(8).bottleneck(40).corruption(Corruption.masking(0.2)),
            Autoencoder.dense().hidden(8).bottleneck(40).latentNoise(0.1),
            Autoencoder.conv().latent(2, 2, 3),
            Autoencoder.conv().latent(2, 2, 4).latentStage(LatentNoise.stddev(0.1)))) {
      assertThat(warnings(fine)).isEmpty();
    }
  }

  @Test
  void isWrittenToFilesAndNotRepeatedByAResumedRun(@TempDir Path folder) {
    AutoencoderBuilder<?> wide = Autoencoder.dense().hidden(8).bottleneck(16);
    Training one = Training.epochs(1).batchSize(5).checkpoints(Checkpoints.in(folder));
    wide.build().resume(DATA, one);
    Training two = Training.epochs(2).batchSize(5).checkpoints(Checkpoints.in(folder));
    Autoencoder resumed = wide.build();
    History history = resumed.resume(DATA, two);
    assertThat(history.warnings())
        .extracting(TrainingWarning::kind)
        .containsOnlyOnce(TrainingWarning.Kind.NO_BOTTLENECK);
    Path file = folder.resolve("model.aemodel");
    resumed.save(file);
    assertThat(Autoencoder.load(file).trainingRuns().get(0).history().warnings())
        .isEqualTo(history.warnings());
  }
}
