package io.github.autoencoder4j.datasets.internal.picture;

import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.animatedGif;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.cmykJpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.corners;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.inserted;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.jpeg;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.oriented;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.plain;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.png;
import static io.github.autoencoder4j.datasets.internal.picture.PictureFixture.progressiveJpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {

  private static final ImageShape SHAPE = new ImageShape(8, 8, 3);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 500", "500, 1", "3, 7", "8, 8", "64, 48", "1000, 333"})
  void aPlainPictureStaysPlainAtAnySize(int width, int height) throws IOException {
    byte[] pixels = decode(png(plain(width, height, 0x336699)));

    assertPlain(pixels, 0x33, 0x66, 0x99);
  }

  @Test
  void shrinkingTakesTheMeanOfTheArea() throws IOException {
    // A fine checkerboard: a decoder that picks pixels would give black or white.
    BufferedImage board = plain(64, 64, 0);
    for (int i = 0; i < 64 * 64; i++) {
      if ((i % 64 + i / 64) % 2 == 0) {
        board.setRGB(i % 64, i / 64, 0xFFFFFF);
      }
    }
    assertPlain(decode(png(board)), 128, 128, 128);
  }

  @Test
  void shrinkingWeighsPixelsByTheShareThatIsCovered() throws IOException {
    BufferedImage three = plain(3, 3, 0);
    for (int y = 0; y < 3; y++) {
      three.setRGB(0, y, 0xFFFFFF);
    }
    // Two new columns of one and a half old ones each: 2/3 white, then black.
    byte[] pixels = decode(png(three), ImageShape.grey(2, 2));

    assertThat(unsigned(pixels)).containsExactly(170, 0, 170, 0);
  }

  @Test
  void enlargingInterpolates() throws IOException {
    BufferedImage two = plain(2, 2, 0);
    two.setRGB(1, 0, 0xFFFFFF);
    two.setRGB(1, 1, 0xFFFFFF);
    byte[] pixels = decode(png(two), ImageShape.grey(4, 4));

    assertThat(unsigned(Arrays.copyOf(pixels, 4))).containsExactly(0, 64, 191, 255);
  }

  @Property(tries = 100)
  void resamplingWeightsSumToOneAndStayInside(
      @ForAll @IntRange(min = 1, max = 400) int from,
      @ForAll @IntRange(min = 1, max = 400) int to) {
    AxisWeights resampling = AxisWeights.of(from, to);

    assertThat(resampling.length()).isEqualTo(to);
    double[] used = new double[from];
    for (int i = 0; i < to; i++) {
      double sum = 0;
      for (int j = 0; j < resampling.weights(i).length; j++) {
        assertThat(resampling.weights(i)[j]).isNotNegative();
        sum += resampling.weights(i)[j];
        used[resampling.start(i) + j] += resampling.weights(i)[j];
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
    if (to <= from) {
      // Shrinking loses nothing: every old pixel counts as much as every other.
      for (double use : used) {
        assertThat(use).isCloseTo((double) to / from, within(1e-4));
      }
    }
  }

  @Test
  void takesTheLargestCentredPart() throws IOException {
    BufferedImage wide = plain(40, 20, 0xFF0000);
    for (int y = 0; y < 20; y++) {
      for (int x = 10; x < 30; x++) {
        wide.setRGB(x, y, 0x0000FF);
      }
    }
    assertPlain(decode(png(wide)), 0, 0, 255);
  }

  @Test
  void cutsToTheWantedProportions() throws IOException {
    BufferedImage square = plain(40, 40, 0xFF0000);
    for (int y = 10; y < 30; y++) {
      for (int x = 0; x < 40; x++) {
        square.setRGB(x, y, 0x0000FF);
      }
    }
    byte[] pixels = decode(png(square), new ImageShape(4, 8, 3));

    assertThat(unsigned(Arrays.copyOfRange(pixels, 64, 96))).containsOnly(255);
    assertThat(unsigned(Arrays.copyOf(pixels, 32))).containsOnly(0);
  }

  @Test
  void greyKeepsItsValues() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    fill(grey.getRaster(), 100);

    // Java itself would turn 100 into 166 on the way to RGB.
    assertPlain(decode(png(grey)), 100, 100, 100);
    assertPlain(decode(jpeg(grey)), 100, 100, 100);
  }

  @Test
  void coloursBecomeGreyByLuma() throws IOException {
    byte[] pixels = decode(png(plain(4, 4, 0xFF8000)), ImageShape.grey(2, 2));

    assertThat(unsigned(pixels)).containsOnly((int) Math.round(0.299 * 255 + 0.587 * 128));
  }

  @Test
  void readsSixteenBits() throws IOException {
    BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_USHORT_GRAY);
    fill(grey.getRaster(), 0x8080);
    assertPlain(decode(png(grey)), 128, 128, 128);

    BufferedImage colour = deep(false);
    fill(colour.getRaster(), 0x1111, 0x8080, 0xFFFF);
    assertPlain(decode(png(colour)), 17, 128, 255);
  }

  @Test
  void laysTransparentPicturesOverWhite() throws IOException {
    BufferedImage half = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      half.setRGB(i % 16, i / 16, 0x80FF0000);
    }
    assertPlain(decode(png(half)), 255, 127, 127);

    BufferedImage deep = deep(true);
    fill(deep.getRaster(), 0, 0, 0xFFFF, 0x8080);
    assertPlain(decode(png(deep)), 127, 127, 255);

    // The colour of what is invisible must not bleed into its neighbours.
    BufferedImage stripes = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      stripes.setRGB(i % 16, i / 16, i % 2 == 0 ? 0xFF0000FF : 0x0000FF00);
    }
    assertPlain(decode(png(stripes)), 128, 128, 255);
  }

  @Test
  void readsPalettes() throws IOException {
    byte[] reds = {0, (byte) 200};
    byte[] others = {0, 10};
    IndexColorModel palette = new IndexColorModel(1, 2, reds, others, others);
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY, palette);
    fill(image.getRaster(), 1);

    assertPlain(decode(png(image)), 200, 10, 10);
    // Means are taken of colours, not of palette numbers.
    for (int i = 0; i < 256; i += 2) {
      image.getRaster().setSample(i % 16, i / 16, 0, 0);
    }
    assertPlain(decode(png(image)), 100, 5, 5);
  }

  @Test
  void readsCmyk() throws IOException {
    byte[] pixels = decode(cmykJpeg(0, 200, 200, 20));

    assertThat(pixels[0] & 0xFF).isGreaterThan(200);
    assertThat(pixels[64] & 0xFF).isLessThan(90);
    assertThat(pixels[128] & 0xFF).isLessThan(90);
  }

  @Test
  void takesTheFirstFrameOfAnAnimation() throws IOException {
    byte[] pixels = decode(animatedGif(plain(9, 9, 0x00FF00), plain(9, 9, 0xFF0000)));

    assertPlain(pixels, 0, 255, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, R, G, B, W",
    "2, G, R, W, B",
    "3, W, B, G, R",
    "4, B, W, R, G",
    "5, R, B, G, W",
    "6, B, R, W, G",
    "7, W, G, B, R",
    "8, G, W, R, B"
  })
  void standsPicturesUpright(
      int exif, char topLeft, char topRight, char bottomLeft, char bottomRight) throws IOException {
    byte[] pixels = decode(oriented(jpeg(corners(64, 64)), exif));

    assertThat(colour(pixels, 1, 1)).isEqualTo(topLeft);
    assertThat(colour(pixels, 6, 1)).isEqualTo(topRight);
    assertThat(colour(pixels, 1, 6)).isEqualTo(bottomLeft);
    assertThat(colour(pixels, 6, 6)).isEqualTo(bottomRight);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 10, 12, 14, 18, 20, 22, 24, 28})
  void readsPicturesWithDamagedExif(int position) throws IOException {
    byte[] file = oriented(jpeg(plain(64, 64, 0x808080)), 6);
    Arrays.fill(file, 2 + 4 + position, 2 + 4 + position + 4, (byte) 0xEE);

    assertPlain(decode(file), 128, 128, 128);
  }

  @Test
  void cutsTurnedPicturesToTheUprightProportions() throws IOException {
    // Stored 32 wide and 64 high, upright 64 wide and 32 high: nothing is cut for 4x8.
    ImageShape wide = new ImageShape(4, 8, 3);
    byte[] pixels = decode(oriented(jpeg(corners(32, 64)), 6), wide);

    assertThat(pixels[2 * 32] & 0xFF).as("blue at the top left").isGreaterThan(200);
    assertThat(pixels[7] & 0xFF).as("red at the top right").isGreaterThan(200);
    assertThat(pixels[32 + 3 * 8 + 7] & 0xFF).as("green at the bottom right").isGreaterThan(200);
  }

  @Test
  void readsHugePicturesAtReducedSize() throws IOException {
    byte[] huge = hugePng(20_000, 20_000);
    long before = allocated();

    assertPlain(decode(huge), 128, 128, 128);
    assertThat(allocated() - before).as("bytes allocated").isLessThan(4L << 20);
  }

  @Test
  void readsProgressiveJpegs() throws IOException {
    byte[] pixels = decode(progressiveJpeg(plain(100, 100, 0x808080)));

    assertPlain(pixels, 128, 128, 128);
  }

  @Test
  void rejectsGigapixelsBeforeDecoding() throws IOException {
    byte[] claim = hugePng(16, 16);
    claim[16] = 0x7F; // the width is now over two thousand million
    fixHeaderChecksum(claim);

    assertThatThrownBy(() -> decode(claim)).isInstanceOf(IOException.class);

    byte[] jpeg = jpeg(plain(16, 16, 0));
    int frame = indexOf(jpeg, (byte) 0xFF, (byte) 0xC0);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xFE); // 65278 x 65278
    assertThatThrownBy(() -> decode(jpeg))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("65278 x 65278");
  }

  @Test
  void rejectsProgressiveJpegsThatWouldFillNativeMemory() throws IOException {
    byte[] jpeg = progressiveJpeg(plain(16, 16, 0));
    int frame = indexOf(jpeg, (byte) 0xFF, (byte) 0xC2);
    jpeg[frame + 5] = 0x30;
    jpeg[frame + 7] = 0x30; // 12304 x 12304: fine for a baseline JPEG

    assertThatThrownBy(() -> decode(jpeg))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("progressive");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.7, 0.9, 0.99})
  void rejectsTruncatedPictures(double share) {
    byte[] jpeg = jpeg(noisy());
    byte[] png = png(noisy());

    assertThatThrownBy(() -> decode(Arrays.copyOf(jpeg, (int) (jpeg.length * share))))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decode(Arrays.copyOf(png, (int) (png.length * share))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void rejectsWhatIsNoPicture() {
    assertThatThrownBy(() -> decode("I am a text file".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("not a JPEG, PNG or GIF");
    assertThatThrownBy(() -> decode(new byte[0]))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> decode(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}))
        .isInstanceOf(BrokenPictureException.class);
  }

  @Property(tries = 150)
  void damagedPicturesGiveAnErrorOrAPicture(
      @ForAll @IntRange(max = 100_000) int position,
      @ForAll byte value,
      @ForAll @IntRange(max = 2) int format)
      throws IOException {
    byte[] file = PictureFixture.encode(new String[] {"jpeg", "png", "gif"}[format], noisy());
    file[position % file.length] = value;
    byte[] pixels;
    try {
      pixels = decode(file);
    } catch (IOException | RuntimeException expected) {
      return;
    }
    assertThat(pixels).hasSize(SHAPE.size());
  }

  private static byte[] decode(byte[] file) throws IOException {
    return decode(file, SHAPE);
  }

  private static byte[] decode(byte[] file, ImageShape shape) throws IOException {
    try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(file)) {
      return new PictureDecoder(shape).decode(in);
    }
  }

  private static void assertPlain(byte[] pixels, int red, int green, int blue) {
    int[] wanted = {red, green, blue};
    assertThat(pixels).hasSize(SHAPE.size());
    for (int i = 0; i < pixels.length; i++) {
      // One step of 255 for rounding and JPEG.
      assertThat(pixels[i] & 0xFF).isCloseTo(wanted[i / 64], within(1));
    }
  }

  private static int[] unsigned(byte[] pixels) {
    int[] values = new int[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
    }
    return values;
  }

  private static char colour(byte[] pixels, int x, int y) {
    boolean red = (pixels[y * 8 + x] & 0xFF) > 128;
    boolean green = (pixels[64 + y * 8 + x] & 0xFF) > 128;
    return red && green ? 'W' : red ? 'R' : green ? 'G' : 'B';
  }

  private static void fill(WritableRaster raster, int... samples) {
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        raster.setPixel(x, y, samples);
      }
    }
  }

  private static BufferedImage deep(boolean alpha) {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
            DataBuffer.TYPE_USHORT);
    return new BufferedImage(model, model.createCompatibleWritableRaster(16, 16), false, null);
  }

  private static BufferedImage noisy() {
    BufferedImage image = plain(60, 60, 0);
    long state = 1;
    for (int i = 0; i < 3_600; i++) {
      state = state * 6_364_136_223_846_793_005L + 1;
      image.setRGB(i % 60, i / 60, (int) (state >>> 40));
    }
    return image;
  }

  /** A grey PNG written row by row, since no test should hold a picture of that size. */
  private static byte[] hugePng(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(header);
    fields.writeInt(width);
    fields.writeInt(height);
    fields.write(new byte[] {8, 0, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] row = new byte[width + 1];
    Arrays.fill(row, 1, row.length, (byte) 128);
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < height; y++) {
        deflater.write(row);
      }
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    out.writeInt(data.length);
    byte[] typed = inserted(data, 0, type.getBytes(StandardCharsets.US_ASCII));
    out.write(typed);
    CRC32 checksum = new CRC32();
    checksum.update(typed);
    out.writeInt((int) checksum.getValue());
  }

  private static void fixHeaderChecksum(byte[] png) {
    CRC32 checksum = new CRC32();
    checksum.update(png, 12, 17);
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (checksum.getValue() >>> (24 - 8 * i));
    }
  }

  private static int indexOf(byte[] bytes, byte first, byte second) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == first && bytes[i + 1] == second) {
        return i;
      }
    }
    throw new AssertionError("no such marker");
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
