package io.github.autoencoder4j.examples.proof;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.Codebook;
import io.github.autoencoder4j.metric.CodebookUsage;
import io.github.autoencoder4j.sampling.CodebookPrior;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.List;

/**
 * A codebook with restarts stays in use: 512 entries over 7x7 places of digits, the share of them
 * in use on the test digits, and their perplexity.
 */
final class CodebookProof implements Proof {

  private static final int ENTRIES = 512;

  @Override
  public String id() {
    return "codebook";
  }

  @Override
  public String conditions() {
    return "Vector quantisation by 512 entries that follow the codes, dead ones restarted, over 7x7"
        + " places of digits; the share of the entries in use on the 10,000 test digits, and what"
        + " their codes take by how often entries stand where in those of the 60,000 others.";
  }

  @Override
  public String source() {
    return "van den Oord, Vinyals and Kavukcuoglu, NIPS 2017; restarts: Williams et al., NeurIPS 2020";
  }

  @Override
  public List<Figure> run(long seed) {
    LabeledImageSource train = Mnist.train();
    try (Autoencoder digits =
        Autoencoder.conv().latent(7, 7, 8).widths(16).vectorQuantize(ENTRIES).seed(seed).build()) {
      digits.fit(train, Training.epochs(2).batchSize(64).cosineDecay().progress());
      Codebook codebook = digits.codebook();
      CodebookUsage usage = new CodebookUsage(codebook.entries());
      float[][] codes = digits.encode(train);
      float[][] judged = digits.encode(Mnist.test());
      for (float[] code : judged) {
        usage.add(codebook.indices(code));
      }
      return List.of(
          Figure.atLeast("entries in use, in %", "", 60, 100 * usage.usedShare()),
          Figure.beside("perplexity", usage.perplexity()),
          Figure.beside("bits an index, of 9", usage.bits()),
          Figure.beside(
              "bits a test code, by places", bits(CodebookPrior.places(codebook, codes), judged)),
          Figure.beside(
              "bits a test code, by neighbours too",
              bits(CodebookPrior.neighbors(codebook, digits.latentShape(), codes), judged)));
    }
  }

  /** What a code takes on average if it is sent by a distribution. */
  private static double bits(CodebookPrior prior, float[][] codes) {
    double nats = -Arrays.stream(codes).mapToDouble(prior::logProbability).average().orElseThrow();
    return nats / Math.log(2);
  }
}
