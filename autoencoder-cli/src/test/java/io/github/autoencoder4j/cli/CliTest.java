package io.github.autoencoder4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.random.RandomStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command, as somebody who writes no Java would use it. */
class CliTest {

  private static final int PICTURES = 60;

  @TempDir static Path home;

  private static Path dogs;
  private static Path model;

  @BeforeAll
  static void trainsOnAFolderOfPicturesInOneLine() throws IOException {
    dogs = Files.createDirectory(home.resolve("dogs"));
    LabeledImageSource drawn = Dogs.synthetic(PICTURES, 1);
    for (int i = 0; i < PICTURES; i++) {
      write(drawn.get(i), dogs.resolve(i + ".png"));
    }
    Files.writeString(dogs.resolve("broken.png"), "no picture");
    model = home.resolve("dogs.aemodel");
    Path report = home.resolve("dogs.html");
    Run run =
        Run.of(
            "train",
            dogs,
            "--size",
            "16x16",
            "--code",
            "8",
            "--hidden",
            "32",
            "--epochs",
            "3",
            "--batch",
            "8",
            "--model",
            model,
            "--report",
            report,
            "--json");
    assertThat(run.err()).contains("left out: ").contains("broken.png");
    assertThat(run.code()).isZero();
    assertThat(run.json().get("samples").asInt()).isEqualTo(PICTURES);
    assertThat(run.json().get("left_out").asInt()).isEqualTo(1);
    assertThat(run.json().get("code").asText()).isEqualTo("1x8x1");
    assertThat(run.json().get("held_out_psnr_db").asDouble()).isBetween(1.0, 60.0);
    assertThat(report).content().contains("<html", "dogs");
    try (Autoencoder loaded = Autoencoder.load(model)) {
      assertThat(loaded.inputShape()).hasToString("16x16x3");
    }
  }

  private static void write(float[] planes, Path file) throws IOException {
    int side = 64;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = (rgb << 8) | Math.round(255 * planes[channel * side * side + i]);
      }
      image.setRGB(i % side, i / side, rgb);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void whatWasEncodedIsDecodedAsReconstructed(@TempDir Path folder) throws IOException {
    Path codes = folder.resolve("codes.csv");
    assertThat(Run.of("encode", model, dogs, "--out", codes).code()).isZero();
    assertThat(Files.readAllLines(codes))
        .hasSize(1 + PICTURES)
        .first()
        .asString()
        .startsWith("sample,code 1,");
    Path decoded = folder.resolve("decoded");
    Path reconstructed = folder.resolve("reconstructed");
    assertThat(Run.of("decode", model, codes, "--out", decoded).code()).isZero();
    Run run = Run.of("reconstruct", model, dogs, "--out", reconstructed);
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("psnr db");
    for (String name : List.of("000001.png", "000060.png")) {
      BufferedImage one = ImageIO.read(decoded.resolve(name).toFile());
      BufferedImage other = ImageIO.read(reconstructed.resolve(name).toFile());
      assertThat(one.getWidth()).isEqualTo(16);
      assertThat(one.getRGB(0, 0, 16, 16, null, 0, 16))
          .isEqualTo(other.getRGB(0, 0, 16, 16, null, 0, 16));
    }
  }

  @Test
  void scoresATableAndSaysWhichRowsAreOdd(@TempDir Path folder) throws IOException {
    Path table = table(folder.resolve("normal.csv"), 400, 1);
    Path held = table(folder.resolve("held.csv"), 300, 2);
    Path today = table(folder.resolve("today.csv"), 50, 3);
    Files.writeString(today, "9.5,-9.5,red\n", java.nio.file.StandardOpenOption.APPEND);
    Path trained = folder.resolve("table.aemodel");
    assertThat(Run.of("train", table, "--code", "1", "--epochs", "20", "--model", trained).code())
        .isZero();
    Path scores = folder.resolve("scores.csv");
    Run run =
        Run.of(
            "score",
            trained,
            today,
            "--normal",
            held,
            "--alarms",
            "0.02",
            "--out",
            scores,
            "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.json().get("anomalies").asInt()).isBetween(1, 8);
    assertThat(Files.readAllLines(scores)).hasSize(52).last().asString().matches("51,.*,true");
    Path rows = folder.resolve("rows.csv");
    assertThat(Run.of("reconstruct", trained, today, "--out", rows).code()).isZero();
    assertThat(Files.readAllLines(rows)).hasSize(52).startsWith("x,y,colour");
  }

  /** Two columns that go together, and one of two values. */
  private static Path table(Path file, int rows, long seed) throws IOException {
    RandomStream random = RandomStream.of(seed, "rows");
    List<String> lines = new ArrayList<>(List.of("x,y,colour"));
    for (int i = 0; i < rows; i++) {
      double x = random.nextGaussian();
      lines.add(
          String.format(
              Locale.ROOT,
              "%.4f,%.4f,%s",
              x,
              x + 0.2 * random.nextGaussian(),
              x > 0 ? "red" : "blue"));
    }
    return Files.write(file, lines, StandardCharsets.UTF_8);
  }

  @Test
  void exploresExportsAndInspects(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("explorer.html");
    assertThat(Run.of("explore", model, dogs, "--out", page).code()).isZero();
    assertThat(page).content().contains("<html");
    Path onnx = folder.resolve("encoder.onnx");
    assertThat(Run.of("export", model, "--part", "encoder", "--out", onnx).code()).isZero();
    assertThat(onnx).isNotEmptyFile();
    assertThat(Run.of("inspect", model).out()).contains("encoder and decoder", "16x16x3");
    Run json = Run.of("inspect", model, "--json");
    assertThat(json.json().get("code").asText()).isEqualTo("1x8x1");
    assertThat(Run.of("generate-completion").out()).contains("autoencoder");
  }

  @Test
  void saysWhatIsWrongWithDataAndModels(@TempDir Path folder) throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path out = folder.resolve("x.aemodel");
    refused(Run.of("train", empty, "--model", out), "holds no picture");
    refused(Run.of("train", folder.resolve("none"), "--model", out), "there is no file or folder");
    refused(
        Run.of("train", dogs, "--model", folder.resolve("none/x.aemodel")),
        "there is no folder",
        "create it first");
    refused(Run.of("train", dogs, "--size", "64", "--model", out), "--size needs a height");
    refused(Run.of("train", dogs, "--code", "8x8", "--model", out), "lacks its channels", "8x8x16");
    refused(Run.of("train", dogs, "--held-out", "1", "--model", out), "--held-out", "was 1.0");
    refused(
        Run.of(
            "encode",
            Files.writeString(folder.resolve("no.aemodel"), "text"),
            dogs,
            "--out",
            folder.resolve("c.csv")),
        "no.aemodel");
    Path table = table(folder.resolve("table.csv"), 50, 1);
    refused(
        Run.of("encode", model, table, "--out", folder.resolve("c.csv")),
        "is a table, but this model takes pictures");
    Path codes = Files.writeString(folder.resolve("short.csv"), "sample,code 1\n1,0.5\n");
    refused(
        Run.of("decode", model, codes, "--out", folder.resolve("d")),
        "row 1",
        "has 2 cells",
        "8 numbers");
    refused(
        Run.of("reconstruct", model, dogs, "--out", dogs), "is not empty", "choose another folder");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("empty", "no.aemodel", "table.csv", "short.csv");
    }
  }

  private static void refused(Run run, String... words) {
    assertThat(run.err()).startsWith("autoencoder: ").contains(words).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aWrongCommandLineIsTold() {
    Run run = Run.of("train", dogs, "--model", "m", "--code", "8by8");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("\"8by8\" is no shape", "8x8x16");
    assertThat(Run.of("trian").code()).isEqualTo(2);
    assertThat(Run.of("--help").out()).contains("train", "score", "export", "130");
  }
}
