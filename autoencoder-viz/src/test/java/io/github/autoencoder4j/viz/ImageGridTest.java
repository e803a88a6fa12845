package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageGridTest {

  private static final ImageShape RGB = new ImageShape(2, 3, 3);
  private static final ImageShape GREY = ImageShape.grey(4, 4);

  private static float[][] samples(int count, ImageShape shape) {
    Random random = new Random(count);
    float[][] samples = new float[count][shape.size()];
    for (float[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = random.nextInt(256) / 255f;
      }
    }
    return samples;
  }

  @Property(tries = 60)
  void showsEachPixelAsASquareInItsPlace(
      @ForAll @IntRange(min = 1, max = 4) int height,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll boolean colored,
      @ForAll @IntRange(min = 1, max = 3) int rows,
      @ForAll @IntRange(min = 1, max = 4) int columns,
      @ForAll @IntRange(min = 1, max = 6) int factor,
      @ForAll @IntRange(min = 0, max = 5) int gap,
      @ForAll @IntRange(min = 1, max = 2) int scale) {
    ImageShape shape = new ImageShape(height, width, colored ? 3 : 1);
    float[][] samples = samples(rows * columns, shape);
    Picture picture =
        ImageGrid.of(shape).tiles(columns, samples).magnify(factor).gap(gap).draw().scaled(scale);
    assertThat(picture.width())
        .isEqualTo(scale * (2 * Theme.MARGIN + columns * (width * factor + gap) - gap));
    assertThat(picture.height())
        .isEqualTo(scale * (2 * Theme.MARGIN + rows * (height * factor + gap) - gap));
    Pixels pixels = Pixels.of(picture);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int expected =
            expected(shape, samples, columns, factor, gap, x / scale - Theme.MARGIN, y / scale);
        assertThat(pixels.at(x, y)).isEqualTo(expected);
      }
    }
  }

  /** What the grid must show at (x, y) where x is counted from the first image. */
  private static int expected(
      ImageShape shape, float[][] samples, int columns, int factor, int gap, int x, int top) {
    int y = top - Theme.MARGIN;
    int column = Math.floorDiv(x, shape.width() * factor + gap);
    int row = Math.floorDiv(y, shape.height() * factor + gap);
    int px = Math.floorMod(x, shape.width() * factor + gap) / factor;
    int py = Math.floorMod(y, shape.height() * factor + gap) / factor;
    if (column < 0
        || row < 0
        || column >= columns
        || row >= samples.length / columns
        || px >= shape.width()
        || py >= shape.height()) {
      return Pixels.WHITE;
    }
    float[] sample = samples[row * columns + column];
    int plane = shape.height() * shape.width();
    int rgb = 0;
    for (int c = 0; c < 3; c++) {
      int offset = shape.channels() == 3 ? c * plane : 0;
      rgb = rgb << 8 | Math.round(sample[offset + py * shape.width() + px] * 255);
    }
    return rgb;
  }

  @Test
  void readsRedGreenAndBlueFromThePlanesInThisOrder() {
    float[] sample = new float[RGB.size()];
    sample[0] = 1f; // red, top left
    sample[6 + 1] = 1f; // green, top middle
    sample[12 + 5] = 1f; // blue, bottom right
    Pixels pixels = Pixels.of(ImageGrid.of(RGB).row("", new float[][] {sample}).magnify(1).draw());
    assertThat(pixels.at(Theme.MARGIN, Theme.MARGIN)).isEqualTo(0xff0000);
    assertThat(pixels.at(Theme.MARGIN + 1, Theme.MARGIN)).isEqualTo(0x00ff00);
    assertThat(pixels.at(Theme.MARGIN + 2, Theme.MARGIN + 1)).isEqualTo(0x0000ff);
    assertThat(pixels.at(Theme.MARGIN + 2, Theme.MARGIN)).isEqualTo(0);
  }

  @Test
  void showsValuesOutsideTheRangeAsItsEnds() {
    float[][] samples = {{-0.5f}, {1.5f}, {0.5f}};
    Pixels pixels =
        Pixels.of(ImageGrid.of(ImageShape.grey(1, 1)).row("", samples).magnify(1).gap(0).draw());
    assertThat(pixels.at(Theme.MARGIN, Theme.MARGIN)).isEqualTo(0x000000);
    assertThat(pixels.at(Theme.MARGIN + 1, Theme.MARGIN)).isEqualTo(0xffffff);
    assertThat(pixels.at(Theme.MARGIN + 2, Theme.MARGIN)).isEqualTo(0x808080);
  }

  @Test
  void enlargesSmallImagesUntilTheyAreEasyToSee() {
    int[] sides = {1, 8, 28, 64, 80, 200};
    int[] shown = {80, 80, 84, 128, 80, 200};
    for (int i = 0; i < sides.length; i++) {
      ImageShape shape = ImageShape.grey(sides[i], sides[i]);
      Picture picture = ImageGrid.of(shape).row("", new float[1][shape.size()]).draw();
      assertThat(picture.height()).isEqualTo(2 * Theme.MARGIN + shown[i]);
    }
  }

  @Test
  void writesEachCaptionBelowItsImage() {
    float[][] white = new float[3][1];
    for (float[] sample : white) {
      sample[0] = 1f;
    }
    ImageGrid grid = ImageGrid.of(ImageShape.grey(1, 1)).magnify(60).gap(10);
    Pixels pixels = Pixels.of(grid.row("", white, "", "24.1 dB", "").draw());
    int below = Theme.MARGIN + 60;
    assertThat(pixels.inked(new Rectangle(Theme.MARGIN + 70, below, 60, 20))).isTrue();
    assertThat(pixels.inked(new Rectangle(Theme.MARGIN, below, 60, 20))).isFalse();
    assertThat(pixels.inked(new Rectangle(Theme.MARGIN + 140, below, 60, 20))).isFalse();
    assertThat(pixels.inked(new Rectangle(Theme.MARGIN, Theme.MARGIN, 200, 60))).isFalse();
  }

  @Test
  void partsColumnsSoThatCaptionsDoNotTouch() {
    String caption = "a caption wider than its image";
    Picture picture =
        ImageGrid.of(GREY).row("", samples(3, GREY), caption, caption, caption).gap(9).draw();
    int text = Lettering.width(caption, TextStyle.CAPTION);
    assertThat(picture.width()).isEqualTo(2 * Theme.MARGIN + 3 * text + 2 * 9);
  }

  @Test
  void makesRoomForLabelsHeadersAndTitle() {
    Picture plain = ImageGrid.of(GREY).row("", samples(5, GREY)).draw();
    Picture labelled = ImageGrid.of(GREY).row("original", samples(5, GREY)).draw();
    Picture headed = ImageGrid.of(GREY).row("", samples(5, GREY)).columnHeaders("a").draw();
    Picture titled = ImageGrid.of(GREY).row("", samples(5, GREY)).title("t").draw();
    assertThat(labelled.width())
        .isEqualTo(plain.width() + Lettering.width("original", TextStyle.LABEL) + 2 * Theme.GAP);
    assertThat(labelled.height()).isEqualTo(plain.height());
    assertThat(headed.height()).isGreaterThan(plain.height());
    assertThat(titled.height()).isGreaterThan(plain.height());
    assertThat(Pixels.of(labelled).inked(new Rectangle(Theme.MARGIN, 0, 40, labelled.height())))
        .isTrue();
  }

  @Test
  void breaksATitleRatherThanCuttingIt() {
    String word = "reconstruction ";
    Picture picture = ImageGrid.of(GREY).title(word.repeat(12)).row("", samples(1, GREY)).draw();
    Pixels pixels = Pixels.of(picture);
    assertThat(picture.width()).isLessThan(Lettering.width(word.repeat(12), TextStyle.TITLE));
    assertThat(pixels.inked(new Rectangle(0, 0, Theme.MARGIN - 2, picture.height()))).isFalse();
    assertThat(
            pixels.inked(
                new Rectangle(
                    picture.width() - Theme.MARGIN + 2, 0, Theme.MARGIN - 2, picture.height())))
        .isFalse();
  }

  @Test
  void readsSourcesAsItReadsArrays() {
    float[][] samples = samples(4, GREY);
    ImageSource source = ImageSource.of(GREY, samples);
    assertThat(ImageGrid.of(GREY).row("x", source).draw().toPng())
        .isEqualTo(ImageGrid.of(GREY).row("x", samples).draw().toPng());
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    float[][] samples = samples(2, GREY);
    String[] captions = {"a", "b"};
    String[] headers = {"h"};
    ImageGrid grid = ImageGrid.of(GREY).row("", samples, captions).columnHeaders(headers);
    Picture picture = grid.draw();
    byte[] before = picture.toPng();
    Arrays.fill(samples[0], 0.5f);
    captions[0] = "changed";
    headers[0] = "changed";
    grid.magnify(2).gap(50).title("changed").row("more", samples).columnHeaders("x", "y");
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(grid.draw().toPng()).isNotEqualTo(before);
  }

  @Test
  void leavesTheLastRowOfTilesShort() {
    Picture picture = ImageGrid.of(GREY).tiles(3, samples(7, GREY)).magnify(1).gap(0).draw();
    assertThat(picture.width()).isEqualTo(2 * Theme.MARGIN + 3 * 4);
    assertThat(picture.height()).isEqualTo(2 * Theme.MARGIN + 3 * 4);
    assertThat(Pixels.of(picture).inked(new Rectangle(Theme.MARGIN + 4, Theme.MARGIN + 8, 8, 4)))
        .isFalse();
  }

  @Test
  void rejectsSamplesOfAnotherLength() {
    ImageGrid grid = ImageGrid.of(GREY);
    assertThatThrownBy(() -> grid.row("", new float[][] {new float[16], new float[15]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample 1 has 15 values, but shape 4x4x1 needs 16");
  }

  @Test
  void rejectsSourcesOfAnotherShape() {
    ImageGrid grid = ImageGrid.of(GREY);
    ImageSource source = ImageSource.of(RGB, new float[1][18]);
    assertThatThrownBy(() -> grid.row("", source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the images have shape 2x3x3, but this picture is for shape 4x4x1");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void rejectsPixelsThatAreNoNumbers(float value) {
    float[][] samples = new float[2][16];
    samples[1][5] = value;
    ImageGrid grid = ImageGrid.of(GREY);
    assertThatThrownBy(() -> grid.row("", samples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sample 1 holds " + value + " at position 5")
        .hasMessageContaining("diverged");
  }

  @Test
  void rejectsRowsAndGridsWithoutImages() {
    ImageGrid grid = ImageGrid.of(GREY);
    assertThatThrownBy(grid::draw)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("at least one row; call row or tiles");
    assertThatThrownBy(() -> grid.row("noisy", new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one image, but got none for noisy");
    assertThatThrownBy(() -> grid.tiles(3, new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one image");
  }

  @Test
  void rejectsCaptionsThatAreNotOneEach() {
    ImageGrid grid = ImageGrid.of(GREY);
    assertThatThrownBy(() -> grid.row("", new float[3][16], "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 captions for 3 images; give one for each image, or none");
    assertThatThrownBy(() -> grid.tiles(2, new float[3][16], "a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("2 captions for 3 images");
  }

  @Test
  void rejectsMoreHeadersThanColumns() {
    ImageGrid grid = ImageGrid.of(GREY).row("", new float[1][16]).columnHeaders("a", "b");
    assertThatThrownBy(grid::draw)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there are 2 column headers, but only 1 columns");
  }

  @Test
  void rejectsNumbersOutOfRange() {
    ImageGrid grid = ImageGrid.of(GREY);
    assertThatThrownBy(() -> grid.magnify(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("magnification must lie in 1 to 256, but was -1");
    assertThatThrownBy(() -> grid.magnify(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grid.gap(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gap must lie in 0 to 256, but was -1");
    assertThatThrownBy(() -> grid.tiles(0, new float[1][16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("columns must lie in 1 to");
  }

  @Test
  void rejectsImagesThatAreNeitherGreyNorColoured() {
    ImageShape latent = new ImageShape(8, 8, 16);
    assertThatThrownBy(() -> ImageGrid.of(latent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 channel (grey) or 3 (RGB), but shape 8x8x16 has 16")
        .hasMessageContaining("LatentChannels");
  }
}
