package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingAnimationTest {

  private static final ImageShape SHAPE = ImageShape.grey(4, 4);
  private static final ImageSource DATA = ImageSource.of(SHAPE, rows(40));

  private static float[][] rows(int n) {
    Random random = new Random(2);
    float[][] rows = new float[n][16];
    for (float[] row : rows) {
      float light = random.nextFloat();
      for (int i = 0; i < 16; i++) {
        row[i] = i < 8 ? light : 1 - light;
      }
    }
    return rows;
  }

  private static Autoencoder tiny() {
    return Autoencoder.dense().hidden(8).bottleneck(2).seed(1).build();
  }

  @Test
  void showsWhatTheModelMadeOfTheSamplesAfterEachEpoch() throws IOException {
    Autoencoder autoencoder = tiny();
    ImageSource three = DATA.slice(0, 3);
    TrainingAnimation learning = TrainingAnimation.of(autoencoder, three);
    List<float[][]> then = new ArrayList<>();
    TrainingListener notes =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochEnd event) {
            then.add(autoencoder.reconstruct(three));
          }
        };
    autoencoder.fit(DATA, Training.epochs(4).batchSize(5).listener(learning).listener(notes));
    List<AnimationTest.Frame> frames = AnimationTest.decode(learning.animation().toPng()).frames();

    assertThat(frames)
        .extracting(AnimationTest.Frame::delayMillis)
        .containsExactly(200, 200, 200, 2_000);
    for (int i = 0; i < 4; i++) {
      Picture same =
          ImageGrid.of(SHAPE)
              .title("epoch %s of 4".formatted(i + 1))
              .row("sample", three)
              .row("reconstruction", then.get(i))
              .draw();
      assertThat(AnimationTest.pixels(frames.get(i).image()))
          .as("epoch %s", i + 1)
          .isEqualTo(AnimationTest.pixels(same.toImage()));
    }
    assertThat(AnimationTest.pixels(frames.get(0).image()))
        .isNotEqualTo(AnimationTest.pixels(frames.get(3).image()));
  }

  @Test
  void showsAHundredEpochsOfALongRunAndTheLast() {
    Autoencoder autoencoder = tiny();
    autoencoder.fit(DATA, Training.epochs(1));
    TrainingAnimation learning = TrainingAnimation.of(autoencoder, DATA.slice(0, 1));
    for (int epoch = 1; epoch <= 250; epoch++) {
      learning.onEpochEnd(
          new EpochEnd(
              epoch,
              250,
              0.5,
              OptionalDouble.empty(),
              0,
              1e-3,
              Duration.ofSeconds(1),
              Map.of(),
              Map.of()));
    }

    // Epochs 1, 4 to 250 in threes.
    assertThat(learning.animation().frames()).isEqualTo(84);
  }

  @Test
  void beginsAnewWithTheNextRun() {
    Autoencoder autoencoder = tiny();
    TrainingAnimation learning = TrainingAnimation.of(autoencoder, DATA.slice(0, 2));
    autoencoder.fit(DATA, Training.epochs(3).listener(learning));
    autoencoder.fit(DATA, Training.epochs(2).listener(learning));

    assertThat(learning.animation().frames()).isEqualTo(2);
  }

  @Test
  void refusesWhatCannotBeShown() {
    assertThatThrownBy(() -> TrainingAnimation.of(tiny(), DATA).animation())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("no epoch was finished, so there is nothing to show");
    assertThatThrownBy(() -> TrainingAnimation.of(tiny(), DATA.slice(0, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least one image");
    ImageSource two = ImageSource.of(new ImageShape(2, 2, 2), new float[1][8]);
    assertThatThrownBy(() -> TrainingAnimation.of(tiny(), two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 1 channel (grey) or 3 (RGB)");
  }
}
