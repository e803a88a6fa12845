package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetteringTest {

  /** What the JDK does where there is no font. */
  private record Broken(Throwable failure) implements Typeface {
    @Override
    public double width(String text, TextStyle style) {
      throw sneaky(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
      throw (T) failure;
    }

    @Override
    public double ascent(TextStyle style) {
      return 10;
    }

    @Override
    public double descent(TextStyle style) {
      return 3;
    }

    @Override
    public Shape outline(String text, TextStyle style, double x, double y) {
      throw sneaky(failure);
    }
  }

  @Test
  void fallsBackToBuiltInLettersWhereTheJdkHasNone() {
    List<Throwable> failures =
        List.of(
            new InternalError("no fonts"),
            new UnsatisfiedLinkError("libfreetype.so.6"),
            new NoClassDefFoundError("sun.font.FontManagerFactory"),
            new NullPointerException("fontconfig head"));
    for (Throwable failure : failures) {
      assertThat(Lettering.usable(new Broken(failure))).isInstanceOf(PixelTypeface.class);
    }
  }

  @Test
  void keepsAFaceThatWorks() {
    Typeface works = new PixelTypeface();
    assertThat(Lettering.usable(works)).isSameAs(works);
  }

  @Test
  void builtInLettersAllDiffer() {
    Map<String, Character> seen = new HashMap<>();
    for (char letter = ' '; letter <= '~'; letter++) {
      int[] pixels = drawn(new PixelTypeface(), String.valueOf(letter));
      assertThat(Arrays.stream(pixels).anyMatch(p -> p != 0)).isEqualTo(letter != ' ');
      Character same = seen.put(Arrays.toString(pixels), letter);
      assertThat(same).as("looks like '%s'", letter).isNull();
    }
  }

  @Test
  void builtInLettersKnowTheSignsOfMeasurement() {
    PixelTypeface face = new PixelTypeface();
    assertThat(drawn(face, "\u2212")).isEqualTo(drawn(face, "-"));
    assertThat(drawn(face, "\u00b1")).isNotEqualTo(drawn(face, "\u00d7"));
    assertThat(drawn(face, "\u4e2d")).isEqualTo(drawn(face, "\u20ac"));
  }

  @ParameterizedTest
  @EnumSource
  void builtInLettersFitTheirLine(TextStyle style) {
    PixelTypeface face = new PixelTypeface();
    Shape outline = face.outline("Mj|_", style, 0, face.ascent(style));
    assertThat(outline.getBounds2D().getMinY()).isNotNegative();
    assertThat(outline.getBounds2D().getMaxY())
        .isLessThanOrEqualTo(face.ascent(style) + face.descent(style));
    assertThat(outline.getBounds2D().getMaxX())
        .isLessThanOrEqualTo(face.width("Mj|_", style))
        .isCloseTo(face.width("Mj|_", style), within(2.0));
  }

  @Property
  void wrapsWithoutLosingAWordOrExceedingTheWidth(
      @ForAll @IntRange(min = 60, max = 400) int width,
      @ForAll @IntRange(min = 0, max = 30) int words) {
    String text = "mean image of all ".repeat(words).strip();
    List<String> lines = Lettering.wrap(text, TextStyle.TITLE, width);
    assertThat(String.join(" ", lines)).isEqualTo(text);
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(Lettering.width(line, TextStyle.TITLE)).isLessThanOrEqualTo(width));
  }

  @Test
  void letsASingleLongWordStandOut() {
    assertThat(Lettering.wrap("a reconstruction b", TextStyle.TITLE, 20))
        .containsExactly("a", "reconstruction", "b");
  }

  private static int[] drawn(Typeface face, String text) {
    BufferedImage image = new BufferedImage(12, 24, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.BLACK);
    face.draw(g, text, TextStyle.LABEL, 0, 15);
    g.dispose();
    return image.getRGB(0, 0, 12, 24, null, 0, 12);
  }
}
