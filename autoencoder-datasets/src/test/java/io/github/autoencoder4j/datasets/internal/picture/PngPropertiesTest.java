package io.github.autoencoder4j.datasets.internal.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.github.autoencoder4j.data.ImageShape;
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
import net.jqwik.api.Tuple;

/** Every kind of PNG there is against what it was made from. */
class PngPropertiesTest {

  /** All pairs of colour type and bits that the standard has. */
  private static final int[][] KINDS = {
    {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8},
    {4, 8}, {4, 16}, {6, 8}, {6, 16}
  };

  record Kind(int type, int bits, boolean interlaced, boolean transparency) {}

  record Size(int width, int height) {}

  @Provide
  Arbitrary<Kind> kinds() {
    return Combinators.combine(
            Arbitraries.of(KINDS), Arbitraries.of(true, false), Arbitraries.of(true, false))
        .as((kind, interlaced, key) -> new Kind(kind[0], kind[1], interlaced, key));
  }

  @Provide
  Arbitrary<Size> sizes() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, sides(1, 12, 1, 12)),
        Tuple.of(3, sides(13, 60, 13, 60)),
        Tuple.of(2, sides(30, 140, 1, 20)),
        Tuple.of(2, sides(1, 20, 30, 140)));
  }

  private static Arbitrary<Size> sides(int minWidth, int maxWidth, int minHeight, int maxHeight) {
    return Combinators.combine(
            Arbitraries.integers().between(minWidth, maxWidth),
            Arbitraries.integers().between(minHeight, maxHeight))
        .as(Size::new);
  }

  @Provide
  Arbitrary<ImageShape> shapes() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 24),
            Arbitraries.integers().between(1, 24),
            Arbitraries.of(1, 3))
        .as(ImageShape::new);
  }

  @Property(tries = 1_500, edgeCases = EdgeCasesMode.NONE)
  void isWhatItWasMadeFrom(
      @ForAll("kinds") Kind kind,
      @ForAll("sizes") Size size,
      @ForAll("shapes") ImageShape shape,
      @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    int perPixel = PngFixture.samplesOf(kind.type());
    int levels = 1 << kind.bits();
    // Few colours, so that the transparent one is met.
    int[][] colours = new int[5][perPixel];
    int entries = kind.type() == 3 ? 1 + random.nextInt(levels) : levels;
    for (int[] colour : colours) {
      for (int s = 0; s < perPixel; s++) {
        colour[s] = random.nextInt(entries);
      }
    }
    int[] chosen = random.ints((long) size.width() * size.height(), 0, 5).toArray();
    PngFixture png =
        new PngFixture(
            size.width(),
            size.height(),
            kind.type(),
            kind.bits(),
            kind.interlaced(),
            (x, y) -> colours[chosen[y * size.width() + x]]);
    byte[] palette = new byte[3 * entries];
    byte[] opacities = new byte[kind.type() == 3 ? 1 + random.nextInt(entries) : 0];
    random.nextBytes(palette);
    random.nextBytes(opacities);
    if (kind.type() == 3) {
      png.before("PLTE", palette);
    }
    boolean keyed = kind.transparency() && (kind.type() == 0 || kind.type() == 2);
    if (keyed) {
      byte[] key = new byte[2 * perPixel];
      for (int s = 0; s < perPixel; s++) {
        key[2 * s] = (byte) (colours[0][s] >> 8);
        key[2 * s + 1] = (byte) colours[0][s];
      }
      png.before("tRNS", key);
    } else if (kind.transparency() && kind.type() == 3) {
      png.before("tRNS", opacities);
    }
    byte[] file = png.filters(random, 1 + random.nextInt(500)).bytes();

    double[][] meant = new double[5][];
    for (int i = 0; i < 5; i++) {
      meant[i] =
          kind.type() == 3
              ? entry(palette, kind.transparency() ? opacities : new byte[0], colours[i][0])
              : meaning(kind.type(), colours[i], levels - 1.0);
      if (keyed && Arrays.equals(colours[i], colours[0])) {
        meant[i][3] = 0;
      }
    }
    double[] expected =
        ReferenceScaler.scale(
            (x, y) -> meant[chosen[y * size.width() + x]], size.width(), size.height(), shape);

    byte[] pixels = new PictureDecoder(shape).decode(new ByteArrayImageInputStream(file));

    assertThat(pixels).hasSize(expected.length);
    for (int i = 0; i < pixels.length; i++) {
      assertThat((double) (pixels[i] & 0xFF))
          .as("value %d", i)
          .isCloseTo(expected[i], within(0.51));
    }
  }

  private static double[] entry(byte[] palette, byte[] opacities, int index) {
    double[] pixel = {0, 0, 0, index < opacities.length ? (opacities[index] & 0xFF) / 255.0 : 1};
    for (int c = 0; c < 3; c++) {
      pixel[c] = (palette[3 * index + c] & 0xFF) / 255.0;
    }
    return pixel;
  }

  private static double[] meaning(int type, int[] samples, double most) {
    boolean grey = type == 0 || type == 4;
    return new double[] {
      samples[0] / most,
      samples[grey ? 0 : 1] / most,
      samples[grey ? 0 : 2] / most,
      type == 4 ? samples[1] / most : type == 6 ? samples[3] / most : 1
    };
  }
}
