package io.github.autoencoder4j.examples.proof;

import java.util.List;
import java.util.Locale;

/**
 * What came of a proof.
 *
 * @param proof what was proved
 * @param figures what was obtained
 * @param seconds how long it took
 */
record ProofResult(Proof proof, List<Figure> figures, double seconds) {

  boolean isReached() {
    return figures.stream().allMatch(Figure::isReached);
  }

  /** A line for each figure, for a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Figure figure : figures) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s %s: %s%s%n",
              proof.id(),
              figure.name(),
              figure.text(),
              figure.hasBar()
                  ? " (published %s, wanted %s: %s)"
                      .formatted(
                          figure.published(),
                          figure.bar(),
                          figure.isReached() ? "reached" : "MISSED")
                  : ""));
    }
    return text.append(String.format(Locale.ROOT, "%s took %.0f s%n", proof.id(), seconds))
        .toString();
  }
}
