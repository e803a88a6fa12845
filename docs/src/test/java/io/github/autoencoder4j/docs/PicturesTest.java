package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.Heatmap;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentChannels;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentProjection;
import io.github.autoencoder4j.viz.LatentScatter;
import io.github.autoencoder4j.viz.LatentTraversal;
import io.github.autoencoder4j.viz.Picture;
import io.github.autoencoder4j.viz.TrainingAnimation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Makes the pictures of the pages anew, with {@code -Dpictures}: some minutes of training. */
@Tag("pictures")
class PicturesTest {

  private static final Path PICTURES = Repository.ROOT.resolve("docs/pictures");

  @Test
  void theFirstProgram() throws IOException {
    FirstAutoencoder.main(new String[0]);

    Files.copy(
        Path.of("target/first.png"),
        PICTURES.resolve("first.png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void twoNumbersForADigit() {
    Autoencoder autoencoder =
        Autoencoder.dense().bottleneck(2).optimizer(Optimizer.adam(2e-3).beta2(0.99)).build();
    autoencoder.fit(Mnist.train(), Training.epochs(30).cosineDecay());

    Box box = Box.quantiles(autoencoder.encode(Mnist.train()));
    save(
        "digits-map.png",
        LatentMap.over(box.lower(), box.upper())
            .cells(16, 16)
            .draw(Mnist.train().shape(), autoencoder::decode));
    LabeledImageSource some = Mnist.test().slice(0, 2_000);
    save(
        "codes.png",
        LatentScatter.of(autoencoder.encode(some), some.labels())
            .classNames(some.classNames())
            .size(420)
            .draw());
  }

  @Test
  void aModelThatLearns() {
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(2).seed(1).build();
    TrainingAnimation learning = TrainingAnimation.of(autoencoder, Mnist.test().slice(0, 5));
    autoencoder.fit(
        Mnist.train().slice(0, 10_000), Training.epochs(12).cosineDecay().listener(learning));

    learning.animation().save(PICTURES.resolve("learning.png"));
  }

  @Test
  void whatEachNumberDoes() {
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(3).variational().seed(1).build();
    autoencoder.fit(Mnist.train().slice(0, 10_000), Training.epochs(20).cosineDecay());

    save(
        "traversal.png",
        LatentTraversal.of(new float[3])
            .dimension(0)
            .dimension(1)
            .dimension(2)
            .magnify(2)
            .draw(Mnist.test().shape(), autoencoder::decode));
  }

  @Test
  void thirtyTwoNumbersForADigit() {
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(32).seed(1).build();
    autoencoder.fit(Mnist.train(), Training.epochs(5).cosineDecay());

    LabeledImageSource some = Mnist.test().slice(0, 2_000);
    save(
        "tsne.png",
        LatentProjection.tsne(autoencoder.encode(some), 1)
            .scatter(some.labels())
            .classNames(some.classNames())
            .size(420)
            .draw());
  }

  @Test
  void denoising() {
    Corruption noise = Corruption.gaussian(0.4);
    Autoencoder denoiser =
        Autoencoder.dense().hidden(512, 256).bottleneck(64).corruption(noise).build();
    denoiser.fit(Mnist.train(), Training.epochs(5).batchSize(256).cosineDecay());

    ImageSource clean = Mnist.test().slice(0, 10);
    ImageSource noisy = noise.applyTo(clean, 1);
    save(
        "denoising.png",
        ImageGrid.of(clean.shape())
            .row("clean", clean)
            .row("noisy", noisy)
            .row("denoised", denoiser.reconstruct(noisy))
            .magnify(2)
            .draw());
  }

  @Test
  void latentsOfDrawnDogs() {
    Autoencoder dogs = Autoencoder.conv().input(64, 64, 3).latent(8, 8, 16).build();
    dogs.fit(
        HorizontalFlip.both(Dogs.synthetic(500, 1)),
        Training.epochs(4).batchSize(16).warmup(50).clipGradientNorm(0.05).cosineDecay());

    ImageSource three = Dogs.synthetic(3, 2);
    save(
        "latents.png",
        LatentChannels.of(dogs.latentShape(), dogs.encode(three))
            .images(three.shape(), three.toArrays(), dogs.reconstruct(three))
            .magnify(10)
            .draw());
  }

  /** Rows of a table of dogs, the last three with a number that does not fit the others. */
  @Test
  void aScoredTable() {
    String[] columns = {
      "weight", "height", "length", "chest", "paw", "age", "teeth", "coat", "hearing"
    };
    RandomStream random = RandomStream.of(4, "dogs");
    float[][] dogs = new float[4_000][];
    Arrays.setAll(dogs, i -> dog(random));
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(32).bottleneck(2).output(Output.gaussian(0.1)).seed(1).build();
    autoencoder.fit(
        ImageSource.of(ImageShape.vector(columns.length), ValueRange.REALS, dogs).slice(0, 3_000),
        Training.epochs(30).batchSize(32).cosineDecay());
    Anomalies anomalies =
        Anomalies.with(autoencoder)
            .references(Arrays.copyOf(dogs, 3_000))
            .fit(Arrays.copyOfRange(dogs, 3_000, 3_990));
    float[][] rows = Arrays.copyOfRange(dogs, 3_990, 4_000);
    int[] changed = {0, 7, 2};
    for (int i = 0; i < changed.length; i++) {
      rows[7 + i][changed[i]] += i == 1 ? 3 : -3;
    }
    String[] names = new String[rows.length];
    Arrays.setAll(names, i -> String.format(Locale.ROOT, "p = %.3f", anomalies.pValue(rows[i])));
    save(
        "anomalies-table.png",
        Heatmap.of(anomalies.explain(rows))
            .title("Which column made the score")
            .rows("row, with its p-value", names)
            .columns("column", columns)
            .valueLabel("share of the score")
            .printValues(1)
            .draw());
  }

  /** Size and age decide the rest, but for some noise; all in standard deviations. */
  private static float[] dog(RandomStream random) {
    double size = random.nextGaussian();
    double age = random.nextGaussian();
    double[] values = {size, size, size, size, size, age, age, age, -age};
    float[] row = new float[values.length];
    for (int j = 0; j < row.length; j++) {
      row[j] = (float) (values[j] + 0.3 * random.nextGaussian());
    }
    return row;
  }

  @Test
  void aScoredDigit() {
    LabeledImageSource all = Mnist.train();
    int[] sevens = IntStream.range(0, all.size()).filter(i -> all.label(i) == 7).toArray();
    float[][] good = all.select(sevens).toArrays();
    Autoencoder autoencoder = Autoencoder.dense().hidden(256, 128).bottleneck(16).build();
    autoencoder.fit(Arrays.copyOf(good, 5_000), Training.epochs(20).batchSize(64).cosineDecay());
    Anomalies anomalies =
        Anomalies.with(autoencoder)
            .references(Arrays.copyOf(good, 5_000))
            .fit(Arrays.copyOfRange(good, 5_000, good.length));
    float[] damaged = Mnist.test().get(0).clone();
    for (int y = 14; y < 20; y++) {
      for (int x = 6; x < 12; x++) {
        damaged[y * 28 + x] = 0.9f;
      }
    }
    float[][] seen = {Mnist.test().get(0), damaged};
    float[][] shown = new float[2][];
    double most = 0;
    for (int i = 0; i < seen.length; i++) {
      double[] places = anomalies.explain(seen[i]);
      most = Math.max(most, Arrays.stream(places).max().orElseThrow());
      shown[i] = new float[places.length];
    }
    for (int i = 0; i < seen.length; i++) {
      double[] places = anomalies.explain(seen[i]);
      for (int j = 0; j < places.length; j++) {
        shown[i][j] = (float) Math.sqrt(Math.max(0, places[j] / most));
      }
    }
    save(
        "anomalies-digit.png",
        ImageGrid.of(Mnist.test().shape())
            .row("picture", seen, caption(anomalies, seen[0]), caption(anomalies, seen[1]))
            .row("reconstruction", autoencoder.reconstruct(seen))
            .row("places of the score, root", shown)
            .magnify(4)
            .draw());
  }

  private static String caption(Anomalies anomalies, float[] picture) {
    return String.format(
        Locale.ROOT, "score %.1f, p = %.4f", anomalies.score(picture), anomalies.pValue(picture));
  }

  private static void save(String name, Picture picture) {
    picture.save(PICTURES.resolve(name));
    assertThat(PICTURES.resolve(name)).isNotEmptyFile();
  }
}
