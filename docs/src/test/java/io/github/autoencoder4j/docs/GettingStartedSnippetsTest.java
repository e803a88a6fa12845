package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.viz.Curves;
import io.github.autoencoder4j.viz.LatentScatter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/getting-started.md. */
class GettingStartedSnippetsTest {

  private final LabeledImageSource train = Mnist.train().slice(0, 4_000);
  private final LabeledImageSource test = Mnist.test().slice(0, 500);

  @TempDir Path folder;

  @Test
  void theFirstProgramBeatsTheMeanImageAndDrawsAPicture() throws Exception {
    Path picture = Path.of("target/first.png");
    Files.deleteIfExists(picture);

    String text = Console.of(() -> FirstAutoencoder.main(new String[0]));

    assertThat(Repository.page("docs/getting-started.md").text())
        .contains(
            text.lines().takeWhile(line -> !line.isBlank()).map(String::stripTrailing).toList());
    assertThat(Console.figure(text, "mean squared error"))
        .isLessThan(0.5 * Console.figure(text, "of the mean image"));
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void watchesTheLoss() {
    List<String> log = new ArrayList<>();
    Path picture = folder.resolve("loss.png");
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(32).build();
    // snippet: start-watch
    TrainingListener watch =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochEnd epoch) {
            log.add("epoch %d: %.4f".formatted(epoch.epoch(), epoch.trainingLoss()));
          }
        };
    ImageSource held = Mnist.train().slice(10_000, 11_000);
    History history =
        autoencoder.fit(
            train,
            Training.epochs(8).validation(held).earlyStopping(3).cosineDecay().listener(watch));

    Curves.over("epoch")
        .series("training", history.trainingLosses())
        .series("validation", history.validationLosses())
        .yLabel("binary cross-entropy (nats per pixel)")
        .reference("mean image", 0.2625)
        .draw()
        .save(picture);
    // end

    assertThat(log).hasSize(history.epochs().size());
    assertThat(history.validationLosses()[history.bestEpoch() - 1]).isLessThan(0.2);
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void choosesABottleneck() {
    ImageSource train = Mnist.train().slice(0, 2_000);
    ImageSource test = Mnist.test().slice(0, 500);
    int[] sizes = {2, 32};
    // snippet: start-choose
    Map<Integer, double[]> errors = new TreeMap<>();
    for (int size : sizes) {
      Autoencoder autoencoder = Autoencoder.dense().bottleneck(size).build();
      autoencoder.fit(train, Training.epochs(5).cosineDecay());
      double ours = autoencoder.evaluate(test).meanSquaredError();
      double linear = Pca.fit(train, size).evaluate(test).mse(); // the line to beat
      errors.put(size, new double[] {ours, linear});
    }
    // end

    assertThat(errors.get(32)[0]).isLessThan(errors.get(2)[0]);
    assertThat(errors.get(2)[0]).isLessThan(errors.get(2)[1]);
  }

  @Test
  void looksAtCodes() {
    Path picture = folder.resolve("codes.png");
    // snippet: start-codes
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(2).seed(7).build();
    autoencoder.fit(train, Training.epochs(15).cosineDecay());
    float[][] codes = autoencoder.encode(test); // two numbers a digit

    LatentScatter.of(codes, test.labels()).classNames(test.classNames()).draw().save(picture);

    double accuracy =
        NearestNeighbors.of(autoencoder.encode(train), train.labels())
            .accuracy(codes, test.labels())
            .k10();
    // end

    assertThat(picture).isNotEmptyFile();
    assertThat(codes[0]).hasSize(2);
    // Chance is 0.1.
    assertThat(accuracy).isGreaterThan(0.4);
  }

  @Test
  void savesAndLoads() {
    Autoencoder autoencoder = Autoencoder.dense().hidden(64).bottleneck(8).build();
    autoencoder.fit(train.slice(0, 500), Training.epochs(1));
    // snippet: start-save
    Path file = folder.resolve("digits.aemodel");
    autoencoder.save(file);

    Autoencoder loaded = Autoencoder.load(file);
    float[][] codes = loaded.encode(test); // bit for bit those of the one that was saved
    // end

    assertThat(codes).isDeepEqualTo(autoencoder.encode(test));
  }
}
