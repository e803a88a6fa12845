package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentExplorerTest {

  @TempDir static Path folder;
  private static LabeledImageSource pictures;
  private static Autoencoder two;

  @BeforeAll
  static void train() {
    pictures = TinyPictures.of(30, 8, 1, List.of("a", "b", "c", "nobody's"));
    two = trained(Autoencoder.dense().hidden(8).bottleneck(2).seed(1).build());
  }

  private static Autoencoder trained(Autoencoder autoencoder) {
    autoencoder.fit(pictures, Training.epochs(1).batchSize(8));
    return autoencoder;
  }

  private static String written(LatentExplorer explorer) throws IOException {
    Path page = folder.resolve("page.html");
    explorer.save(page);
    return Files.readString(page);
  }

  @Test
  void offersTheClassesThatTheModelIsConditionedOn() throws IOException {
    List<String> classes = List.of("c", "<b>", "a");
    LabeledImageSource named = TinyPictures.of(30, 8, 1, List.of("a", "<b>", "c"));
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(8).bottleneck(2).conditionedOn(classes).build();
    autoencoder.fit(named, Training.epochs(1).batchSize(8));
    String page = written(LatentExplorer.of(autoencoder, named));
    assertThat(page)
        .contains(
            "<option value=\"0\" dir=\"auto\">c</option><option value=\"1\""
                + " dir=\"auto\">&lt;b&gt;</option>",
            "<select id=\"class\"")
        .contains("\"conditions\":[\"c\",");
    assertThat(written(LatentExplorer.of(two, pictures)))
        .contains("\"conditions\":[]")
        .doesNotContain("<select id=\"class\"");
    ImageSource nameless = ImageSource.of(named.shape(), named.toArrays());
    assertThatThrownBy(() -> LatentExplorer.of(autoencoder, nameless))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("have no classes")
        .hasMessageContaining("conditioned on c, <b>, a");
  }

  @Test
  void carriesSequencesWithKernelsOfOneRow() throws IOException {
    ImageSource signals = ImageSource.of(new ImageShape(1, 64, 1), pictures.toArrays());
    Autoencoder autoencoder = Autoencoder.conv().input(1, 64).latent(1, 8, 2).build();
    autoencoder.fit(signals, Training.epochs(1).batchSize(8));

    assertThat(written(LatentExplorer.of(autoencoder, signals)))
        .contains("\"sample\":[1,1,64]", "\"code\":[2,1,8]", "\"kernel\":[1,3]", "\"kernel\":[1,4]")
        .doesNotContain("\"kernel\":[3,3]");
  }

  @Test
  void carriesAllItNeeds() throws IOException {
    assertThat(written(LatentExplorer.of(two, pictures)))
        .contains("\"classes\":[\"a\",\"b\",\"c\",\"nobody's\"]", "\"sigmoid\":true")
        .doesNotContain("http://", "https://", "src=\"/", "@import");
  }

  @Test
  void writesTheSamePageForTheSameModel() throws IOException {
    assertThat(written(LatentExplorer.of(two, pictures)))
        .isEqualTo(written(LatentExplorer.of(two, pictures)));
  }

  @Test
  void escapesTitlesAndLabels() throws IOException {
    LabeledImageSource hostile =
        TinyPictures.of(30, 8, 1, List.of("</script><script>alert(1)</script>", "'\"", "\u202e"));

    assertThat(written(LatentExplorer.of(two, hostile).title("</title><script>alert(2)</script>")))
        .doesNotContain("<script>alert")
        .contains("&lt;/title&gt;&lt;script&gt;alert(2)");
  }

  @Test
  void showsOnePictureAsWellAsManyCodes() throws IOException {
    assertThat(written(LatentExplorer.of(two, pictures.slice(4, 5)))).contains("\"count\":1,");
    assertThat(
            written(
                LatentExplorer.of(trained(Autoencoder.dense().bottleneck(1).build()), pictures)))
        .contains("\"code\":[1,1,1]");
    assertThat(
            written(
                LatentExplorer.of(
                    trained(Autoencoder.dense().hidden(4).bottleneck(4_096).build()), pictures)))
        .contains("\"code\":[1,1,4096]", "\"deviation\"");
  }

  @Test
  void showsAtMostSoManyOfAHundredThousandPictures() throws IOException {
    int[] many = new int[100_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i % 30;
    }
    String page = written(LatentExplorer.of(two, pictures.select(many)).pictures(40));

    assertThat(page).contains("\"count\":5000,", "\"pictures\":40,", "\"samples\":100000,");
    assertThat(page.length()).isLessThan(400_000);
  }

  @Test
  void refusesWhatCannotBeExplored() {
    assertThatThrownBy(() -> LatentExplorer.of(Autoencoder.dense().bottleneck(2).build(), pictures))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the autoencoder was not trained; call fit(...) before you explore it");
    assertThatThrownBy(() -> LatentExplorer.of(two, pictures.select()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an explorer needs at least one picture to start from, but the data are empty");
    assertThatThrownBy(
            () -> LatentExplorer.of(two, ImageSource.of(ImageShape.grey(4, 4), new float[1][16])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the autoencoder has samples of ");
    ImageShape deep = new ImageShape(2, 2, 5);
    ImageSource spectra = ImageSource.of(deep, new float[8][20]);
    Autoencoder five = Autoencoder.dense().bottleneck(2).build();
    five.fit(spectra, Training.epochs(1));
    assertThatThrownBy(() -> LatentExplorer.of(five, spectra))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an explorer shows pictures of 1 channel (grey) or 3 (RGB), but these have 5");
    assertThatThrownBy(() -> LatentExplorer.of(two, pictures).pictures(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a page carries 1 to 5000 pictures, but was asked for 0");
  }

  @Test
  void refusesADecoderThatNoPageCanCarry() {
    Autoencoder wide =
        Autoencoder.dense().input(8, 8, 1).hidden(4_000, 4_000).bottleneck(2).build();

    assertThatThrownBy(() -> LatentExplorer.of(wide, pictures))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a page can carry at most 10,000,000; train a narrower one");
  }

  @Test
  void refusesAModelWithoutDecoder() {
    Path file = folder.resolve("half.aemodel");
    two.save(file, Saving.encoder());
    Autoencoder half = Autoencoder.load(file);

    assertThatThrownBy(() -> LatentExplorer.of(half, pictures))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("decoder");
  }

  @Test
  void refusesPlacesThatCannotBeWrittenBeforeItWorks() throws IOException {
    LatentExplorer explorer = LatentExplorer.of(two, pictures);
    assertThatThrownBy(() -> explorer.save(folder.resolve("explorer.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the file name must end in .html");
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> explorer.save(file.resolve("explorer.html")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot write the page to ")
        .hasMessageContaining("check that the folder can be written");
    Path taken = Files.createDirectory(folder.resolve("taken.html"));
    assertThatThrownBy(() -> explorer.save(taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("it is a folder");
  }
}
