package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Idx;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code that the two READMEs begin with. */
class ReadmeSnippetsTest {

  @TempDir Path folder;

  @Test
  void digits() throws IOException {
    Path picture = Path.of("target/drawn.png");
    Files.deleteIfExists(picture);

    String printed = Console.of(() -> Digits.main(new String[0]));

    // Below 0.2625, the line of the mean image.
    assertThat(Console.figure(printed, "unseen digits:")).isLessThan(0.25);
    assertThat(picture).isNotEmptyFile();
  }

  /** Columns that depend on each other, in [0, 1]: the last two follow from the first two. */
  private static float[][] rows(int count, long seed, boolean strange) {
    RandomStream random = RandomStream.of(seed, "rows");
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      float load = (float) random.nextDouble();
      float speed = (float) random.nextDouble();
      float heat = strange ? (float) random.nextDouble() : 0.7f * load + 0.2f * speed;
      float power = strange ? (float) random.nextDouble() : 0.5f * load * speed + 0.1f;
      rows[i] = new float[] {load, speed, heat, power};
    }
    return rows;
  }

  @Test
  void anomalies() {
    float[][] usual = rows(1_500, 1, false);
    float[][] fresh =
        Stream.concat(Stream.of(rows(100, 2, false)), Stream.of(rows(100, 3, true)))
            .toArray(float[][]::new);
    // snippet: readme-anomalies
    Autoencoder normal =
        Autoencoder.dense()
            .hidden(32, 16)
            .bottleneck(2) // fewer than the columns: how they depend on each other must be learnt
            .loss(Loss.MEAN_SQUARED_ERROR)
            .build();
    normal.fit(usual, Training.epochs(60).batchSize(64).cosineDecay());

    float[][] rebuilt = normal.reconstruct(fresh);
    double[] strangeness = new double[fresh.length];
    for (int i = 0; i < fresh.length; i++) {
      strangeness[i] = Mse.of(fresh[i], rebuilt[i]);
    }
    // end

    double highestOfMostUsual = Arrays.stream(strangeness, 0, 100).sorted().toArray()[94];
    assertThat(Arrays.stream(strangeness, 100, 200).filter(s -> s > highestOfMostUsual).count())
        .isGreaterThan(70);
  }

  /** Each line of the table is a line of this method. */
  @Test
  void ownData() throws IOException {
    Autoencoder autoencoder = Autoencoder.dense().hidden(8).bottleneck(2).build();
    float[][] rows = rows(40, 4, false);
    autoencoder.fit(rows, Training.epochs(10));
    assertThat(autoencoder.inputShape()).isEqualTo(ImageShape.vector(4));

    ImageSource pictures = ImageSource.of(new ImageShape(2, 2, 1), rows);
    assertThat(pictures.shape()).isEqualTo(ImageShape.grey(2, 2));

    INDArray array = Nd4j.createFromArray(rows);
    autoencoder.fit(Dl4j.samples(array), Training.epochs(10));

    Path photos = Drawings.save(Dogs.synthetic(10, 3), folder.resolve("photos"));
    LoadedImages images = ImageFiles.from(photos).resize(64, 64).load();
    assertThat(images.size()).isEqualTo(10);

    Path directory = folder.resolve("packed");
    try (PackedImages packed = ImageFiles.from(photos).resize(64, 64).pack(directory)) {
      assertThat(packed.size()).isEqualTo(10);
    }

    Path four = Files.createDirectory(folder.resolve("idx"));
    for (String half : List.of("train", "t10k")) {
      writeIdx(four.resolve(half + "-images-idx3-ubyte"), 2051, 5, 2, 2);
      writeIdx(four.resolve(half + "-labels-idx1-ubyte"), 2049, 5);
    }
    LabeledImageSource train = Mnist.from(four).train();
    assertThat(train.shape()).isEqualTo(ImageShape.grey(2, 2));
    Path imagesFile = four.resolve("train-images-idx3-ubyte");
    Path labelsFile = four.resolve("train-labels-idx1-ubyte");
    LabeledImageSource mine = Idx.read(imagesFile, labelsFile);
    assertThat(mine.size()).isEqualTo(5);

    autoencoder.fit(new Waves(), Training.epochs(10));
    LabeledImageSource digits = Mnist.train();
    LabeledImageSource dogs = Dogs.synthetic(200, 1);
    assertThat(digits.size() + dogs.size()).isEqualTo(60_200);
  }

  @Test
  void theTableOfOwnDataHoldsLinesThatRun() {
    String source =
        Repository.read(Repository.SNIPPETS.resolve("ReadmeSnippetsTest.java"))
            .replaceAll("\\s+", " ");
    for (String readme : List.of("README.md", "README.zh-CN.md")) {
      List<String> lines = lastColumn(Repository.page(readme), "Mnist.from(");

      assertThat(lines).as(readme).hasSizeGreaterThan(7).allMatch(source::contains);
    }
  }

  /** The code in the last column of the one table that mentions some. */
  private static List<String> lastColumn(MarkdownPage page, String mentioned) {
    String table =
        Stream.of(page.text().split("\n\n", -1))
            .filter(part -> part.startsWith("|") && part.contains(mentioned))
            .findFirst()
            .orElseThrow();
    return table
        .lines()
        .flatMap(
            row ->
                Pattern.compile("`([^`]+)`")
                    .matcher(row.replaceFirst("\\|[^|]*\\|", ""))
                    .results()
                    .map(code -> code.group(1)))
        .toList();
  }

  /** A file whose header says its sizes, with rising values. */
  private static void writeIdx(Path file, int magic, int... sizes) throws IOException {
    int values = IntStream.of(sizes).reduce(1, (a, b) -> a * b);
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values).putInt(magic);
    IntStream.of(sizes).forEach(bytes::putInt);
    for (int i = 0; i < values; i++) {
      bytes.put((byte) i);
    }
    Files.write(file, bytes.array());
  }

  /** A source of its own, computed and nowhere stored. */
  private static final class Waves implements ImageSource {

    @Override
    public int size() {
      return 40;
    }

    @Override
    public ImageShape shape() {
      return ImageShape.vector(4);
    }

    @Override
    public void read(int index, float[] destination, int offset) {
      for (int j = 0; j < 4; j++) {
        destination[offset + j] = (float) (0.5 + 0.5 * Math.sin(index + j));
      }
    }
  }

  @Test
  void dogs() {
    // snippet: readme-dogs
    LabeledImageSource photos = Dogs.synthetic(200, 1); // drawn; Dogs.from(path) reads real ones
    LabeledImageSource others = Dogs.synthetic(20, 2);

    Autoencoder dogs =
        Autoencoder.conv().latent(8, 8, 16).powerNormalize().latentNoise(0.1).build();
    dogs.fit(photos, Training.epochs(4).batchSize(16).clipGradientNorm(0.05).cosineDecay());

    float[][] received = dogs.transmit(others, LatentNoise.snrDb(10), 7); // [20][12288]
    double psnr = dogs.evaluateTransmission(others, LatentNoise.snrDb(10), 10, 7).psnr().mean();
    // end

    assertThat(received).hasDimensions(20, 12_288);
    assertThat(psnr).isGreaterThan(15);
  }
}
