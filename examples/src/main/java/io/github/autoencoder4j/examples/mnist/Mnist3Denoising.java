package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.ImageGrid;
import java.util.stream.IntStream;

/** Task mnist.3: denoising with noise factor 0.4. */
public final class Mnist3Denoising implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist3Denoising(), args);
  }

  @Override
  public String id() {
    return "mnist.3";
  }

  @Override
  public void run(TaskRun lab) {
    LabeledImageSource test = lab.test();
    Corruption noise = Corruption.gaussian(0.4);

    Autoencoder denoiser =
        Autoencoder.dense()
            .hidden(1024, 512)
            .bottleneck(128)
            .corruption(noise)
            .optimizer(Optimizer.adam(3e-3).beta2(0.99))
            .seed(lab.seed())
            .build();
    denoiser.fit(lab.train(), lab.training("denoising", 15).batchSize(256).cosineDecay());

    // The same noise in every run, on images that were not trained on.
    ImageSource noisy = noise.applyTo(test, 1);
    Psnr before = new Psnr(test.shape().size());
    before.add(test.toArrays(), noisy.toArrays());
    Evaluation after = denoiser.evaluate(noisy, test);

    lab.metric("noisy.psnr_db", before.summary().mean());
    lab.atLeast("denoised.psnr_db", after.psnr().mean(), 20.0);
    lab.atMost("denoised.bce_per_pixel", after.binaryCrossEntropy().perPixel(), 0.095);
    lab.metric("denoised.mse", after.meanSquaredError());

    ImageSource shown = noisy.slice(0, 12);
    lab.picture(
        "denoising",
        ImageGrid.of(test.shape())
            .row("clean", test.slice(0, 12))
            .row("noisy", shown)
            .row("denoised", denoiser.reconstruct(shown))
            .draw());
    ImageSource many = noisy.slice(12, 52);
    lab.comparison(
        "noise",
        ImageGrid.of(test.shape()).tiles(8, many.toArrays()).draw(),
        ImageGrid.of(test.shape()).tiles(8, denoiser.reconstruct(many)).draw());
    float[][] clean = test.toArrays();
    float[][] corrupted = noisy.toArrays();
    float[][] denoised = denoiser.reconstruct(noisy);
    lab.observe(
        MnistSentences::of,
        new DenoisingClaim(
            Difference.paired(psnr(clean, corrupted), psnr(clean, denoised)),
            after.binaryCrossEntropy().perPixel(),
            DenoisingClaim.errors(clean, corrupted, denoised, value -> value == 0),
            DenoisingClaim.errors(clean, corrupted, denoised, value -> value >= 0.5)));
  }

  private static double[] psnr(float[][] originals, float[][] others) {
    return IntStream.range(0, originals.length)
        .mapToDouble(i -> Psnr.of(originals[i], others[i]))
        .toArray();
  }
}
