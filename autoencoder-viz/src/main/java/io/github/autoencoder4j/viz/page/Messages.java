package io.github.autoencoder4j.viz.page;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What pages say, in each language. A third one is a file {@code messages_xx.properties} more and
 * its name in {@link #LANGUAGES}.
 */
final class Messages {

  /** The languages that there are messages in, the first of which stands in for others. */
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.CHINESE);

  private static final ResourceBundle.Control NO_OTHER_LANGUAGE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private Messages() {}

  /** All messages that begin so or so, by language and name. */
  static Map<String, Map<String, String>> of(String... prefixes) {
    Map<String, Map<String, String>> messages = new LinkedHashMap<>();
    for (Locale language : LANGUAGES) {
      messages.put(language.getLanguage(), in(language, prefixes));
    }
    return messages;
  }

  /** A message in every language, with {0}, {1} ... replaced. */
  static Text text(String name, Object... values) {
    @Nullable Text text = null;
    for (Locale language : LANGUAGES) {
      String words = Objects.requireNonNull(in(language, name).get(name), name);
      for (int i = 0; i < values.length; i++) {
        words = words.replace("{" + i + "}", String.valueOf(values[i]));
      }
      words = words.replace("''", "'");
      text = text == null ? Text.of(words) : text.in(language, words);
    }
    return Objects.requireNonNull(text);
  }

  private static Map<String, String> in(Locale language, String... prefixes) {
    ResourceBundle bundle =
        ResourceBundle.getBundle(
            Messages.class.getPackageName() + ".messages",
            // The messages without a language are the English ones.
            language.equals(Locale.ENGLISH) ? Locale.ROOT : language,
            NO_OTHER_LANGUAGE);
    Map<String, String> messages = new TreeMap<>();
    for (String name : bundle.keySet()) {
      if (Arrays.stream(prefixes).anyMatch(name::startsWith)) {
        messages.put(name, bundle.getString(name));
      }
    }
    return messages;
  }

  /** The language of the page: the one asked for if there are messages in it. */
  static String languageFor(Locale wanted) {
    return LANGUAGES.stream()
        .map(Locale::getLanguage)
        .filter(wanted.getLanguage()::equals)
        .findFirst()
        .orElse(LANGUAGES.get(0).getLanguage());
  }
}
