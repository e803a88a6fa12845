package io.github.autoencoder4j.examples.dog;

import com.google.common.primitives.Doubles;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.ConvBuilder;
import io.github.autoencoder4j.baseline.LinearCode;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.examples.runner.TaskStudy;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.LatentSampler;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.Heatmap;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.page.LatentExplorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Task dog.5: train with noise on the power-normalised latent. */
public final class Dog5NoisyTraining implements LabTask {

  /** Variances of the noise; 0 is the model without, for comparison. */
  private static final double[] VARIANCES = {0, 0.05, 0.10, 0.15};

  /** The variance that is compared with training without noise. */
  private static final int JUDGED = 2;

  /** Figures by seed, in dB: without noise, with the judged one, and over the linear code's own. */
  private static final String CLEAN = "seeds.clean_db";

  private static final String NOISY = "seeds.noisy_db";
  private static final String OVER_LINEAR = "seeds.over_linear_db";

  /** How often each picture is sent through the noise when it is judged. */
  private static final int DRAWS = 10;

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Dog5NoisyTraining(), args);
  }

  @Override
  public String id() {
    return "dog.5";
  }

  @Override
  public void run(TaskRun lab) {
    PatchPca patches = PatchPca.fit(lab.trainDogs(), 8, 8, 16);
    float[][] test = lab.testDogs().toArrays();
    double[][] matrix = new double[VARIANCES.length][VARIANCES.length];
    double[][][] psnr = new double[VARIANCES.length][VARIANCES.length][];
    double[] lines = new double[VARIANCES.length];
    lines[0] = PictureFigures.mean(PictureFigures.psnr(test, patches.reconstruct(test)));
    List<Difference> overLine = new ArrayList<>();
    List<Generation> generative = new ArrayList<>();
    ImageGrid sent = ImageGrid.of(lab.testDogs().shape()).row("original", NineDogs.of(lab));
    ImageGrid drawn = ImageGrid.of(lab.testDogs().shape());
    for (int i = 0; i < VARIANCES.length; i++) {
      double variance = VARIANCES[i];
      String key = key(variance);
      Autoencoder model = trained(lab, variance);
      for (int j = 0; j < VARIANCES.length; j++) {
        psnr[i][j] = psnr(lab, model, test, VARIANCES[j]);
        matrix[i][j] = PictureFigures.mean(psnr[i][j]);
        lab.metric(
            String.format(Locale.ROOT, "test.psnr_db@train=%s,test=%.2f", key, VARIANCES[j]),
            matrix[i][j]);
      }
      if (i > 0) {
        LinearCode code = LinearCode.of(patches, variance);
        double[] line =
            PictureFigures.psnr(test, DRAWS, lab.seed(), seed -> code.transmit(test, seed));
        lines[i] = PictureFigures.mean(line);
        overLine.add(Difference.paired(line, psnr[i][i]));
        lab.atLeast("test.psnr_db@" + key, matrix[i][i], lines[i] + 0.7);
        lab.metric("snr_db@" + key, LatentNoise.variance(variance).snrDb());
        lab.metric("baseline.linear_psnr_db@" + key, lines[i]);
      }
      lab.atMost("power.max_deviation@" + key, powerDeviation(model, lab), 1e-5);

      LatentSampler sampler =
          Gaussian.lowRank(model.encode(Generation.pictures(lab))).powerNormalized();
      generative.add(Generation.of(lab, model, sampler, key));
      drawn = drawn.row(key, model.decode(sampler.sample(9, lab.seed())));
      float[][] originals = NineDogs.of(lab).toArrays();
      float[][] received = model.transmit(originals, LatentNoise.variance(0.10), lab.seed());
      sent = sent.row(key, received, Captions.psnr(originals, received, 9));
      if (i == JUDGED) {
        lab.explorer("explorer-dogs", LatentExplorer.of(model, lab.testDogs()));
      }
    }
    Optional<SeedsClaim> seeds = seeds(lab, lines, test, psnr);
    lab.note("dog.5.note", DRAWS);
    lab.picture(
        "matrix",
        Heatmap.of(matrix)
            .rows("variance in training", "0", "0.05", "0.10", "0.15")
            .columns("variance in the test", "0", "0.05", "0.10", "0.15")
            .valueLabel("PSNR in dB")
            .printValues(2)
            .draw());
    lab.picture("received", sent.draw());
    lab.picture("draws", drawn.draw());
    lab.observe(
        DogSentences::of,
        RobustnessClaim.of(
            Doubles.asList(VARIANCES).subList(1, VARIANCES.length),
            overLine,
            VARIANCES[JUDGED],
            Difference.paired(psnr[0][JUDGED], psnr[JUDGED][JUDGED]),
            Difference.paired(psnr[0][0], psnr[JUDGED][0]),
            generative.get(0),
            generative.get(JUDGED),
            seeds));
  }

  /**
   * The same figures of models of other seeds, if more than one was asked for. All start from the
   * weights of dog.1.
   *
   * @param lines mean PSNR of the best linear code for each variance
   * @param first by variance in training, variance in the test and picture, with the first seed
   */
  private static Optional<SeedsClaim> seeds(
      TaskRun lab, double[] lines, float[][] test, double[][][] first) {
    List<Double> variances = Doubles.asList(VARIANCES);
    TaskStudy<Double> study =
        lab.study(
            "variance in training",
            variances,
            1,
            Dog5NoisyTraining::key,
            variance -> VARIANCES[0],
            (variance, seed) -> {
              int row = variances.indexOf(variance);
              if (seed == lab.seed()) {
                return figures(first[row][0], first[row][JUDGED], first[row][row], lines[row]);
              }
              try (Autoencoder model = train(lab, variance, seed)) {
                double[] own = psnr(lab, model, test, variance);
                double[] judged = row == JUDGED ? own : psnr(lab, model, test, VARIANCES[JUDGED]);
                double[] clean = row == 0 ? own : psnr(lab, model, test, 0);
                return figures(clean, judged, own, lines[row]);
              }
            });
    if (study.seeds() == 1) {
      return Optional.empty();
    }
    for (String figure : List.of(CLEAN, NOISY, OVER_LINEAR)) {
      study.report(figure, study.plot(figure).labels("variance in training", figure));
    }
    return Optional.of(
        new SeedsClaim(
            study.seeds(),
            study.result().compare(NOISY, VARIANCES[0], VARIANCES[JUDGED]),
            study.result().compare(CLEAN, VARIANCES[0], VARIANCES[JUDGED])));
  }

  private static Map<String, Double> figures(
      double[] clean, double[] judged, double[] own, double line) {
    return Map.of(
        CLEAN, PictureFigures.mean(clean),
        NOISY, PictureFigures.mean(judged),
        OVER_LINEAR, PictureFigures.mean(own) - line);
  }

  /** The model of this run's seed for a variance, which dog.6 samples from. */
  static Autoencoder trained(TaskRun lab, double variance) {
    return lab.shared("noise-" + variance, () -> train(lab, variance, lab.seed()));
  }

  private static String key(double variance) {
    return variance == 0 ? "plain" : String.format(Locale.ROOT, "%.2f", variance);
  }

  private static String name(double variance) {
    return (variance == 0 ? "" : "variance ") + key(variance);
  }

  private static Autoencoder train(TaskRun lab, double variance, long seed) {
    ConvBuilder builder =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(8, 8, 16)
            .powerNormalize()
            .loss(Loss.MEAN_SQUARED_ERROR)
            .optimizer(Optimizer.adam(7e-4).beta2(0.99))
            .seed(seed);
    Autoencoder model = (variance > 0 ? builder.latentNoise(variance) : builder).build();
    model.copyWeightsFrom(Dog1ConvAutoencoder.trained(lab));
    model.fit(
        Dog1ConvAutoencoder.views(lab),
        lab.training(name(variance) + (seed == lab.seed() ? "" : " seed " + seed), 3)
            .batchSize(16)
            .warmup(100)
            .clipGradientNorm(0.05)
            .cosineDecay());
    return model;
  }

  private static double[] psnr(
      TaskRun lab, Autoencoder model, float[][] pictures, double variance) {
    return variance == 0
        ? PictureFigures.psnr(pictures, model.reconstruct(pictures))
        : PictureFigures.psnr(
            pictures,
            DRAWS,
            lab.seed(),
            seed -> model.transmit(pictures, LatentNoise.variance(variance), seed));
  }

  /** The largest distance of a code's mean square from 1. */
  private static double powerDeviation(Autoencoder model, TaskRun lab) {
    double worst = 0;
    for (float[] code : model.encode(lab.testDogs())) {
      double power = 0;
      for (float value : code) {
        power += (double) value * value / code.length;
      }
      worst = Math.max(worst, Math.abs(power - 1));
    }
    return worst;
  }
}
