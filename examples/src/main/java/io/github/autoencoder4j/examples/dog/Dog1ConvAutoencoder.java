package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.baseline.BaselineFigures;
import io.github.autoencoder4j.baseline.MeanColor;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.Ssim;
import io.github.autoencoder4j.viz.ImageGrid;
import org.nd4j.linalg.learning.config.Adam;

/** Task dog.1: a convolutional autoencoder with a latent of 8x8x16. */
public final class Dog1ConvAutoencoder implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Dog1ConvAutoencoder(), args);
  }

  @Override
  public String id() {
    return "dog.1";
  }

  @Override
  public String title() {
    return "A convolutional autoencoder";
  }

  @Override
  public String question() {
    return "Build a convolutional autoencoder for the dogs, 64x64x3, with mean squared error and a"
        + " latent of 8x8x16.";
  }

  /** The model of this task, which dog.2 to dog.5 use. */
  static Autoencoder trained(TaskRun lab) {
    return lab.shared(
        "conv-8x8x16",
        () -> {
          Autoencoder autoencoder =
              Autoencoder.conv()
                  .input(64, 64, 3)
                  .latent(8, 8, 16)
                  .loss(Loss.MEAN_SQUARED_ERROR)
                  .optimizer(new Adam(7e-4, 0.9, 0.99, 1e-8))
                  .seed(lab.seed())
                  .build();
          // Twice the dogs: each one and its mirror image.
          autoencoder.fit(
              HorizontalFlip.both(lab.trainDogs()),
              lab.training("conv", 10)
                  .batchSize(16)
                  .warmup(200)
                  .clipGradientNorm(0.05)
                  .cosineDecay());
          return autoencoder;
        });
  }

  @Override
  public void run(TaskRun lab) {
    LabeledImageSource train = lab.trainDogs();
    LabeledImageSource test = lab.testDogs();
    Autoencoder autoencoder = trained(lab);

    Evaluation figures = autoencoder.evaluate(test);
    BaselineFigures linear = PatchPca.fit(train, 8, 8, 16).evaluate(test);
    BaselineFigures color = new MeanColor(test.shape()).evaluate(test);
    float[][] originals = test.toArrays();
    float[][] reconstructions = autoencoder.reconstruct(test);
    Ssim similarity = new Ssim(test.shape());
    similarity.add(originals, reconstructions);
    double ssim = similarity.summary().mean();

    lab.metric("train.images", train.size());
    lab.metric("test.images", test.size());
    lab.atLeast("test.psnr_db", figures.psnr().mean(), linear.psnr().mean() + 0.8);
    lab.metric("test.psnr_pooled_db", figures.psnr().pooled());
    lab.metric("test.psnr_std_db", figures.psnr().std());
    lab.metric("test.ssim", ssim);
    lab.metric("baseline.patch_pca_psnr_db", linear.psnr().mean());
    lab.metric("baseline.mean_color_psnr_db", color.psnr().mean());

    lab.listing(autoencoder.summary());
    lab.picture(
        "reconstructions",
        "Ten test pictures and their reconstructions, with the PSNR of each.",
        ImageGrid.of(test.shape())
            .row("original", test.slice(0, 10))
            .row(
                "8x8x16",
                autoencoder.reconstruct(test.slice(0, 10)),
                Captions.psnr(originals, reconstructions, 10))
            .draw());
    lab.observe(
        "From 1,024 numbers, a twelfth of the picture, the autoencoder rebuilds test pictures at %.2f"
            + " dB on average (%.2f dB pooled, SSIM %.3f). Its linear twin, the best 16 coefficients"
            + " for each patch of 8x8 pixels, reaches %.2f dB, and one colour a picture %.2f dB: what"
            + " the network gains over the linear code is %.2f dB.",
        figures.psnr().mean(),
        figures.psnr().pooled(),
        ssim,
        linear.psnr().mean(),
        color.psnr().mean(),
        figures.psnr().mean() - linear.psnr().mean());
  }
}
