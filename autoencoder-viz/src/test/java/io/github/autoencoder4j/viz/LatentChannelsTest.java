package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatentChannelsTest {

  private static final ImageShape LATENT = new ImageShape(2, 2, 4);
  private static final int FACTOR = 10;
  private static final int PITCH = 2 * FACTOR + 2;

  /** Values 0 to 15, plane by plane. */
  private static float[][] latents(int count) {
    float[][] latents = new float[count][LATENT.size()];
    for (float[] latent : latents) {
      for (int i = 0; i < latent.length; i++) {
        latent[i] = i;
      }
    }
    return latents;
  }

  private static int at(Pixels pixels, int channel, int row, int column) {
    int x = Theme.MARGIN + channel % 2 * PITCH + column * FACTOR;
    int y = top(pixels) + channel / 2 * PITCH + row * FACTOR;
    int rgb = pixels.at(x, y);
    assertThat(pixels.at(x + FACTOR - 1, y + FACTOR - 1)).isEqualTo(rgb);
    return rgb;
  }

  /** Where the channels begin, which is lower if the label of the colour bar needs room. */
  private static int top(Pixels pixels) {
    int y = Theme.MARGIN;
    while (pixels.at(Theme.MARGIN, y) == Pixels.WHITE) {
      y++;
    }
    return y;
  }

  @Test
  void keepsTheColourBarBesideTheChannelsWhereItsLabelIsLonger() {
    LatentChannels channels = LatentChannels.of(LATENT, latents(1)).colors(ColorMap.VIRIDIS);
    for (int factor : new int[] {FACTOR, 40}) {
      Pixels pixels = Pixels.of(channels.magnify(factor).draw());
      assertThat(pixels.keepsItsMargin()).isTrue();
      // The largest value is in the last channel, far below the upper end of the bar.
      assertThat(pixels.bounds(ColorMap.VIRIDIS.rgb(1), 0).y)
          .isEqualTo(top(pixels) + Lettering.height(TextStyle.TICK) / 2);
    }
  }

  /** One row as high as the channels beside it would be thousands of pixels wide. */
  @Test
  void showsSequencesBesideTheirCodes() {
    ImageShape signal = new ImageShape(1, 64, 1);
    ImageShape code = new ImageShape(1, 8, 4);
    Picture picture =
        LatentChannels.of(code, new float[2][code.size()])
            .images(signal, new float[2][signal.size()], new float[2][signal.size()])
            .draw();

    assertThat(picture.width()).isBetween(2 * 64, 1_000);
    assertThat(ImageGrid.of(signal).tiles(2, new float[4][64]).draw().width())
        .isBetween(2 * 64, 1_000);
  }

  @Test
  void laysChannelsOutInReadingOrderWithOneRange() {
    Pixels pixels =
        Pixels.of(
            LatentChannels.of(LATENT, latents(1)).colors(ColorMap.VIRIDIS).magnify(FACTOR).draw());
    for (int i = 0; i < 16; i++) {
      assertThat(at(pixels, i / 4, i % 4 / 2, i % 2)).isEqualTo(ColorMap.VIRIDIS.rgb(i / 15.0));
    }
  }

  @Test
  void givesEachChannelItsOwnRange() {
    Pixels pixels =
        Pixels.of(
            LatentChannels.of(LATENT, latents(1))
                .colors(ColorMap.VIRIDIS)
                .rangePerChannel()
                .magnify(FACTOR)
                .draw());
    for (int i = 0; i < 16; i++) {
      assertThat(at(pixels, i / 4, i % 4 / 2, i % 2)).isEqualTo(ColorMap.VIRIDIS.rgb(i % 4 / 3.0));
    }
  }

  @Test
  void showsZeroInTheMiddleOfDivergingColours() {
    Pixels pixels = Pixels.of(LatentChannels.of(LATENT, latents(1)).magnify(FACTOR).draw());
    assertThat(at(pixels, 0, 0, 0)).isEqualTo(ColorMap.DIVERGING.rgb(0.5));
    assertThat(at(pixels, 3, 1, 1)).isEqualTo(ColorMap.DIVERGING.rgb(1));
  }

  @Test
  void showsChannelsThatAreAllEqual() {
    Picture picture =
        LatentChannels.of(LATENT, new float[1][16]).rangePerChannel().magnify(FACTOR).draw();
    assertThat(at(Pixels.of(picture), 2, 1, 0)).isEqualTo(ColorMap.DIVERGING.rgb(0.5));
  }

  @Test
  void putsOriginalAndReconstructionBeforeTheChannels() {
    ImageShape image = new ImageShape(21, 21, 3);
    float[][] red = new float[1][image.size()];
    Arrays.fill(red[0], 0, 441, 1f);
    float[][] green = new float[1][image.size()];
    Arrays.fill(green[0], 441, 882, 1f);
    Pixels pixels =
        Pixels.of(
            LatentChannels.of(LATENT, latents(1)).images(image, red, green).magnify(FACTOR).draw());
    // 42 pixels high, as the channels: the images fit twice enlarged.
    Rectangle left = pixels.bounds(0xff0000, 0);
    Rectangle right = pixels.bounds(0x00ff00, 0);
    assertThat(left.getSize()).isEqualTo(new Dimension(42, 42));
    assertThat(right.getSize()).isEqualTo(left.getSize());
    assertThat(right.y).isEqualTo(left.y);
    assertThat(right.x).isEqualTo(left.x + 42 + 6);
    assertThat(pixels.at(right.x + 42 + 6, left.y)).isEqualTo(ColorMap.DIVERGING.rgb(0.5));
  }

  @Test
  void standsInRowsOfTheAskedLength() {
    LatentChannels channels =
        LatentChannels.of(LATENT, latents(5)).rangePerChannel().magnify(FACTOR);
    int block = 2 * PITCH - 2;
    Picture column = channels.draw();
    assertThat(column.width()).isEqualTo(2 * Theme.MARGIN + block);
    Picture rows = channels.perRow(3).draw();
    assertThat(rows.width()).isEqualTo(2 * Theme.MARGIN + 3 * block + 2 * 2 * Theme.MARGIN);
    assertThat(rows.height()).isEqualTo(2 * Theme.MARGIN + 2 * block + Theme.MARGIN);
  }

  @Test
  void keepsItsPictureWhateverHappensToBuilderAndArraysAfterwards() {
    float[][] latents = latents(2);
    LatentChannels channels = LatentChannels.of(LATENT, latents).captions("a", "b");
    Picture picture = channels.draw();
    byte[] before = picture.toPng();
    latents[0][0] = 99;
    channels.magnify(3).perRow(2).rangePerChannel().colors(ColorMap.GREY).captions("c", "d");
    assertThat(picture.toPng()).isEqualTo(before);
    assertThat(channels.draw().toPng()).isNotEqualTo(before);
  }

  @Test
  void rejectsLatentsThatDoNotFit() {
    assertThatThrownBy(() -> LatentChannels.of(LATENT, new float[0][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one latent");
    assertThatThrownBy(() -> LatentChannels.of(LATENT, new float[][] {new float[15]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("latent 0 has 15 values, but shape 2x2x4 needs 16");
    float[][] latents = latents(2);
    latents[1][3] = Float.NaN;
    assertThatThrownBy(() -> LatentChannels.of(LATENT, latents))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a value of latent 1 must be a finite number, but was NaN");
  }

  @Test
  void rejectsImagesAndCaptionsThatAreNotOneEach() {
    LatentChannels channels = LatentChannels.of(LATENT, latents(2));
    ImageShape grey = ImageShape.grey(1, 1);
    assertThatThrownBy(() -> channels.images(grey, new float[1][1], new float[2][1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 originals for 2 latents; give one for each");
    assertThatThrownBy(() -> channels.images(grey, new float[2][1], new float[3][1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 reconstructions for 2 latents; give one for each");
    assertThatThrownBy(() -> channels.captions("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 captions for 2 latents; give one for each");
    assertThatThrownBy(() -> channels.images(LATENT, new float[2][16], new float[2][16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 channel (grey) or 3 (RGB)");
    assertThatThrownBy(() -> channels.perRow(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("latents a row must lie in 1 to");
    assertThatThrownBy(() -> channels.magnify(-3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("magnification must lie in 1 to 256, but was -3");
  }
}
