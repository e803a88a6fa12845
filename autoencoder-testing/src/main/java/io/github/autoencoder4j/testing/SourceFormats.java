package io.github.autoencoder4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Searches sources for what is formatted by the default locale: {@code "%d".formatted(5)} has its
 * digits, which in Egypt are others.
 */
public final class SourceFormats {

  /** What to do about a statement that was found. */
  public static final String MENDED_BY =
      "give Locale.ROOT to String.format, or write %s for whole numbers";

  /** What the formatter writes by the rules of a locale: whole numbers, fractions, dates. */
  private static final Pattern BY_LOCALE =
      Pattern.compile("%(\\d+\\$)?[-#+ 0,(]*\\d*(\\.\\d+)?([deEfgG]|[tT]\\w)");

  private SourceFormats() {}

  /**
   * Searches all sources of a module.
   *
   * @param folder holds Java files, at any depth
   * @return the statements that format by the locale of whoever runs them, each after its file
   * @throws IllegalArgumentException if there is no Java file, so that a search has looked
   */
  public static List<String> byDefaultLocale(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> files = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException("there is no Java file in " + folder);
      }
      List<String> found = new ArrayList<>();
      for (Path file : files) {
        byDefaultLocale(Files.readString(file))
            .forEach(statement -> found.add(file.getFileName() + ": " + statement));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Searches one source.
   *
   * @param source of a Java file
   * @return the statements that format by the locale of whoever runs it
   */
  public static List<String> byDefaultLocale(String source) {
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
}
