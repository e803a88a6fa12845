package io.github.autoencoder4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.latent.Condition;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that were trained by class, on the command line. */
class ClassesTest {

  private static final int OF_EACH = 30;

  @TempDir static Path home;

  private static Path pictures;
  private static Path model;
  private static Path plain;

  @BeforeAll
  static void trainsByTheFoldersOfPictures() throws IOException {
    pictures = Files.createDirectory(home.resolve("pictures"));
    for (String name : List.of("bright", "dark")) {
      Path folder = Files.createDirectory(pictures.resolve(name));
      for (int i = 0; i < OF_EACH; i++) {
        write(name.equals("dark") ? i : 255 - i, folder.resolve(i + ".png"));
      }
    }
    model = home.resolve("classes.aemodel");
    plain = home.resolve("plain.aemodel");
    assertThat(train(model, "--by-class").err()).doesNotContain("autoencoder: ");
    assertThat(train(plain).code()).isZero();
    try (Autoencoder loaded = Autoencoder.load(model)) {
      assertThat(loaded.classes()).containsExactly("bright", "dark");
    }
  }

  private static Run train(Path file, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("train", pictures, "--size", "6x6x1", "--code", "1", "--hidden", "16"));
    words.addAll(List.of("--variational", "--epochs", "120", "--batch", "8", "--model", file));
    words.addAll(List.of(more));
    return Run.of(words.toArray());
  }

  private static void write(int grey, Path file) throws IOException {
    BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 36; i++) {
      image.getRaster().setSample(i % 6, i / 6, 0, grey);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void decodesTheClassThatWasNamed(@TempDir Path folder) throws IOException {
    Path codes = Files.writeString(folder.resolve("codes.csv"), "sample,code 1\n1,0.2\n2,-0.4\n");
    assertThat(grey(folder, codes, "bright")).isGreaterThan(150);
    assertThat(grey(folder, codes, "dark")).isLessThan(105);
  }

  private static int grey(Path folder, Path codes, String name) throws IOException {
    Path out = folder.resolve(name);
    Run run = Run.of("decode", model, codes, "--class", name, "--out", out);
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    return ImageIO.read(out.resolve("000002.png").toFile()).getRGB(3, 3) & 255;
  }

  @Test
  void saysWhichClassesThereAreWhereOneIsWrongOrMissing(@TempDir Path folder) throws IOException {
    Path codes = Files.writeString(folder.resolve("codes.csv"), "sample,code 1\n1,0.2\n");
    Path out = folder.resolve("out");
    refused(
        Run.of("decode", model, codes, "--out", out),
        "was trained by class",
        "add --class NAME, with one of bright, dark");
    refused(
        Run.of("decode", model, codes, "--class", "grey", "--out", out),
        "\"grey\" is no class",
        "bright, dark");
    refused(
        Run.of("decode", plain, codes, "--class", "dark", "--out", out),
        "--class dark was given, but this model was not trained by class",
        "--by-class");
    refused(
        Run.of("encode", plain, pictures, "--class", "dark", "--out", out), "not trained by class");
    refused(
        Run.of("encode", model, pictures, "--class", "grey", "--out", out), "\"grey\" is no class");
    assertThat(out).doesNotExist();
  }

  @Test
  void knowsClassesByFoldersAndByTheOption(@TempDir Path folder) throws IOException {
    Path byFolders = folder.resolve("by-folders.csv");
    assertThat(Run.of("encode", model, pictures, "--out", byFolders).code()).isZero();
    Path other = Files.createDirectory(folder.resolve("other"));
    for (int i = 0; i < OF_EACH; i++) {
      Files.copy(pictures.resolve("dark/" + i + ".png"), other.resolve(i + ".png"));
    }
    Path byOption = folder.resolve("by-option.csv");
    refused(
        Run.of("encode", model, other, "--out", byOption),
        "knows none of those of the data (other)",
        "add --class NAME, with one of bright, dark");
    assertThat(Run.of("encode", model, other, "--class", "dark", "--out", byOption).code())
        .isZero();
    List<String> all = Files.readAllLines(byFolders);
    List<String> dark = Files.readAllLines(byOption);
    assertThat(dark).hasSize(1 + OF_EACH);
    for (int i = 1; i <= OF_EACH; i++) {
      assertThat(dark.get(i).replaceFirst("^[0-9]+,", ""))
          .isEqualTo(all.get(OF_EACH + i).replaceFirst("^[0-9]+,", ""));
    }
  }

  @Test
  void reconstructsInspectsAndExports(@TempDir Path folder) throws IOException {
    Path made = folder.resolve("made");
    assertThat(Run.of("reconstruct", model, pictures, "--out", made).code()).isZero();
    refused(
        Run.of("score", model, pictures, "--normal", pictures, "--out", folder.resolve("s.csv")),
        "conditioned on bright, dark",
        "anomalies are scored without classes");
    Path onnx = folder.resolve("decoder.onnx");
    assertThat(Run.of("export", model, "--part", "decoder", "--out", onnx).code()).isZero();
    assertThat(Run.of("inspect", model, "--json").json().get("classes"))
        .hasSize(2)
        .first()
        .hasToString("\"bright\"");
    assertThat(Run.of("inspect", plain, "--json").json().get("classes")).isEmpty();
  }

  @Test
  void trainsByTheLabelsOfIdxFiles(@TempDir Path folder) throws IOException {
    int count = 40;
    ByteBuffer images = ByteBuffer.allocate(16 + count * 16);
    images.putInt(0x803).putInt(count).putInt(4).putInt(4);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      labels.put((byte) (i % 10));
    }
    for (String half : List.of("train", "t10k")) {
      Files.write(folder.resolve(half + "-images-idx3-ubyte"), images.array());
      Files.write(folder.resolve(half + "-labels-idx1-ubyte"), labels.array());
    }
    Path file = folder.resolve("digits.aemodel");
    Object[] words = {
      "train",
      folder,
      "--by-class",
      "--code",
      "2",
      "--epochs",
      "1",
      "--held-out",
      "0",
      "--model",
      file
    };
    assertThat(Run.of(words).code()).isZero();
    assertThat(Autoencoder.inspect(file).spec().stage(Condition.class).orElseThrow().classes())
        .hasSize(10)
        .contains("7");
  }

  @Test
  void refusesToTrainByClassWithoutClasses(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.aemodel");
    refused(
        Run.of("train", pictures.resolve("dark"), "--by-class", "--model", file),
        "--by-class needs two classes or more, but these data have only \"dark\"",
        "a folder of its own");
    Path table = Files.writeString(folder.resolve("rows.csv"), "x,y\n" + "1,2\n3,4\n".repeat(40));
    refused(
        Run.of("train", table, "--by-class", "--model", file),
        "--by-class needs two classes or more, but these data have none");
    assertThat(file).doesNotExist();
  }

  private static void refused(Run run, String... words) {
    assertThat(run.err()).contains("autoencoder: ").contains(words).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
  }
}
