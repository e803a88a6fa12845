package io.github.autoencoder4j.examples.claim;

import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.page.Text;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;

/**
 * The sentences of the lab in one language. They stand in {@code lab.properties} and, for each
 * other language, in a file like {@code lab_zh.properties}; a third language is a file more and its
 * name here.
 */
public final class Words {

  /** The language of {@code results.json} and of the console. */
  public static final Words ENGLISH = new Words(Locale.ENGLISH, Locale.ROOT);

  private static final List<Words> ALL =
      List.of(ENGLISH, new Words(Locale.CHINESE, Locale.CHINESE));

  private final Locale language;
  private final ResourceBundle messages;

  private Words(Locale language, Locale file) {
    this.language = language;
    this.messages =
        ResourceBundle.getBundle(
            Words.class.getPackageName() + ".lab",
            file,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /**
   * Lists the languages.
   *
   * @return the words of each; immutable
   */
  public static List<Words> all() {
    return ALL;
  }

  /**
   * Says something in every language.
   *
   * @param sentences says it in one
   * @return the text
   */
  public static Text text(Function<Words, String> sentences) {
    Text text = Text.of(sentences.apply(ENGLISH));
    for (Words words : ALL) {
      text = text.in(words.language, sentences.apply(words));
    }
    return text;
  }

  /**
   * Says a message in every language.
   *
   * @param name its name in the files
   * @param figures what goes into its places
   * @return the text
   * @throws java.util.MissingResourceException if no file has such a message
   */
  public static Text text(String name, Object... figures) {
    return text(words -> words.say(name, figures));
  }

  /**
   * Gives the language.
   *
   * @return English or Chinese
   */
  public Locale language() {
    return language;
  }

  /**
   * Fills the places of a message with figures, which are written alike in all languages.
   *
   * @param name its name in the files
   * @param figures what goes into its places, as {@link String#format} takes it
   * @return the sentence
   * @throws java.util.MissingResourceException if the file has no such message
   */
  public String say(String name, Object... figures) {
    return String.format(Locale.ROOT, messages.getString(name), figures);
  }

  /**
   * Says what a difference shows: the message with {@code .higher}, {@code .lower} or {@code
   * .unclear} behind its name.
   *
   * @param change what it shows
   * @param name the beginning of the message's name
   * @param figures what goes into its places
   * @return the sentence, or a part of one
   */
  public String word(Change change, String name, Object... figures) {
    return say(name + "." + change.name().toLowerCase(Locale.ROOT), figures);
  }

  /**
   * Lists names.
   *
   * @param names at least one
   * @return such as {@code "a, b and c"}
   */
  public String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : say("list", String.join(say("list.separator"), names.subList(0, last)), names.get(last));
  }

  /**
   * The size of a difference as it is printed beside its terms.
   *
   * @param difference of two means that are printed with as many digits
   * @param decimals how many digits after the point
   * @return the size without a sign, such as {@code "1.58"}
   */
  public static String size(Difference difference, int decimals) {
    return difference.shown(decimals).abs().toPlainString();
  }
}
