package io.github.autoencoder4j.viz.page;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Words for a reader, in one or several languages, which a page can be switched between.
 *
 * <pre>{@code
 * Text.of("The loss falls.").in(Locale.CHINESE, "损失下降。");
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Text {

  private final Map<String, String> byLanguage;
  private final String first;

  private Text(Map<String, String> byLanguage, String first) {
    this.byLanguage = byLanguage;
    this.first = first;
  }

  /**
   * Says something in every language alike.
   *
   * @param words plain text of any script, shown as it is
   * @return the text
   */
  public static Text of(String words) {
    return new Text(Map.of(), Objects.requireNonNull(words, "words"));
  }

  /**
   * Adds a language.
   *
   * @param language told by its two letters alone
   * @param words the same in that language
   * @return a changed copy
   */
  public Text in(Locale language, String words) {
    Map<String, String> more = new LinkedHashMap<>(byLanguage);
    more.put(language.getLanguage(), Objects.requireNonNull(words, "words"));
    return new Text(more, first);
  }

  /**
   * Gives the words in a language.
   *
   * @param language told by its two letters alone
   * @return those of {@link #of} if there are none in it
   */
  public String in(Locale language) {
    return in(language.getLanguage());
  }

  /** Those in a language by its two letters. */
  String in(String language) {
    return byLanguage.getOrDefault(language, first);
  }

  @Override
  public String toString() {
    return first;
  }
}
