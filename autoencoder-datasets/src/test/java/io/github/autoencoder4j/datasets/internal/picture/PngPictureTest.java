package io.github.autoencoder4j.datasets.internal.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Bytes;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.datasets.internal.items.BrokenPictureException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngPictureTest {

  private static final ImageShape DOT = new ImageShape(1, 1, 3);

  /** Wider than wanted, one colour of it transparent: what the reader of the JDK shifts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void cutsPicturesWithATransparentColourWhereTheyMustBeCut(int type) throws IOException {
    PngFixture.Samples ramp = (x, y) -> type == 0 ? new int[] {x} : new int[] {x, 10, 20};
    byte[] png =
        new PngFixture(160, 64, type, 8, false, ramp)
            .before("tRNS", new byte[2 * (type + 1)])
            .bytes();

    int[] pixels = decode(png, new ImageShape(64, 64, 3));

    for (int x = 0; x < 64; x++) {
      assertThat(pixels[32 * 64 + x]).isEqualTo(48 + x);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void findsATransparentGreyOfAnyDepth(int bits) throws IOException {
    int key = (1 << bits) / 2;
    PngFixture.Samples halves = (x, y) -> new int[] {x < 4 ? key : 0};
    byte[] tRNS = {(byte) (key >> 8), (byte) key};

    int[] pixels =
        decode(
            new PngFixture(8, 8, 0, bits, false, halves).before("tRNS", tRNS).bytes(),
            new ImageShape(1, 2, 3));

    assertThat(pixels).containsExactly(255, 0, 255, 0, 255, 0);
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
  void standsPicturesUprightHoweverTheirExifIsKept(
      int number, char topLeft, char topRight, char bottomLeft, char bottomRight)
      throws IOException {
    byte[] exif = PngFixture.exif(number);
    byte[] headed = Bytes.concat("Exif\0\0".getBytes(ISO_8859_1), exif);
    byte[] raw =
        "\nexif\n      %s\n%s\n"
            .formatted(headed.length, lines(HexFormat.of().formatHex(headed)))
            .getBytes(ISO_8859_1);
    byte[] text = Bytes.concat("Raw profile type exif\0".getBytes(ISO_8859_1), raw);
    byte[][] files = {
      corners().before("eXIf", exif).bytes(),
      corners().after("eXIf", exif).bytes(),
      corners().before("eXIf", headed).bytes(),
      corners().before("tEXt", text).bytes(),
      corners().after("tEXt", text).bytes(),
      corners().after("zTXt", PngFixture.compressed("Raw profile type APP1", raw)).bytes(),
    };
    for (byte[] file : files) {
      int[] pixels = decode(file, new ImageShape(2, 2, 3));
      String seen = "";
      for (int i = 0; i < 4; i++) {
        seen += pixels[i] > 128 ? pixels[4 + i] > 128 ? 'W' : 'R' : pixels[4 + i] > 128 ? 'G' : 'B';
      }
      assertThat(seen).isEqualTo("" + topLeft + topRight + bottomLeft + bottomRight);
    }
  }

  private static String lines(String digits) {
    return digits.replaceAll("(.{72})", "$1\n");
  }

  private static PngFixture corners() {
    int[][] colours = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};
    return new PngFixture(32, 32, 2, 8, false, (x, y) -> colours[y / 16 * 2 + x / 16]);
  }

  @Test
  void convertsColoursByTheirProfile() throws IOException {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] standard = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    byte[] grey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

    // The sRGB curve takes 0.2 of the light to 0.485 and 0.6 to 0.798.
    assertClose(decode(profiled(linear), DOT), 124, 203, 255);
    assertClose(decode(profiled(standard), DOT), 51, 153, 255);
    assertClose(decode(profiled(grey), DOT), 51, 153, 255);
    // Entries of a palette have the profile's colours too.
    byte[] entries = {51, (byte) 153, (byte) 255, 0, 0, 0};
    byte[] palette =
        new PngFixture(4, 4, 3, 1, false, (x, y) -> new int[] {0})
            .before("iCCP", PngFixture.compressed("p", linear))
            .before("PLTE", entries)
            .bytes();
    assertClose(decode(palette, DOT), 124, 203, 255);
  }

  @Test
  void overlooksAProfileThatIsDamaged() throws IOException {
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    for (int length : new int[] {0, 1, 4, 127, 128, 140, linear.length / 2}) {
      assertClose(decode(profiled(Arrays.copyOf(linear, length)), DOT), 51, 153, 255);
    }
    byte[] tags = linear.clone();
    Arrays.fill(tags, 128, 300, (byte) 0xEE);
    assertClose(decode(profiled(tags), DOT), 51, 153, 255);
    byte[] whole = PngFixture.compressed("p", linear);
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    assertClose(decode(dyed().before("iCCP", cut).bytes(), DOT), 51, 153, 255);
    assertClose(decode(dyed().before("iCCP", whole[0]).bytes(), DOT), 51, 153, 255);
    assertClose(decode(dyed().damaged("iCCP", whole).bytes(), DOT), 51, 153, 255);
  }

  private static PngFixture dyed() {
    return PngFixture.plain(4, 4, 51, 153, 255);
  }

  private static byte[] profiled(byte[] profile) {
    return dyed().before("iCCP", PngFixture.compressed("p", profile)).bytes();
  }

  @Test
  void overlooksWhatIsNotAboutPixels() throws IOException {
    byte[] file =
        dyed()
            .before("gAMA", (byte) 0, (byte) 1)
            .before("teSt", new byte[50])
            .before("zTXt", new byte[50])
            .damaged("eXIf", PngFixture.exif(6))
            .before("eXIf", Arrays.copyOf(PngFixture.exif(6), 20))
            .before("tEXt", "Raw profile type exif\0\nexif\n 4\nzz".getBytes(ISO_8859_1))
            .after("tRNS", (byte) 0, (byte) 51, (byte) 0, (byte) 153, (byte) 0, (byte) 255)
            .bytes();

    assertClose(decode(file, DOT), 51, 153, 255);
    // Nothing but the last chunk is missing.
    assertClose(
        decode(Arrays.copyOf(dyed().bytes(), dyed().bytes().length - 12), DOT), 51, 153, 255);
  }

  @Test
  void comparesOnlyAsManyBitsOfATransparentColourAsSamplesHave() throws IOException {
    byte[] key = {1, 51, 1, (byte) 153, 1, (byte) 255};

    assertThat(decode(dyed().before("tRNS", key).bytes(), DOT)).containsOnly(255);
  }

  @Test
  void takesEntriesThatThePaletteHasNotForBlack() throws IOException {
    byte[] file =
        new PngFixture(4, 4, 3, 8, false, (x, y) -> new int[] {7})
            .before("PLTE", new byte[] {9, 9, 9})
            .bytes();

    assertThat(decode(file, DOT)).containsOnly(0);
  }

  @Test
  void refusesWhatWouldBeMisread() {
    byte[] entry = {1, 2, 3};
    assertRefused(dyed().before("CgBI", new byte[4]).bytes(), "CgBI");
    assertRefused(dyed().damaged("PLTE", entry).bytes(), "PLTE is damaged");
    assertRefused(dyed().damaged("tRNS", new byte[6]).bytes(), "tRNS is damaged");
    assertRefused(dyed().before("PLTE", entry).before("PLTE", entry).bytes(), "twice");
    assertRefused(
        new PngFixture(4, 4, 3, 8, false, (x, y) -> new int[] {0}).bytes(), "palette is missing");
    for (int[] kind :
        new int[][] {{1, 8}, {2, 4}, {3, 16}, {4, 4}, {5, 8}, {6, 4}, {0, 3}, {7, 8}}) {
      byte[] file =
          new PngFixture(4, 4, kind[0], kind[1], false, (x, y) -> new int[4])
              .before("PLTE", entry)
              .bytes();
      assertRefused(
          file, "unsupported kind: colour type %s with %s bits".formatted(kind[0], kind[1]));
    }
  }

  @Test
  void refusesEveryDamageToThePixels() throws IOException {
    ImageShape whole = new ImageShape(9, 9, 3);
    byte[] file =
        new PngFixture(9, 9, 2, 8, false, (x, y) -> new int[] {x * 28, y * 28, x * y})
            .filters(new Random(1), 7)
            .bytes();
    int[] pixels = decode(file, whole);
    int refused = 0;
    for (int i = 8 + 25; i < file.length - 12; i++) {
      byte[] damaged = file.clone();
      damaged[i] ^= 1;
      refused += isRefused(damaged, whole, pixels) ? 1 : 0;
    }
    // All but damage to the length of the last chunks, which hold a checksum of what is there.
    assertThat(refused).isGreaterThan(file.length - 8 - 25 - 12 - 10);
    for (int length = 8; length < file.length; length++) {
      boolean cut = isRefused(Arrays.copyOf(file, length), whole, pixels);
      assertThat(cut || length > file.length - 12 - 3 * 12).isTrue();
    }
  }

  /** Whether a file is refused; if not, it must be right. */
  private static boolean isRefused(byte[] file, ImageShape shape, int[] expected)
      throws IOException {
    int[] pixels;
    try {
      pixels = decode(file, shape);
    } catch (BrokenPictureException e) {
      return true;
    }
    assertThat(pixels).isEqualTo(expected);
    return false;
  }

  private static void assertRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> decode(file, DOT))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining(reason);
  }

  private static void assertClose(int[] pixels, int red, int green, int blue) {
    assertThat(pixels[0]).isCloseTo(red, within(1));
    assertThat(pixels[1]).isCloseTo(green, within(1));
    assertThat(pixels[2]).isCloseTo(blue, within(1));
  }

  private static int[] decode(byte[] file, ImageShape shape) throws IOException {
    byte[] pixels = new PictureDecoder(shape).decode(new ByteArrayImageInputStream(file));
    int[] values = new int[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
    }
    return values;
  }
}
