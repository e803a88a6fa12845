package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages, names and files are the same in every locale. {@code "%d".formatted(5)} has the digits
 * of the default one, which in Egypt are others.
 */
class LocaleTest {

  private static final Path SOURCES = Path.of("src", "main", "java");

  /** What the formatter writes by the rules of a locale: whole numbers, fractions, dates. */
  private static final Pattern BY_LOCALE =
      Pattern.compile("%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?([deEfgG]|[tT]\\w)");

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
  void noMessageIsFormattedByTheDefaultLocale() throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(SOURCES)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertThat(files).hasSizeGreaterThan(150);
    for (Path file : files) {
      assertThat(byDefaultLocale(Files.readString(file)))
          .as("%s: give Locale.ROOT to String.format, or write %%s for whole numbers", file)
          .isEmpty();
    }
  }

  /** The statements of a source that format by the locale of whoever runs it. */
  private static List<String> byDefaultLocale(String source) {
    List<String> found = new ArrayList<>();
    for (String statement : statements(source)) {
      boolean numbers = BY_LOCALE.matcher(statement).find();
      boolean formatted = statement.contains(".formatted(") && numbers;
      boolean format =
          Pattern.compile("String\\s*\\.format\\(\\s*+(?!Locale\\.ROOT)").matcher(statement).find();
      boolean other =
          Pattern.compile(
                  "\\.printf\\(|new Formatter\\((?!Locale\\.ROOT)|NumberFormat\\.get\\w*\\(\\)"
                      + "|new DecimalFormat\\(|toLowerCase\\(\\)|toUpperCase\\(\\)"
                      + "|DateTimeFormatter\\.ofPattern\\([^,)]*\\)")
              .matcher(statement)
              .find();
      if ((formatted && !statement.contains("Locale.ROOT")) || format || other) {
        found.add(statement.strip());
      }
    }
    return found;
  }

  /** Pieces between semicolons and braces, without comments; strings are kept whole. */
  private static List<String> statements(String source) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (source.startsWith("//", i)) {
        i = source.indexOf('\n', i);
      } else if (source.startsWith("/*", i)) {
        i = source.indexOf("*/", i) + 1;
      } else if (c == '"' || c == '\'') {
        int start = i;
        do {
          i += source.charAt(i) == '\\' ? 2 : 1;
        } while (source.charAt(i) != c);
        statement.append(source, start, i + 1);
      } else if (c == ';' || c == '{' || c == '}') {
        statements.add(statement.toString());
        statement.setLength(0);
      } else {
        statement.append(c);
      }
    }
    return statements;
  }

  @Test
  void theSearchFindsWhatItLooksFor() {
    assertThat(byDefaultLocale("throw new X(\"a; %d\" // no { comment\n .formatted(n));"))
        .hasSize(1);
    assertThat(byDefaultLocale("x = (\"a\" + \"%,.2f }\").formatted(n); y();")).hasSize(1);
    assertThat(byDefaultLocale("x = String.format(\"%s\", n);")).hasSize(1);
    assertThat(byDefaultLocale("x = String.format(\n    Locale.ROOT, \"%d\", n);")).isEmpty();
    assertThat(byDefaultLocale("x = \"%s of %02x\".formatted(n, m); char c = ';';")).isEmpty();
    assertThat(byDefaultLocale("/* \"%d\".formatted(n); */ name.toLowerCase(Locale.ROOT);"))
        .isEmpty();
    assertThat(byDefaultLocale("name.toLowerCase();")).hasSize(1);
  }
}
