package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Chinese README says what the English one does. */
class ChineseReadmeTest {

  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[.,][0-9]+)*");

  private final MarkdownPage english = Repository.page("README.md");
  private final MarkdownPage chinese = Repository.page("README.zh-CN.md");

  @Test
  void hasTheSameHeadings() {
    assertThat(chinese.headings().stream().map(MarkdownPage.Title::level))
        .containsExactlyElementsOf(
            english.headings().stream().map(MarkdownPage.Title::level).toList());
  }

  @Test
  void hasTheSameCode() {
    assertThat(chinese.blocks().stream().map(block -> block.language() + "\n" + block.code()))
        .containsExactlyElementsOf(
            english.blocks().stream()
                .map(block -> block.language() + "\n" + block.code())
                .toList());
  }

  @Test
  void hasTheSameFiguresInEachSection() {
    List<List<String>> ours = figures(chinese);
    List<List<String>> theirs = figures(english);

    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i))
          .as("figures of section %d, before the heading '%s'", i, title(i))
          .containsExactlyInAnyOrderElementsOf(theirs.get(i));
    }
  }

  @Test
  void linksToTheSamePlaces() {
    assertThat(addresses(chinese)).containsExactlyInAnyOrderElementsOf(addresses(english));
  }

  @Test
  void isChinese() {
    long characters = chinese.text().codePoints().filter(Character::isIdeographic).count();

    assertThat(characters).isGreaterThan(800);
  }

  private String title(int section) {
    return section < english.headings().size() ? english.headings().get(section).text() : "";
  }

  /** The addresses but for those that lead from one language to the other, and anchors. */
  private static List<String> addresses(MarkdownPage page) {
    return page.targets().stream()
        .map(target -> target.address().replaceFirst("#.*", ""))
        .filter(address -> !address.startsWith("README"))
        .toList();
  }

  /** The numbers outside code, section by section. */
  private static List<List<String>> figures(MarkdownPage page) {
    List<List<String>> sections = new ArrayList<>(List.of(new ArrayList<>()));
    boolean code = false;
    for (String line : page.text().split("\n", -1)) {
      if (line.startsWith("```")) {
        code = !code;
      } else if (!code) {
        if (line.startsWith("#")) {
          sections.add(new ArrayList<>());
        }
        Matcher number = NUMBER.matcher(line.replaceAll("\\]\\([^)]*\\)", "]"));
        while (number.find()) {
          sections.get(sections.size() - 1).add(number.group());
        }
      }
    }
    return sections;
  }
}
