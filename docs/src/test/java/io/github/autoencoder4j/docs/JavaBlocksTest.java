package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Java in the pages is Java that these tests compile and run, to the letter. */
class JavaBlocksTest {

  private final List<Snippet> snippets = Snippet.all();

  @Test
  void everyJavaBlockIsCutFromCodeThatIsCompiledAndRun() {
    assertThat(javaBlocks().stream().flatMap(block -> problem(block).lines()).toList())
        .as("a block must equal what stands between two marks of a file in %s", "docs/src/test")
        .isEmpty();
  }

  @Test
  void everySnippetIsShownSomewhere() {
    Set<String> shown = new HashSet<>();
    javaBlocks().forEach(block -> shown.add(Snippet.flushLeft(block.code())));

    assertThat(
            snippets.stream()
                .filter(snippet -> !shown.contains(snippet.code()))
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

  /**
   * Empty if all is well; otherwise where the block stands, and how it differs from the nearest.
   */
  private String problem(MarkdownPage.Block block) {
    String code = Snippet.flushLeft(block.code());
    if (snippets.stream().anyMatch(snippet -> snippet.code().equals(code))) {
      return "";
    }
    Snippet nearest =
        snippets.stream()
            .max(Comparator.comparingDouble(snippet -> likeness(code, snippet.code())))
            .orElseThrow();
    return "%s: no snippet has this code; the nearest is %s at %s. %s"
        .formatted(block.place(), nearest.name(), nearest.place(), difference(code, nearest));
  }

  /** The share of lines that two pieces of code have in common. */
  private static double likeness(String one, String other) {
    Set<String> lines = new HashSet<>(one.lines().toList());
    long common = other.lines().filter(lines::contains).count();
    return (double) common / Math.max(one.lines().count(), other.lines().count());
  }

  private static String difference(String code, Snippet snippet) {
    String[] shown = code.split("\n", -1);
    String[] compiled = snippet.code().split("\n", -1);
    int at = Arrays.mismatch(shown, compiled);
    return "Line %d of the block is '%s', of the snippet '%s'"
        .formatted(
            at + 1,
            at < shown.length ? shown[at].strip() : "",
            at < compiled.length ? compiled[at].strip() : "");
  }
}
