package io.github.autoencoder4j.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetteringTest {

  /** Draws a picture and ends with what is wrong, in a JVM of its own. */
  static final class Drawn {
    private Drawn() {}

    public static void main(String[] args) {
      try {
        Curves.over("epoch").series("training", 1, 2).draw().toPng();
      } catch (IllegalStateException e) {
        System.err.print(e.getMessage() + " because of " + e.getCause());
        System.exit(3);
      }
    }
  }

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhatToInstallOnASystemWithoutFonts() throws Exception {
    Path none = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig></fontconfig>");
    Path errors = folder.resolve("errors");
    // The JDK keeps what it found out about fonts in the home of the user.
    ProcessBuilder program =
        ChildJvm.of(Drawn.class, List.of("-Duser.home=" + folder, "-Djava.awt.headless=true"));
    program.environment().put("FONTCONFIG_FILE", none.toString());
    assertThat(ChildJvm.ended(program.redirectError(errors.toFile()).start(), 2)).isEqualTo(3);
    assertThat(Files.readString(errors))
        .contains("Java found none that it can use on this system")
        .contains("install fontconfig and a font")
        .contains(" because of java.lang.");
  }

  @Test
  void saysSoWhateverTheJdkThrows() {
    List<Throwable> failures =
        List.of(
            new InternalError("no fonts"),
            new UnsatisfiedLinkError("libfreetype.so.6"),
            new NoClassDefFoundError("sun.font.FontManagerFactory"),
            new NullPointerException("fontconfig head"));
    for (Throwable failure : failures) {
      assertThatThrownBy(() -> Lettering.withFont(TextStyle.LABEL, font -> failing(failure)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(failure.toString())
          .hasMessageContaining("apt-get install fontconfig fonts-dejavu-core")
          .hasCause(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Object failing(Throwable failure) throws T {
    throw (T) failure;
  }

  @ParameterizedTest
  @EnumSource
  void lettersFitTheirLine(TextStyle style) {
    Pixels pixels = Pixels.of(new Picture(Lettering.block("Mj|_", style).padded(Theme.MARGIN)));
    // No letter reaches further than the antialiasing of its edge.
    assertThat(pixels.keepsItsMargin()).isTrue();
  }

  @Test
  void writesUnicode() {
    assertThat(Lettering.width("\u00e4\u00df\u2212\u00b1\u4e2d", TextStyle.LABEL)).isPositive();
    assertThat(drawn("\u00e4")).isNotEqualTo(drawn("a")).isNotEqualTo(drawn("\u00df"));
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

  private static byte[] drawn(String text) {
    return new Picture(Lettering.block(text, TextStyle.LABEL)).toPng();
  }
}
