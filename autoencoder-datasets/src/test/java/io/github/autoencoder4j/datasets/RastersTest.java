package io.github.autoencoder4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.random.RandomStream;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures in memory come out as the same pictures in files. */
class RastersTest {

  @Test
  void areScaledAsFilesAre(@TempDir Path folder) throws Exception {
    int width = 37;
    int height = 23;
    byte[] pixels = new byte[width * height * 3];
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    RandomStream random = RandomStream.of(1, "pixels");
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = random.nextInt(1 << 24);
        picture.setRGB(x, y, rgb);
        int at = (y * width + x) * 3;
        pixels[at] = (byte) rgb;
        pixels[at + 1] = (byte) (rgb >> 8);
        pixels[at + 2] = (byte) (rgb >> 16);
      }
    }
    ImageIO.write(picture, "png", folder.resolve("picture.png").toFile());
    for (ImageShape shape : new ImageShape[] {new ImageShape(8, 8, 3), new ImageShape(5, 11, 1)}) {
      ImageFiles files = ImageFiles.from(folder).resize(shape.height(), shape.width());
      float[] expected = (shape.channels() == 1 ? files.grey() : files).load().get(0);
      byte[] scaled = Rasters.scale(pixels, height, width, 3, shape);
      for (int i = 0; i < expected.length; i++) {
        assertThat((scaled[i] & 0xFF) / 255f).isEqualTo(expected[i]);
      }
    }
  }

  @Property(tries = 30)
  void planesOfOneColourStayIt(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll byte blue,
      @ForAll byte green,
      @ForAll byte red) {
    byte[] pixels = new byte[height * width * 4];
    for (int i = 0; i < pixels.length; i += 4) {
      pixels[i] = blue;
      pixels[i + 1] = green;
      pixels[i + 2] = red;
      pixels[i + 3] = (byte) 255;
    }
    byte[] scaled = Rasters.scale(pixels, height, width, 4, new ImageShape(2, 3, 3));
    for (int i = 0; i < 6; i++) {
      assertThat(scaled[i]).isEqualTo(red);
      assertThat(scaled[6 + i]).isEqualTo(green);
      assertThat(scaled[12 + i]).isEqualTo(blue);
    }
  }

  @Test
  void whatIsTransparentBecomesWhite() {
    byte[] scaled = Rasters.scale(new byte[4], 1, 1, 4, new ImageShape(1, 1, 3));
    assertThat(scaled).containsOnly((byte) 255);
  }

  @Test
  void saysWhatDoesNotFit() {
    ImageShape shape = new ImageShape(2, 2, 3);
    assertThatThrownBy(() -> Rasters.scale(new byte[11], 2, 2, 3, shape))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 12 bytes, but there are 11");
    assertThatThrownBy(() -> Rasters.scale(new byte[8], 2, 2, 2, shape))
        .hasMessageContaining("1, 3 or 4 bytes, but was said to have 2");
    assertThatThrownBy(() -> Rasters.scale(new byte[0], 0, 2, 3, shape))
        .hasMessageContaining("2 wide and 0 high");
    assertThatThrownBy(() -> Rasters.scale(new byte[3], 1, 1, 3, new ImageShape(1, 1, 2)))
        .hasMessageContaining("1 channel or 3");
  }
}
