package io.github.autoencoder4j.examples.proof;

import java.util.List;
import java.util.Locale;

/** The page of proofs. */
final class ProofPage {

  private ProofPage() {}

  /** The results as a page in Markdown. */
  static String of(List<ProofResult> results, long seed) {
    StringBuilder page =
        new StringBuilder(
            """
            # Proofs

            Published figures, and what this library gets under the same conditions. Written by
            `./lab proofs --write docs/proofs.md`; `./lab proofs V1` repeats one of them.

            """);
    page.append(
        String.format(
            Locale.ROOT,
            "Seed %d, %s, %d processors (%s), Java %s.%n%n",
            seed,
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            Runtime.version().feature()));
    page.append("| proof | figure | published | wanted | obtained | |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (ProofResult result : results) {
      for (Figure figure : result.figures()) {
        page.append(
            "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                    result.proof().id(),
                    figure.name(),
                    figure.published(),
                    figure.bar(),
                    figure.text(),
                    !figure.hasBar() ? "" : figure.isReached() ? "reached" : "missed"));
      }
    }
    for (ProofResult result : results) {
      page.append(
          String.format(
              Locale.ROOT,
              "%n## %s%n%n%s Source: %s. Took %.0f s.%n",
              result.proof().id(),
              result.proof().conditions(),
              result.proof().source(),
              result.seconds()));
    }
    return page.toString();
  }
}
