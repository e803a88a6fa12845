package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.testing.SourceFormats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages, names and files are the same in every locale. {@code "%d".formatted(5)} has the digits
 * of the default one, which in Egypt are others.
 */
class LocaleTest {

  @Test
  void textsAreTheSameWhereDigitsAreOthers(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log.txt");
    Process process =
        ChildJvm.of(
                LocaleProbe.class,
                List.of("-Xmx512m", "-Duser.language=ar", "-Duser.country=EG"),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = ChildJvm.ended(process, 5);
    assertThat(code).as(Files.readString(log)).isZero();
    List<String> texts = Files.readAllLines(folder.resolve("texts.txt"), StandardCharsets.UTF_8);
    assertThat(texts.get(0)).isEqualTo("digits of the locale: \u0661\u0662\u0663\u0664\u0665");
    assertThat(texts.subList(1, texts.size()))
        .hasSizeGreaterThan(50)
        .allSatisfy(
            line -> assertThat(line).doesNotContainPattern("[\\p{Nd}&&[^0-9]]|[\u066a-\u066c]"));
    // The log speaks the same digits.
    assertThat(Files.readString(log)).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
  }

  @Test
  void noMessageIsFormattedByTheDefaultLocale() {
    assertThat(SourceFormats.byDefaultLocale(Path.of("src", "main", "java")))
        .as(SourceFormats.MENDED_BY)
        .isEmpty();
  }

  @Test
  void theSearchFindsWhatItLooksFor() {
    assertThat(
            SourceFormats.byDefaultLocale(
                "throw new X(\"a; %d\" // no { comment\n .formatted(n));"))
        .hasSize(1);
    assertThat(SourceFormats.byDefaultLocale("x = (\"a\" + \"%,.2f }\").formatted(n); y();"))
        .hasSize(1);
    assertThat(SourceFormats.byDefaultLocale("x = String.format(\"%s\", n);")).hasSize(1);
    assertThat(SourceFormats.byDefaultLocale("x = String.format(\n    Locale.ROOT, \"%d\", n);"))
        .isEmpty();
    assertThat(SourceFormats.byDefaultLocale("x = \"%s of %02x\".formatted(n, m); char c = ';';"))
        .isEmpty();
    assertThat(
            SourceFormats.byDefaultLocale(
                "/* \"%d\".formatted(n); */ name.toLowerCase(Locale.ROOT);"))
        .isEmpty();
    assertThat(SourceFormats.byDefaultLocale("name.toLowerCase();")).hasSize(1);
  }
}
