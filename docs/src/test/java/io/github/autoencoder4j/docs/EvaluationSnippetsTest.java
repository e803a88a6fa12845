package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.baseline.LinearCode;
import io.github.autoencoder4j.baseline.MeanColor;
import io.github.autoencoder4j.baseline.MeanImage;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.baseline.Pca;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.Split;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.FilledShare;
import io.github.autoencoder4j.metric.GenerativeFigures;
import io.github.autoencoder4j.metric.GenerativeReference;
import io.github.autoencoder4j.metric.LogLikelihood;
import io.github.autoencoder4j.metric.NearestNeighborAccuracy;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.metric.Ssim;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.study.Diagnosis;
import io.github.autoencoder4j.study.Diagnosis.Kind;
import io.github.autoencoder4j.study.Study;
import io.github.autoencoder4j.study.StudyResult;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/evaluation.md. */
class EvaluationSnippetsTest {

  private static final LabeledImageSource train = Mnist.train().slice(0, 3_000);
  private static final LabeledImageSource test = Mnist.test().slice(0, 300);
  private static final Autoencoder autoencoder =
      Autoencoder.dense().hidden(256, 128).bottleneck(2).build();

  @BeforeAll
  static void train() {
    autoencoder.fit(train, Training.epochs(20).batchSize(64).cosineDecay());
  }

  @Test
  void reconstruction() {
    // snippet: evaluation-reconstruction
    Evaluation result = autoencoder.evaluate(test);

    double loss = result.reconstructionLoss(); // what it was trained for, mean per pixel
    double crossEntropy = result.binaryCrossEntropy().perPixel(); // nats
    double excess = result.binaryCrossEntropy().excessPerPixel(); // above the floor
    double squaredError = result.meanSquaredError();
    double psnr = result.psnr().mean(); // dB, mean over images
    double pooled = result.psnr().pooled(); // dB of the mean error: another figure
    // end

    assertThat(loss).isEqualTo(crossEntropy);
    assertThat(excess).isBetween(0.0, crossEntropy);
    assertThat(pooled).isCloseTo(Psnr.ofMse(squaredError), within(1e-4)).isLessThan(psnr);
  }

  @Test
  void accumulates() {
    LabeledImageSource dogs = Dogs.synthetic(10, 1);
    float[][] originals = dogs.toArrays();
    float[][] reconstructions = new MeanColor(dogs.shape()).reconstruct(originals);
    // snippet: evaluation-accumulate
    Psnr psnr = new Psnr(dogs.shape().size());
    Ssim ssim = new Ssim(dogs.shape());
    psnr.add(originals, reconstructions); // batch by batch, of any size
    ssim.add(originals, reconstructions);

    double meanPsnr = psnr.summary().mean();
    double worst = psnr.summary().percentile5();
    double meanSsim = ssim.summary().mean();
    // end

    assertThat(worst).isLessThan(meanPsnr);
    assertThat(meanSsim).isBetween(0.0, 1.0);
  }

  @Test
  void baselines() {
    LabeledImageSource dogs = Dogs.synthetic(60, 1);
    // snippet: evaluation-baselines
    double meanImage = MeanImage.fit(train).evaluate(test).mse();
    double twoNumbers = Pca.fit(train, 2).evaluate(test).mse();
    double ours = autoencoder.evaluate(test).meanSquaredError();

    PatchPca twin = PatchPca.fit(dogs, 8, 8, 16); // of conv().latent(8, 8, 16)
    double line = twin.evaluate(dogs).psnr().mean();
    double noisyLine = LinearCode.of(twin, 0.1).evaluate(dogs, 10, 7).psnr().mean();
    // end

    assertThat(ours).isLessThan(twoNumbers);
    assertThat(twoNumbers).isLessThan(meanImage);
    assertThat(noisyLine).isLessThan(line);
  }

  @Test
  void codes() {
    // snippet: evaluation-codes
    float[][] codes = autoencoder.encode(train);
    NearestNeighborAccuracy accuracy =
        NearestNeighbors.of(codes, train.labels())
            .accuracy(autoencoder.encode(test), test.labels());

    Box box = Box.quantiles(codes);
    double filled = FilledShare.of(codes, box.lower(), box.upper());
    // end

    assertThat(accuracy.k10()).isGreaterThan(0.3);
    assertThat(accuracy.k1()).isGreaterThan(0.3);
    assertThat(filled).isBetween(0.0, 1.0);
  }

  @Test
  void generation() {
    // snippet: evaluation-generation
    Pca features = Pca.fit(train, 32);
    GenerativeReference real = GenerativeReference.of(train, test, features::encode);

    float[][] latents = Gaussian.shrinkage(autoencoder.encode(train)).sample(300, 7);
    float[][] samples = autoencoder.decode(latents);
    GenerativeFigures figures = real.judge(samples, latents, autoencoder.encode(samples));
    // end

    assertThat(figures.precision()).isBetween(0.0, 1.0);
    assertThat(figures.coverage()).isBetween(0.0, 1.0);
    assertThat(figures.samples()).isEqualTo(300);
    // Copies of training images are found out.
    float[][] copies = train.slice(0, 300).toArrays();
    float[][] theirs = autoencoder.encode(copies);
    assertThat(real.judge(copies, theirs, theirs).memorizedShare()).isEqualTo(1);
  }

  @Test
  void channelsAndNoise() {
    // snippet: evaluation-noise
    Evaluation overTheAir =
        autoencoder.evaluateTransmission(test, LatentNoise.variance(0.1), 10, 7); // 10 draws each
    Evaluation denoised =
        autoencoder.evaluate(Corruption.gaussian(0.4).applyTo(test, 1), test); // input, target
    // end

    assertThat(overTheAir.images()).isEqualTo(10 * test.size());
    assertThat(denoised.images()).isEqualTo(test.size());
    assertThat(overTheAir.meanSquaredError())
        .isGreaterThan(autoencoder.evaluate(test).meanSquaredError());
  }

  @Test
  void splits() {
    LabeledImageSource all = Dogs.synthetic(200, 5);
    // snippet: evaluation-split
    Split<LabeledImageSource> halves = Split.byContent(all, 0.10);
    LabeledImageSource toTrain = halves.train();
    LabeledImageSource toTest = halves.test();
    // end

    assertThat(toTrain.size() + toTest.size()).isEqualTo(all.size());
    assertThat(toTest.size()).isBetween(5, 40);
  }

  /** Grey digits, each pixel black or white as a coin falls. */
  private static ImageSource inked(LabeledImageSource digits) {
    RandomStream coins = RandomStream.of(1, "ink");
    float[][] rows = digits.toArrays();
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = coins.nextFloat() < row[i] ? 1 : 0;
      }
    }
    return ImageSource.of(digits.shape(), rows);
  }

  @Test
  void likelihood() {
    ImageSource blackAndWhite = inked(train);
    ImageSource held = inked(test.slice(0, 50));
    // snippet: evaluation-likelihood
    Autoencoder inked = Autoencoder.dense().hidden(100).bottleneck(10).variational().build();
    inked.fit(blackAndWhite, Training.epochs(5).batchSize(64));

    LogLikelihood likelihood = inked.logLikelihood(held, 100, 1);
    double nats = likelihood.mean(); // of an image, a lower bound in the mean
    double error = likelihood.standardError(); // since there are only so many images

    CodeDistributions codes = inked.encodeDistribution(held);
    int inUse = codes.activeUnits(); // of 10 numbers
    double[] costs = codes.divergences(); // nats of each number
    // end

    assertThat(nats).isBetween(-200.0, -80.0);
    assertThat(error).isPositive();
    assertThat(inUse).isBetween(1, 10);
    assertThat(costs).hasSize(10);
    assertThat(nats).isGreaterThan(-inked.evaluate(held).objective().total() * held.shape().size());
  }

  @Test
  void diagnosis() {
    // snippet: evaluation-diagnosis
    Diagnosis diagnosis = Diagnosis.of(autoencoder, train, test);
    System.out.println(diagnosis);
    // end

    assertThat(diagnosis.findings()).noneMatch(finding -> finding.kind() == Kind.CONSTANT_OUTPUT);
  }

  @Test
  void study(@TempDir Path folder) {
    Path journal = folder.resolve("bottleneck.json");
    ImageSource some = train.slice(0, 1_000);
    ImageSource held = train.slice(1_000, 1_500);
    // snippet: evaluation-study
    StudyResult<Integer> result =
        Study.of("bottleneck", List.of(1, 2, 8))
            .seeds(1, 2, 3)
            .journal(journal) // what was done survives a power cut
            .run(
                (size, seed) -> {
                  Autoencoder candidate =
                      Autoencoder.dense().hidden(64).bottleneck(size).seed(seed).build();
                  candidate.fit(some, Training.epochs(5).batchSize(64));
                  return Map.of("loss", candidate.evaluate(held).reconstructionLoss());
                });
    String table = result.table("loss"); // mean, spread, and what is more than chance
    int enough = result.knee("loss", 0.9); // the smallest with 90 % of what the best gains
    // end

    assertThat(table).contains("| bottleneck | loss |");
    assertThat(enough).isEqualTo(8);
    assertThat(journal).exists();
  }
}
