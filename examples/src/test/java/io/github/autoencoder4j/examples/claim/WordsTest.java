package io.github.autoencoder4j.examples.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {

  private static final Pattern PLACE = Pattern.compile("%(?:[0-9]+\\$)?([,.0-9]*[a-z])");
  private static final Pattern FIGURE = Pattern.compile("(?<![%.0-9])[0-9][0-9.,x]*(?![$0-9])");

  @Test
  void saysTheSizeOfADifferenceAsItIsPrinted() {
    assertThat(Words.size(new Difference(28.196, 26.624, 0.01, 100), 2)).isEqualTo("1.58");
  }

  @Test
  void listsNamesAsPeopleDo() {
    assertThat(Words.ENGLISH.list(List.of("a"))).isEqualTo("a");
    assertThat(Words.ENGLISH.list(List.of("a", "b"))).isEqualTo("a and b");
    assertThat(Words.ENGLISH.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    assertThat(Words.all().get(1).list(List.of("a", "b", "c"))).isEqualTo("a、b和c");
  }

  /** Whatever may be said has the same figures in every language. */
  @Test
  void hasEveryMessageWithTheSamePlacesAndFiguresInEachLanguage() {
    ResourceBundle english = bundle(Locale.ROOT);
    assertThat(english.keySet()).hasSizeGreaterThan(100);
    for (Words words : Words.all()) {
      if (words != Words.ENGLISH) {
        ResourceBundle other = bundle(words.language());
        assertThat(other.keySet()).isEqualTo(english.keySet());
        for (String name : english.keySet()) {
          assertThat(found(PLACE, other.getString(name)))
              .as("places of %s", name)
              .isEqualTo(found(PLACE, english.getString(name)));
          assertThat(found(FIGURE, other.getString(name)))
              .as("figures of %s", name)
              .isEqualTo(found(FIGURE, english.getString(name)));
        }
      }
    }
  }

  private static ResourceBundle bundle(Locale language) {
    return ResourceBundle.getBundle(
        Words.class.getPackageName() + ".lab",
        language,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  private static List<String> found(Pattern pattern, String message) {
    return pattern
        .matcher(message.replace("%%", ""))
        .results()
        .map((MatchResult match) -> match.group(match.groupCount()).replaceAll("[.,]$", ""))
        .sorted()
        .toList();
  }
}
