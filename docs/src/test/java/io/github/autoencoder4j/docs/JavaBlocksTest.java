package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Java in the pages is Java that these tests compile and run, to the letter. */
class JavaBlocksTest {

  /** Pages for readers who do not know yet where the library keeps its types. */
  private static final List<String> BEGINNERS =
      List.of("README.md", "docs/getting-started.md", "docs/cookbook.md");

  private final List<Snippet> snippets = Snippet.all();

  @Test
  void everyJavaBlockIsCutFromCodeThatIsCompiledAndRun() {
    assertThat(javaBlocks().stream().flatMap(block -> problem(block).lines()).toList())
        .as("a block must equal what stands between two marks of a file in %s", "docs/src/test")
        .isEmpty();
  }

  @Test
  void everySnippetIsShownSomewhere() {
    List<Snippet.Shown> shown =
        javaBlocks().stream().map(block -> Snippet.Shown.of(block.code())).toList();

    assertThat(
            snippets.stream()
                .filter(snippet -> shown.stream().noneMatch(snippet::isShownBy))
                .map(snippet -> snippet.place() + " " + snippet.name())
                .toList())
        .as("snippets that no page shows")
        .isEmpty();
  }

  @Test
  void namesOfSnippetsAreUnique() {
    assertThat(snippets.stream().map(Snippet::name).toList()).doesNotHaveDuplicates();
  }

  @Test
  void aChangedBlockIsFoundWithItsPlaceAndTheLineThatDiffers() {
    Snippet some =
        snippets.stream().filter(s -> s.name().equals("readme-dogs")).findFirst().orElseThrow();
    String changed = some.code().replaceFirst("\n[^\n]*\n$", "\nchanged();\n");

    assertThat(problem(new MarkdownPage.Block("page.md", 7, "java", changed)))
        .startsWith("page.md:7: ")
        .contains(some.place())
        .contains("changed();");
  }

  @Test
  void sectionsForBeginnersImportWhatTheyUse() {
    assertThat(
            BEGINNERS.stream()
                .map(Repository::page)
                .flatMap(page -> missingImports(page).stream())
                .toList())
        .as("the first block of a section that needs an import has to show it")
        .isEmpty();
  }

  @Test
  void aMissingImportAndOneTooManyAreFound() {
    Snippet some =
        snippets.stream().filter(s -> s.name().equals("readme-dogs")).findFirst().orElseThrow();
    String imports = String.join("\n", some.imports()) + "\n\n";
    assertThat(some.imports()).contains("import io.github.autoencoder4j.Autoencoder;");

    assertThat(problem(new MarkdownPage.Block("page.md", 7, "java", imports + some.code())))
        .isEmpty();
    assertThat(
            problem(
                new MarkdownPage.Block(
                    "page.md", 7, "java", "import java.util.Map;\n" + imports + some.code())))
        .contains("It imports [import java.util.Map;");
    Path file = Repository.ROOT.resolve("page.md");
    MarkdownPage bare = MarkdownPage.of(file, "# A\n\n```java\n" + some.code() + "```\n");
    MarkdownPage elsewhere =
        MarkdownPage.of(
            file,
            "# A\n\n```java\n%s```\n\n# B\n\n```java\n%s```\n"
                .formatted(imports + some.code(), some.code()));
    assertThat(missingImports(bare)).hasSameSizeAs(some.imports());
    assertThat(missingImports(elsewhere)).hasSameSizeAs(some.imports());
    assertThat(missingImports(MarkdownPage.of(file, elsewhere.text().replace("# B\n", ""))))
        .isEmpty();
  }

  @Test
  void indentationDoesNotMatter() {
    Snippet some = snippets.get(0);

    assertThat(problem(new MarkdownPage.Block("page.md", 7, "java", some.code().indent(6))))
        .isEmpty();
  }

  private static List<MarkdownPage.Block> javaBlocks() {
    return Repository.pages().stream()
        .flatMap(page -> page.blocks().stream())
        .filter(block -> block.language().equals("java"))
        .toList();
  }

  /** What a section's code needs and no block of the section has shown up to there. */
  private List<String> missingImports(MarkdownPage page) {
    List<String> missing = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    int section = 0;
    for (MarkdownPage.Block block : page.blocks()) {
      int heading =
          page.headings().stream()
              .mapToInt(MarkdownPage.Title::line)
              .filter(line -> line < block.line())
              .max()
              .orElse(0);
      if (heading != section) {
        shown.clear();
        section = heading;
      }
      if (block.language().equals("java")) {
        Snippet.Shown parts = Snippet.Shown.of(block.code());
        shown.addAll(parts.imports());
        snippets.stream()
            .filter(snippet -> snippet.isShownBy(parts))
            .flatMap(snippet -> snippet.imports().stream())
            .filter(line -> !shown.contains(line))
            .forEach(line -> missing.add(block.place() + ": " + line));
      }
    }
    return missing;
  }

  /**
   * Empty if all is well; otherwise where the block stands, and how it differs from the nearest.
   */
  private String problem(MarkdownPage.Block block) {
    Snippet.Shown shown = Snippet.Shown.of(block.code());
    if (snippets.stream().anyMatch(snippet -> snippet.isShownBy(shown))) {
      return "";
    }
    Snippet nearest =
        snippets.stream()
            .max(Comparator.comparingDouble(snippet -> likeness(shown.code(), snippet.code())))
            .orElseThrow();
    return "%s: no snippet has this code; the nearest is %s at %s. %s"
        .formatted(block.place(), nearest.name(), nearest.place(), difference(shown, nearest));
  }

  /** The share of lines that two pieces of code have in common. */
  private static double likeness(String one, String other) {
    Set<String> lines = new HashSet<>(one.lines().toList());
    long common = other.lines().filter(lines::contains).count();
    return (double) common / Math.max(one.lines().count(), other.lines().count());
  }

  private static String difference(Snippet.Shown block, Snippet snippet) {
    boolean whole = snippet.imports().isEmpty();
    String[] shown = (whole ? block.whole() : block.code()).split("\n", -1);
    String[] compiled = snippet.code().split("\n", -1);
    int at = Arrays.mismatch(shown, compiled);
    if (at < 0) {
      return "It imports %s, and its code needs no more than %s"
          .formatted(block.imports(), snippet.imports());
    }
    return "Line %d of the block is '%s', of the snippet '%s'"
        .formatted(
            at + 1,
            at < shown.length ? shown[at].strip() : "",
            at < compiled.length ? compiled[at].strip() : "");
  }
}
