package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {

  @TempDir Path folder;

  private static Picture picture(float grey) {
    return ImageGrid.of(ImageShape.grey(1, 1))
        .title("grey " + grey)
        .row("one", new float[][] {{grey}}, "a")
        .magnify(7)
        .draw();
  }

  @Test
  void isDrawnWithoutAScreen() {
    assertThat(GraphicsEnvironment.isHeadless()).isTrue();
    assertThat(picture(0.5f).toImage().getWidth()).isPositive();
  }

  @Test
  void givesTheSameBytesEachTime() {
    Picture first = picture(0.5f);
    assertThat(first.toPng()).isEqualTo(first.toPng()).isEqualTo(picture(0.5f).toPng());
    assertThat(first.toPng()).isNotEqualTo(picture(0.4f).toPng());
  }

  @Test
  void handsOutAnImageThatMayBeChanged() {
    Picture picture = picture(0.5f);
    byte[] before = picture.toPng();
    picture.toImage().setRGB(0, 0, 0);
    assertThat(picture.toPng()).isEqualTo(before);
  }

  @Test
  void encodesWhatItDraws() throws IOException {
    Picture picture = picture(0.25f);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.toPng()));
    assertThat(pixels(read)).isEqualTo(pixels(picture.toImage()));
    assertThat(read.getWidth()).isEqualTo(picture.width());
    assertThat(read.getHeight()).isEqualTo(picture.height());
  }

  @Test
  void hasMorePixelsAtAHigherScale() {
    Picture picture = picture(0.5f);
    Picture large = picture.scaled(3);
    assertThat(large.width()).isEqualTo(3 * picture.width());
    assertThat(large.height()).isEqualTo(3 * picture.height());
    assertThat(large.toImage().getWidth()).isEqualTo(large.width());
    assertThat(large.scaled(1).toPng()).isEqualTo(picture.toPng());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 9})
  void rejectsScale(int scale) {
    Picture picture = picture(0.5f);
    assertThatThrownBy(() -> picture.scaled(scale))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale must lie in 1 to 8, but was " + scale);
  }

  @Test
  void standsBesideAndAboveAnother() {
    Picture dark = picture(0f);
    Picture light = picture(1f);
    Picture row = dark.beside(light);
    assertThat(row.width()).isEqualTo(dark.width() + light.width());
    assertThat(row.height()).isEqualTo(Math.max(dark.height(), light.height()));
    assertThat(pixels(row.toImage().getSubimage(0, 0, dark.width(), dark.height())))
        .isEqualTo(pixels(dark.toImage()));
    Picture column = dark.above(light);
    assertThat(column.height()).isEqualTo(dark.height() + light.height());
    assertThat(column.width()).isEqualTo(Math.max(dark.width(), light.width()));
  }

  @Test
  void refusesToBecomeAGiant() {
    ImageGrid grid =
        ImageGrid.of(ImageShape.grey(100, 100)).row("", new float[1][10_000]).magnify(101);
    assertThatThrownBy(grid::draw)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10140 x 10140 pixels at scale 1")
        .hasMessageContaining("at most 100 million")
        .hasMessageContaining("lower the magnification");
    Picture fits = grid.magnify(50).draw();
    assertThatThrownBy(() -> fits.scaled(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void savesIntoFoldersItCreates() throws IOException {
    Picture picture = picture(0.5f);
    Path target = folder.resolve("not/yet/there/picture.png");
    picture.save(target);
    assertThat(Files.readAllBytes(target)).isEqualTo(picture.toPng());
  }

  @Test
  void replacesAnOlderFileAndLeavesNothingElse() throws IOException {
    Path target = folder.resolve("picture.PNG");
    picture(0.1f).save(target);
    picture(0.9f).save(target);
    assertThat(Files.readAllBytes(target)).isEqualTo(picture(0.9f).toPng());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void leavesNothingBehindWhereItCannotWrite() throws IOException {
    Path target = Files.createDirectories(folder.resolve("taken.png"));
    Files.writeString(target.resolve("inside"), "kept");
    Picture picture = picture(0.5f);
    assertThatThrownBy(() -> picture.save(target))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining("it is a folder");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
    assertThat(target.resolve("inside")).hasContent("kept");
  }

  @Test
  void namesThePathWhereNoFolderCanBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    Path target = file.resolve("picture.png");
    Picture picture = picture(0.5f);
    assertThatThrownBy(() -> picture.save(target))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(target.toString())
        .hasMessageContaining("check that the folder can be written");
    assertThat(file).hasContent("kept");
  }

  @ParameterizedTest
  @ValueSource(strings = {"picture.jpg", "png", "picture"})
  void rejectsOtherFileNames(String name) {
    Picture picture = picture(0.5f);
    Path target = folder.resolve(name);
    assertThatThrownBy(() -> picture.save(target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must end in .png, but was '" + target + "'");
    assertThat(target).doesNotExist();
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
