package io.github.autoencoder4j.examples.dog;

import com.google.common.primitives.Doubles;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.ConvBuilder;
import io.github.autoencoder4j.baseline.LinearCode;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
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

/** Task dog.5: train with noise on the power-normalised latent. */
public final class Dog5NoisyTraining implements LabTask {

  /** Variances of the noise; 0 is the model without, for comparison. */
  private static final double[] VARIANCES = {0, 0.05, 0.10, 0.15};

  /** The variance that is compared with training without noise. */
  private static final int JUDGED = 2;

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
    List<Difference> overLine = new ArrayList<>();
    List<Generation> generative = new ArrayList<>();
    ImageGrid sent = ImageGrid.of(lab.testDogs().shape()).row("original", NineDogs.of(lab));
    ImageGrid drawn = ImageGrid.of(lab.testDogs().shape());
    for (int i = 0; i < VARIANCES.length; i++) {
      double variance = VARIANCES[i];
      String key = i == 0 ? "plain" : String.format(Locale.ROOT, "%.2f", variance);
      Autoencoder model = train(lab, variance, key);
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
        double linear = PictureFigures.mean(line);
        overLine.add(Difference.paired(line, psnr[i][i]));
        lab.atLeast("test.psnr_db@" + key, matrix[i][i], linear + 0.7);
        lab.metric("snr_db@" + key, LatentNoise.variance(variance).snrDb());
        lab.metric("baseline.linear_psnr_db@" + key, linear);
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
            generative.get(JUDGED)));
  }

  private static Autoencoder train(TaskRun lab, double variance, String key) {
    ConvBuilder builder =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(8, 8, 16)
            .powerNormalize()
            .loss(Loss.MEAN_SQUARED_ERROR)
            .optimizer(Optimizer.adam(7e-4).beta2(0.99))
            .seed(lab.seed());
    Autoencoder model = (variance > 0 ? builder.latentNoise(variance) : builder).build();
    model.copyWeightsFrom(Dog1ConvAutoencoder.trained(lab));
    model.fit(
        Dog1ConvAutoencoder.views(lab),
        lab.training("variance " + key, 3)
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
