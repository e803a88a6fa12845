package io.github.autoencoder4j.examples.claim;

import io.github.autoencoder4j.study.Change;
import io.github.autoencoder4j.study.Difference;
import java.util.List;
import java.util.Locale;

/** Words that the sentences of several tasks need. */
public final class English {

  private English() {}

  /**
   * Fills places of a sentence with figures.
   *
   * @param format a sentence as {@link String#format} takes it
   * @param figures what goes into the places
   * @return the sentence, the same in every locale
   */
  public static String say(String format, Object... figures) {
    return String.format(Locale.ROOT, format, figures);
  }

  /**
   * Chooses the words for what a difference shows.
   *
   * @param change what it shows
   * @param higher words for a rise
   * @param lower words for a fall
   * @param unclear words for neither
   * @return one of the three
   */
  public static String word(Change change, String higher, String lower, String unclear) {
    return switch (change) {
      case HIGHER -> higher;
      case LOWER -> lower;
      case UNCLEAR -> unclear;
    };
  }

  /**
   * Lists names.
   *
   * @param names at least one
   * @return such as {@code "a, b and c"}
   */
  public static String list(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
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
