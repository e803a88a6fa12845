package io.github.autoencoder4j.datasets.internal.picture;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.encode;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.jpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.progressiveJpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos of more pixels than are decoded at a time: every one of them counts. */
class LargePictureTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({"png, true", "png, false", "gif, true", "gif, false", "jpeg, true", "jpeg, false"})
  void stripesOfOnePixelBecomeTheirMean(String format, boolean upright) throws IOException {
    BufferedImage stripes = new BufferedImage(2_300, 2_300, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 2_300; y++) {
      for (int x = 0; x < 2_300; x++) {
        stripes.getRaster().setSample(x, y, 0, (upright ? x : y) % 2 * 255);
      }
    }
    // Each new pixel covers whole pairs: 2,300 is 50 times 46.
    for (ImageShape shape : new ImageShape[] {ImageShape.grey(50, 50), ImageShape.grey(25, 25)}) {
      for (byte value : decode(encode(format, stripes), shape)) {
        assertThat(value & 0xFF).isCloseTo(128, within(1));
      }
    }
  }

  @Test
  void aDitheredPictureBecomesWhatWasDithered() throws IOException {
    int[] bayer = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};
    byte[] file =
        new PngFixture(
                4_000,
                4_000,
                0,
                1,
                false,
                (x, y) -> new int[] {bayer[y % 4 * 4 + x % 4] < x / 80 % 17 ? 1 : 0})
            .bytes();

    byte[] pixels = decode(file, ImageShape.grey(50, 50));

    for (int i = 0; i < pixels.length; i++) {
      assertThat((pixels[i] & 0xFF) / 255.0).isCloseTo(i % 50 % 17 / 16.0, within(1 / 255.0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "progressive", "grey"})
  void stripsOfAJpegAreThoseOfTheWhole(String kind) throws IOException {
    int type = kind.equals("grey") ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage noise = new BufferedImage(2_401, 2_300, type);
    long state = 1;
    for (int y = 0; y < 2_300; y++) {
      for (int x = 0; x < 2_401; x++) {
        state = state * 6_364_136_223_846_793_005L + 1;
        noise.setRGB(x, y, (int) (state >>> 40) & (x / 300 % 2 == 0 ? 0xFFFFFF : 0x3F7F1F));
      }
    }
    byte[] file = kind.equals("progressive") ? progressiveJpeg(noise) : jpeg(noise);
    BufferedImage whole = ImageIO.read(new ByteArrayInputStream(file));

    byte[] pixels = decode(file, new ImageShape(50, 50, 3));

    for (int i = 0; i < 2_500; i++) {
      double[] mean = new double[3];
      for (int j = 0; j < 46 * 46; j++) {
        int x = 50 + i % 50 * 46 + j % 46;
        int[] pixel = whole.getRaster().getPixel(x, i / 50 * 46 + j / 46, (int[]) null);
        for (int c = 0; c < 3; c++) {
          mean[c] += pixel[c % pixel.length] / (46.0 * 46);
        }
      }
      for (int c = 0; c < 3; c++) {
        assertThat((double) (pixels[c * 2_500 + i] & 0xFF)).isCloseTo(mean[c], within(0.51));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6})
  void pixelsTakeNoRoomOfTheirOwn(int type) throws IOException {
    int[] pixel = new int[4];
    byte[] file =
        new PngFixture(3_000, 3_000, type, 8, false, (x, y) -> pixel)
            .before("PLTE", new byte[3])
            .bytes();
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());

    decode(file, new ImageShape(64, 64, 3));

    long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    assertThat(after - before).as("bytes, where the pixels have 36 million").isLessThan(4 << 20);
  }

  private static byte[] decode(byte[] file, ImageShape shape) throws IOException {
    return new PictureDecoder(shape).decode(new ByteArrayImageInputStream(file));
  }
}
