package io.github.autoencoder4j.datasets.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GifPictureTest {

  private static final byte[] BLACK_AND_RED = {0, 0, 0, (byte) 255, 0, 0};

  @Provide
  Arbitrary<ImageShape> shapes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 24),
            Arbitraries.integers().between(1, 24),
            Arbitraries.of(1, 3))
        .as(ImageShape::new);
  }

  @Property(tries = 800, edgeCases = EdgeCasesMode.NONE)
  void isItsFirstFrameOnItsCanvas(
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 11) int codeBits,
      @ForAll boolean interlaced,
      @ForAll boolean local,
      @ForAll boolean transparent,
      @ForAll("shapes") ImageShape shape,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int left = random.nextInt(width);
    int top = random.nextInt(height);
    int columns = 1 + random.nextInt(width - left);
    int rows = 1 + random.nextInt(height - top);
    int entries = 1 << Math.min(8, codeBits);
    byte[] palette = new byte[3 * entries];
    random.nextBytes(palette);
    int varied = 1 + random.nextInt(entries); // few make long words, many fill the table
    int[] indices = random.ints((long) columns * rows, 0, varied).toArray();
    int key = transparent ? indices[0] : -1;
    GifFixture gif =
        new GifFixture(
            width,
            height,
            new int[] {left, top, columns, rows},
            indices,
            palette,
            local,
            key,
            interlaced,
            codeBits);

    double[] expected =
        ReferenceScaler.scale(
            (x, y) -> {
              boolean inside = x >= left && x < left + columns && y >= top && y < top + rows;
              int index = inside ? indices[(y - top) * columns + x - left] : -1;
              double[] pixel = new double[4];
              for (int c = 0; index >= 0 && index != key && c < 3; c++) {
                pixel[c] = (palette[3 * index + c] & 0xFF) / 255.0;
                pixel[3] = 1;
              }
              return pixel;
            },
            width,
            height,
            shape);
    byte[] pixels = decode(gif.bytes(), shape);
    for (int i = 0; i < pixels.length; i++) {
      assertThat((double) (pixels[i] & 0xFF))
          .as("value %d", i)
          .isCloseTo(expected[i], within(0.51));
    }
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void isWhatTheWriterOfTheJdkWrote(
      @ForAll @IntRange(min = 1, max = 150) int width,
      @ForAll @IntRange(min = 1, max = 150) int height,
      @ForAll long seed)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED);
    Random random = new Random(seed);
    int levels = 1 + random.nextInt(256);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, random.nextInt(levels));
    }
    byte[] file = PictureFixture.encode("gif", image);

    byte[] pixels = decode(file, new ImageShape(height, width, 3));

    for (int i = 0; i < width * height; i++) {
      int argb = image.getRGB(i % width, i / width);
      int expected = argb >>> 24 == 0 ? 0xFFFFFF : argb & 0xFFFFFF;
      int red = pixels[i] & 0xFF;
      int green = pixels[width * height + i] & 0xFF;
      assertThat((red << 16) | (green << 8) | (pixels[2 * width * height + i] & 0xFF))
          .isEqualTo(expected);
    }
  }

  @Test
  void growsACanvasThatIsTooSmallForTheFrame() throws IOException {
    for (int side : new int[] {0, 3}) {
      int[] ones = new int[16];
      Arrays.fill(ones, 1);
      byte[] pixels = decode(gif(side, side, 4, 4, ones, BLACK_AND_RED), ImageShape.grey(4, 4));
      assertThat(pixels).containsOnly(76);
    }
  }

  @Test
  void takesEntriesThatThePaletteHasNotForBlack() throws IOException {
    int[] indices = {0, 1, 2, 3};
    byte[] file =
        new GifFixture(2, 2, new int[] {0, 0, 2, 2}, indices, BLACK_AND_RED, true, -1, false, 2)
            .bytes();

    assertThat(decode(file, ImageShape.grey(2, 2))).containsExactly(0, 76, 0, 0);
  }

  @Test
  void overlooksAMissingTrailer() throws IOException {
    byte[] file = gif(4, 4, 4, 4, new int[16], BLACK_AND_RED);

    assertThat(decode(Arrays.copyOf(file, file.length - 1), ImageShape.grey(1, 1)))
        .containsExactly(0);
  }

  @Test
  void refusesWhatHasNoPixels() {
    byte[] whole = gif(4, 4, 4, 4, new int[16], BLACK_AND_RED);
    for (int length = 8; length < whole.length - 4; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut, ImageShape.grey(1, 1)))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(BrokenPictureException.class)
          .hasMessage("is truncated");
    }
    assertRefused(gif(4, 4, 4, 4, new int[15], BLACK_AND_RED), "truncated");
    assertRefused(gif(4, 4, 0, 4, new int[1], BLACK_AND_RED), "first frame has no pixels");
    assertRefused(gif(4, 4, 4, 4, new int[16], null), "without a palette");
    byte[] nothing = Arrays.copyOf(whole, 13 + 6 + 1);
    nothing[19] = 0x3B;
    assertRefused(nothing, "without a picture");
    int codes = 13 + BLACK_AND_RED.length + 7 + 10; // header, palette, comment, frame
    byte[] wide = whole.clone();
    wide[codes] = 12;
    assertRefused(wide, "start with 12 bits");
    // After the code that clears the table, one that nothing was put in for.
    byte[] odd =
        PictureFixture.inserted(Arrays.copyOf(whole, codes), codes, new byte[] {2, 1, 0x3C, 0});
    assertRefused(odd, "stands for nothing");
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> decode(file, ImageShape.grey(1, 1)))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining(reason);
  }

  private static byte[] gif(
      int width, int height, int columns, int rows, int[] indices, byte[] palette) {
    int[] frame = {0, 0, columns, rows};
    return new GifFixture(width, height, frame, indices, palette, false, -1, false, 2).bytes();
  }

  private static byte[] decode(byte[] file, ImageShape shape) throws IOException {
    return new PictureDecoder(shape).decode(new ByteArrayImageInputStream(file));
  }
}
