package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.metric.CodebookUsage;
import io.github.autoencoder4j.training.Training;
import java.util.Locale;

/**
 * A codebook with restarts stays in use: 512 entries over 7x7 places of digits, the share of them
 * in use on the test digits, and their perplexity.
 */
public final class CodebookProof {

  private static final int ENTRIES = 512;

  private CodebookProof() {}

  /**
   * Runs the proof.
   *
   * @return how much of the codebook is in use on the test digits
   */
  public static Proof run() {
    long start = System.nanoTime();
    LabeledImageSource train = Mnist.train();
    try (Autoencoder digits =
        Autoencoder.conv().latent(7, 7, 8).widths(16).vectorQuantize(ENTRIES).build()) {
      digits.fit(train, Training.epochs(2).batchSize(64).cosineDecay().progress());
      Codebook codebook = digits.codebook();
      CodebookUsage usage = new CodebookUsage(codebook.entries());
      digits.encode(Mnist.test(), (index, code) -> usage.add(codebook.indices(code)));
      return new Proof(
          "codebook",
          "entries in use of a codebook of 512 over 7x7 places, 10,000 test digits",
          "van den Oord, Vinyals and Kavukcuoglu, NIPS 2017; Williams et al., NeurIPS 2020 (restarts)",
          "at least 60 %",
          String.format(
              Locale.ROOT,
              "%.1f %%, perplexity %.1f, %.2f of %.2f bits an index",
              100 * usage.usedShare(),
              usage.perplexity(),
              usage.bits(),
              codebook.bits() / codebook.length()),
          (System.nanoTime() - start) / 1e9);
    }
  }

  /**
   * Runs the proof and prints it.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.out.println(run());
  }
}
