package io.github.autoencoder4j.viz.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Pattern PLACE = Pattern.compile("\\{\\d\\}");

  @Test
  void saysTheSameInEveryLanguage() {
    Map<String, Map<String, String>> all = Messages.of("");
    Map<String, String> english = all.get("en");

    assertThat(all).hasSameSizeAs(Messages.LANGUAGES);
    all.forEach(
        (language, messages) -> {
          assertThat(messages.keySet()).isEqualTo(english.keySet());
          messages.forEach(
              (name, message) ->
                  assertThat(places(message))
                      .as("places of %s in %s", name, language)
                      .isEqualTo(places(english.get(name))));
        });
  }

  private static Set<String> places(String message) {
    Set<String> places = new TreeSet<>();
    PLACE.matcher(message).results().map(MatchResult::group).forEach(places::add);
    return places;
  }

  @Test
  void standsInWithEnglishForOtherLanguages() {
    assertThat(Messages.languageFor(Locale.SIMPLIFIED_CHINESE)).isEqualTo("zh");
    assertThat(Messages.languageFor(Locale.FRENCH)).isEqualTo("en");
  }
}
