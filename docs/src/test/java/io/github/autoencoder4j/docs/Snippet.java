package io.github.autoencoder4j.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Code that is compiled and run here and shown in a page: what stands between the lines {@code //
 * snippet: name} and {@code // end} of a file, or the whole file of a public class, below its
 * package.
 *
 * @param place the file, and the line of its first line of code, from 1
 * @param name what the file calls it; the file itself if it is whole
 * @param code its lines, moved to the left edge, each ended by a line feed
 * @param imports the import lines of the file that the code needs, sorted; none for a whole file,
 *     which has them in its code
 */
record Snippet(String place, String name, String code, List<String> imports) {

  private static final String START = "// snippet: ";
  private static final String END = "// end";
  private static final String SPARK =
      "autoencoder-spark/src/test/java/io/github/autoencoder4j/spark/SparkSnippetsTest.java";

  static List<Snippet> all() {
    List<Snippet> snippets = new ArrayList<>();
    for (Path file : Repository.list(Repository.SNIPPETS)) {
      snippets.addAll(in(file));
    }
    // Where Spark is on the class path, as it is nowhere else.
    snippets.addAll(in(Repository.ROOT.resolve(SPARK)));
    return snippets;
  }

  /** The snippets of a file. One inside another is refused, and so is one without an end. */
  static List<Snippet> in(Path file) {
    List<String> lines = Repository.read(file).lines().toList();
    List<Snippet> snippets = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith(START)) {
        require(start < 0, file, i, "a snippet starts inside another");
        start = i;
      } else if (line.equals(END)) {
        require(start >= 0, file, i, "a snippet ends that did not start");
        String code = flushLeft(lines.subList(start + 1, i));
        snippets.add(
            new Snippet(
                Repository.name(file) + ":" + (start + 2),
                lines.get(start).strip().substring(START.length()),
                code,
                importsOf(code, lines)));
        start = -1;
      }
    }
    require(start < 0, file, start, "a snippet does not end");
    if (lines.stream().anyMatch(line -> line.startsWith("public "))) {
      snippets.add(
          new Snippet(
              Repository.name(file) + ":1",
              Objects.requireNonNull(file.getFileName()).toString(),
              flushLeft(lines.subList(1, lines.size())),
              List.of()));
    }
    return snippets;
  }

  private static List<String> importsOf(String code, List<String> file) {
    return file.stream()
        .filter(line -> line.startsWith("import ") && uses(code, simpleName(line)))
        .toList();
  }

  private static String simpleName(String importLine) {
    return importLine.substring(importLine.lastIndexOf('.') + 1, importLine.length() - 1);
  }

  private static boolean uses(String code, String name) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\b").matcher(code).find();
  }

  /**
   * Whether a block shows this: the same code, below none, some or all of the imports it needs and
   * no others.
   */
  boolean isShownBy(Shown block) {
    return code.equals(block.whole())
        || (code.equals(block.code()) && imports.containsAll(block.imports()));
  }

  /**
   * A block of a page, taken apart.
   *
   * @param whole all of it, moved to the left edge
   * @param imports the import lines that it begins with
   * @param code the rest
   */
  record Shown(String whole, List<String> imports, String code) {

    static Shown of(String block) {
      String whole = flushLeft(block);
      List<String> lines = whole.lines().toList();
      List<String> imports = lines.stream().takeWhile(line -> line.startsWith("import ")).toList();
      return new Shown(whole, imports, flushLeft(lines.subList(imports.size(), lines.size())));
    }
  }

  /** Lines without their common indentation, without blank ones at either end. */
  static String flushLeft(List<String> lines) {
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    String joined =
        String.join(
            "\n",
            lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent).stripTrailing())
                .toList());
    return joined.replaceAll("^\n+|\n+$", "") + "\n";
  }

  static String flushLeft(String code) {
    return flushLeft(Arrays.asList(code.split("\n", -1)));
  }

  private static void require(boolean condition, Path file, int line, String problem) {
    if (!condition) {
      throw new IllegalStateException(
          "%s:%d: %s".formatted(Repository.name(file), line + 1, problem));
    }
  }
}
