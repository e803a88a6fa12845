package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.Split;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.ImageFiles;
import io.github.autoencoder4j.datasets.LoadedImages;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.datasets.PackedImages;
import io.github.autoencoder4j.datasets.SkippedFile;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.runtime.Decoder;
import io.github.autoencoder4j.runtime.Encoder;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.Heatmap;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of docs/cookbook.md. */
class CookbookSnippetsTest {

  @TempDir Path folder;

  @Test
  void ownPictures() throws IOException {
    Path photos = Drawings.save(Dogs.synthetic(60, 3), folder.resolve("photos"));
    Files.writeString(photos.resolve("broken.jpg"), "no picture");
    // snippet: cookbook-images
    LoadedImages images = ImageFiles.from(photos).resize(32, 32).load(); // height, width
    List<SkippedFile> skipped = images.skipped(); // what gave no picture, and why

    Split<LabeledImageSource> parts = Split.byContent(images, 0.2);
    Autoencoder autoencoder = Autoencoder.conv().latent(8, 8, 8).build();
    autoencoder.fit(
        parts.train(), Training.epochs(10).batchSize(16).clipGradientNorm(0.05).cosineDecay());
    double psnr = autoencoder.evaluate(parts.test()).psnr().mean();
    // end

    assertThat(images.shape()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(skipped).hasSize(1);
    assertThat(psnr).isGreaterThan(15);
  }

  @Test
  void signals() {
    // snippet: cookbook-signals
    Random random = new Random(1);
    float[][] clean = new float[1_000][2 * 128]; // channel by channel, 128 steps each
    float[][] measured = new float[1_000][2 * 128];
    for (int i = 0; i < clean.length; i++) {
      double waves = 1 + 3 * random.nextDouble();
      double phase = 2 * Math.PI * random.nextDouble();
      for (int j = 0; j < clean[i].length; j++) {
        int channel = j / 128;
        int step = j % 128;
        clean[i][j] = (float) Math.sin(2 * Math.PI * waves * step / 128 + phase + channel);
        measured[i][j] = clean[i][j] + (float) (0.3 * random.nextGaussian());
      }
    }

    Autoencoder sensor =
        Autoencoder.conv()
            .input(1, 128, 2) // a height of 1: a signal of 128 steps and 2 channels
            .latent(1, 8, 4) // 32 numbers for 256
            .widths(16, 32)
            .output(Output.gaussian(0.09)) // measurements of any range, and their noise
            .build();
    sensor.fit(Arrays.copyOf(measured, 800), Training.epochs(20).batchSize(16).cosineDecay());

    float[][] rebuilt = sensor.reconstruct(Arrays.copyOfRange(measured, 800, 1_000));
    double before = 0;
    double after = 0;
    for (int i = 0; i < rebuilt.length; i++) {
      before += Mse.of(clean[800 + i], measured[800 + i]) / rebuilt.length;
      after += Mse.of(clean[800 + i], rebuilt[i]) / rebuilt.length;
    }
    // end

    assertThat(before).isBetween(0.085, 0.095);
    assertThat(after).isLessThan(0.02);
    assertThat(sensor.summary()).contains("conv 1x3");
  }

  @Test
  void samplesOfAClass() {
    // snippet: cookbook-classes
    LabeledImageSource train = Mnist.train().slice(0, 10_000);
    Autoencoder digits =
        Autoencoder.dense()
            .hidden(400)
            .bottleneck(4)
            .latentStage(Variational.standard().beta(4))
            .conditionedOn(train.classNames())
            .build();
    digits.fit(train, Training.epochs(10).batchSize(64));

    float[][] sevens = digits.decode(Gaussian.standard(4).sample(100, 1), "7");
    // end

    NearestNeighbors judge = NearestNeighbors.of(train.toArrays(), train.labels());
    int[] asked = new int[sevens.length];
    Arrays.fill(asked, 7);
    assertThat(judge.accuracy(sevens, asked, 1)).isGreaterThan(0.8);
  }

  @Test
  void moreThanFitsTheHeap() throws IOException {
    Path photos = Drawings.save(Dogs.synthetic(20, 3), folder.resolve("photos"));
    Autoencoder autoencoder = Autoencoder.conv().latent(8, 8, 16).build();
    Training training = Training.epochs(1).batchSize(10);
    // snippet: cookbook-packed
    try (PackedImages images =
        ImageFiles.from(photos).resize(64, 64).pack(folder.resolve("packed"))) {
      autoencoder.fit(images, training); // reads from the disk, one batch ahead
    }
    // end

    Path codes = folder.resolve("codes.bin");
    try (PackedImages images = PackedImages.open(folder.resolve("packed"))) {
      assertThat(images.size()).isEqualTo(20);
      assertThat(images.verify()).isEmpty();

      // snippet: cookbook-stream
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(codes)))) {
        autoencoder.encode(
            images,
            (index, code) -> {
              for (float value : code) {
                out.writeFloat(value);
              }
            });
      }
      // end
      assertThat(codes).hasSize(20L * 8 * 8 * 16 * Float.BYTES);
    }
  }

  /** Four columns that depend on each other: the last two follow from the first two. */
  private static float[] row(RandomStream random, boolean strange) {
    double load = random.nextDouble();
    double speed = random.nextDouble();
    double heat = strange ? random.nextDouble() : 0.7 * load + 0.2 * speed;
    double power = strange ? random.nextDouble() : 0.5 * load * speed + 0.1;
    return new float[] {
      (float) (100 * load), (float) (3000 * speed), (float) (20 + 60 * heat), (float) power
    };
  }

  @Test
  void tablesAndAnomalies() throws IOException {
    Path file = folder.resolve("machine.csv");
    RandomStream random = RandomStream.of(1, "table");
    List<String> written = new ArrayList<>(List.of("load,speed,heat,power"));
    for (int i = 0; i < 2_000; i++) {
      float[] row = row(random, false);
      written.add(
          String.format(Locale.ROOT, "%.4f,%.4f,%.4f,%.4f", row[0], row[1], row[2], row[3]));
    }
    Files.write(file, written);

    // snippet: cookbook-scale
    float[][] table = readTable(file);
    int columns = table[0].length;
    float[] low = new float[columns];
    float[] high = new float[columns];
    for (int j = 0; j < columns; j++) {
      int column = j;
      double[] values = Arrays.stream(table).mapToDouble(row -> row[column]).toArray();
      low[j] = (float) Arrays.stream(values).min().orElseThrow();
      high[j] = (float) Arrays.stream(values).max().orElseThrow();
    }
    float[][] rows =
        Arrays.stream(table).map(row -> scaled(row, low, high)).toArray(float[][]::new);
    // end
    assertThat(table).hasDimensions(2_000, 4);
    assertThatThrownBy(() -> ImageSource.of(ImageShape.vector(4), table))
        .hasMessageContaining("scale the data first");

    // snippet: cookbook-anomaly
    ImageSource all = ImageSource.of(ImageShape.vector(columns), rows);
    ImageSource train = all.slice(0, 1_500);
    ImageSource held = all.slice(1_500, all.size()); // normal too, but never trained on

    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(32, 16)
            .bottleneck(2) // fewer than the columns: what hangs together must be learnt
            .loss(Loss.MEAN_SQUARED_ERROR)
            .build();
    autoencoder.fit(train, Training.epochs(60).batchSize(64).cosineDecay());

    float[][] originals = held.toArrays();
    float[][] reconstructions = autoencoder.reconstruct(held);
    double[] errors =
        IntStream.range(0, originals.length)
            .mapToDouble(i -> Mse.of(originals[i], reconstructions[i]))
            .sorted()
            .toArray();
    double threshold = errors[(int) (0.99 * errors.length)]; // one false alarm in a hundred
    // end

    Path model = folder.resolve("machine.aemodel");
    // snippet: cookbook-service
    autoencoder.save(model);
    AnomalyScorer scorer = new AnomalyScorer(model, threshold); // at the start of the application
    boolean strange = scorer.isAnomaly(rows[0]); // from any thread
    // end
    assertThat(strange).isEqualTo(scorer.score(rows[0]) > threshold);

    long alarms =
        IntStream.range(0, 200)
            .filter(i -> scorer.isAnomaly(scaled(row(random, true), low, high)))
            .count();
    long falseAlarms =
        IntStream.range(0, 200)
            .filter(i -> scorer.isAnomaly(scaled(row(random, false), low, high)))
            .count();
    assertThat(alarms).isGreaterThan(100);
    assertThat(falseAlarms).isLessThan(20);
  }

  // snippet: cookbook-csv
  /** The numbers of a CSV file without quotes, whose first line names the columns. */
  static float[][] readTable(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] names = lines.get(0).split(",", -1);
    float[][] table = new float[lines.size() - 1][names.length];
    for (int i = 0; i < table.length; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      if (cells.length != names.length) {
        throw new IllegalArgumentException(
            "line " + (i + 2) + " has " + cells.length + " cells, but there are " + names.length);
      }
      for (int j = 0; j < cells.length; j++) {
        table[i][j] = number(cells[j]);
        if (!Float.isFinite(table[i][j])) { // it would spoil its whole column
          throw new IllegalArgumentException(
              "line " + (i + 2) + ", column " + names[j] + ": \"" + cells[j] + "\" is no number");
        }
      }
    }
    return table;
  }

  static float number(String cell) {
    try {
      return Float.parseFloat(cell);
    } catch (NumberFormatException e) {
      return Float.NaN;
    }
  }

  // end

  @ParameterizedTest
  @CsvSource({
    "NaN, column speed",
    "nan, column speed",
    "Infinity, column speed",
    "-Infinity, column speed",
    "1e39, column speed",
    "n/a, column speed",
    "'', column speed",
    "'1,2', 5 cells"
  })
  void aCellThatIsNoNumberIsRefusedByLineAndColumn(String cell, String words, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("hole.csv");
    Files.write(
        file, List.of("load,speed,heat,power", "1,2,3,4", "5," + cell + ",7,8", "9,10,11,12"));
    assertThatThrownBy(() -> readTable(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 3")
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aNewRowWithAHoleIsRefusedToo(float hole) {
    // The second column is constant, where every value becomes 0.
    for (int column = 0; column < 2; column++) {
      float[] row = {1, 2};
      row[column] = hole;
      String words = "column " + column + " holds " + hole;
      assertThatThrownBy(() -> scaled(row, new float[] {0, 2}, new float[] {4, 2}))
          .hasMessageContaining(words);
    }
  }

  @Test
  void columnsOfAnyRangeAreScaled() {
    float most = Float.MAX_VALUE;
    assertThat(scaled(new float[] {0}, new float[] {-most}, new float[] {most}))
        .containsExactly(0.5f);
    assertThat(scaled(new float[] {-1}, new float[] {-3}, new float[] {1})).containsExactly(0.5f);
    assertThat(scaled(new float[] {9}, new float[] {-3}, new float[] {1})).containsExactly(1f);
    assertThat(scaled(new float[] {7}, new float[] {7}, new float[] {7})).containsExactly(0f);
  }

  // snippet: cookbook-scaled
  /** Every value to where it lies between the least and the greatest of its column, in [0, 1]. */
  static float[] scaled(float[] row, float[] low, float[] high) {
    float[] values = new float[row.length];
    for (int j = 0; j < row.length; j++) {
      if (!Float.isFinite(row[j])) {
        throw new IllegalArgumentException(
            "column " + j + " holds " + row[j] + ", no finite number");
      }
      double range = (double) high[j] - low[j];
      double share = range > 0 ? ((double) row[j] - low[j]) / range : 0;
      values[j] = (float) Math.max(0, Math.min(1, share)); // new data may lie outside
    }
    return values;
  }

  // end

  @Test
  void compression() {
    LabeledImageSource photos = Dogs.synthetic(48, 1);
    LabeledImageSource test = Dogs.synthetic(8, 2);
    // snippet: cookbook-compression
    Autoencoder codec =
        Autoencoder.conv()
            .latent(8, 8, 16) // 1,024 numbers for 12,288
            .powerNormalize() // a transmitter has a power limit
            .latentNoise(0.1) // and a channel has noise: 10 dB
            .build();
    codec.fit(photos, Training.epochs(10).batchSize(16).clipGradientNorm(0.05).cosineDecay());
    codec.save(folder.resolve("sender.aemodel"), Saving.encoder());
    codec.save(folder.resolve("receiver.aemodel"), Saving.decoder());
    // end

    // snippet: cookbook-channel
    Encoder sender = Encoder.load(folder.resolve("sender.aemodel"));
    Decoder receiver = Decoder.load(folder.resolve("receiver.aemodel"));

    float[][] sent = sender.encode(test);
    float[][] received = overTheAir(sent); // your radio, or your own model of one
    float[][] pictures = receiver.decode(received);
    // end

    assertThatThrownBy(() -> Decoder.load(folder.resolve("sender.aemodel")))
        .isInstanceOf(IllegalStateException.class);
    Psnr halves = new Psnr(test.shape().size());
    halves.add(test.toArrays(), pictures);
    double whole = codec.evaluateTransmission(test, LatentNoise.variance(0.1), 10, 7).psnr().mean();
    assertThat(halves.summary().mean()).isBetween(whole - 1, whole + 1);
  }

  private static float[][] overTheAir(float[][] sent) {
    float[][] received = new float[sent.length][sent[0].length];
    RandomStream random = RandomStream.of(3, "radio");
    for (int i = 0; i < sent.length; i++) {
      for (int j = 0; j < sent[i].length; j++) {
        received[i][j] = (float) (sent[i][j] + Math.sqrt(0.1) * random.nextGaussian());
      }
    }
    return received;
  }

  @Test
  void transfer() {
    LabeledImageSource many = Mnist.train().slice(0, 5_000);
    LabeledImageSource few = Mnist.train().slice(5_000, 5_200);
    LabeledImageSource test = Mnist.test().slice(0, 500);
    Path file = folder.resolve("encoder.aemodel");
    // snippet: cookbook-transfer
    Autoencoder autoencoder = Autoencoder.dense().bottleneck(16).build();
    autoencoder.fit(many, Training.epochs(8).cosineDecay()); // many samples, no labels
    autoencoder.save(file, Saving.encoder());

    Encoder encoder = Encoder.load(file); // elsewhere, later
    NearestNeighbors classifier = NearestNeighbors.of(encoder.encode(few), few.labels());
    double accuracy = classifier.accuracy(encoder.encode(test), test.labels(), 1);
    // end
    // 200 labels; chance is 0.1.
    assertThat(accuracy).isGreaterThan(0.6);

    // snippet: cookbook-warm-start
    Autoencoder denoiser =
        Autoencoder.dense().bottleneck(16).corruption(Corruption.gaussian(0.4)).build();
    denoiser.copyWeightsFrom(autoencoder); // the same layers; the rest may differ
    denoiser.fit(many, Training.epochs(2));
    // end
    ImageSource noisy = Corruption.gaussian(0.4).applyTo(test, 1);
    assertThat(denoiser.evaluate(noisy, test).meanSquaredError())
        .isLessThan(autoencoder.evaluate(noisy, test).meanSquaredError());
  }

  @Test
  void heatMap() {
    double[][] psnr = {{24.3, 20.9, 18.0}, {23.6, 22.4, 21.2}};
    Path file = folder.resolve("noise.png");
    // snippet: cookbook-heatmap
    Heatmap.of(psnr) // double[rows][columns], the first row on top
        .rows("trained with variance", "0", "0.10")
        .columns("sent with variance", "0", "0.10", "0.15")
        .valueLabel("PSNR (dB)")
        .printValues(1)
        .draw()
        .save(file);
    // end

    assertThat(file).isNotEmptyFile();
  }

  /** Sizes in the table of sizes stand in the order in which the sources take them. */
  @Test
  void theTableOfSizesHasTheOrderOfTheSources() throws IOException {
    String table =
        Stream.of(Repository.page("docs/cookbook.md").text().split("\n\n", -1))
            .filter(part -> part.startsWith("|") && part.contains("`Heatmap.of("))
            .findFirst()
            .orElseThrow();
    String sources = mainSources();
    List<String> calls =
        Pattern.compile("`(?:new |[A-Za-z]+\\.)?([A-Za-z]+\\([A-Za-z]+(?:, [A-Za-z]+)*\\))`")
            .matcher(table)
            .results()
            .map(call -> call.group(1))
            .toList();

    assertThat(calls).hasSizeGreaterThan(8);
    assertThat(calls).allMatch(call -> declares(sources, call));
    assertThat(declares(sources, "resize(width, height)")).isFalse();
    assertThat(declares(sources, "cells(rows, columns)")).isFalse();
  }

  /** Whether a method or record has a declaration with these parameters, in this order. */
  private static boolean declares(String sources, String call) {
    String type = "[A-Za-z<>.\\[\\]]+ ";
    String declaration =
        call.substring(0, call.indexOf('(') + 1)
            + Stream.of(call.substring(call.indexOf('(') + 1, call.length() - 1).split(", ", -1))
                .map(name -> type + name)
                .collect(Collectors.joining(", "));
    return Pattern.compile("\\b" + declaration.replace("(", "\\( ?") + "[,)]")
        .matcher(sources)
        .find();
  }

  private static String mainSources() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String module :
        List.of(
            "autoencoder-runtime", "autoencoder-core", "autoencoder-datasets", "autoencoder-viz")) {
      try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(module + "/src/main/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.append(Repository.read(file)));
      }
    }
    return sources.toString().replaceAll("\\s+", " ");
  }

  @Test
  void longRuns() {
    ImageSource data = Mnist.train().slice(0, 300);
    Autoencoder autoencoder = Autoencoder.dense().hidden(16).bottleneck(2).build();
    // snippet: cookbook-resume
    Training training =
        Training.epochs(40)
            .checkpoints(Checkpoints.in(folder.resolve("run")).every(Duration.ofMinutes(5)));
    History history = autoencoder.resume(data, training); // in place of fit
    // end

    assertThat(history.epochs()).hasSize(40);
    assertThat(folder.resolve("run")).isNotEmptyDirectory();
  }

  @Test
  void dataThatCannotBeUsedAreRefusedWithTheReason() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "no picture");

    assertThatThrownBy(() -> ImageFiles.from(folder).load())
        .isInstanceOf(UnusableDataException.class);
  }
}
