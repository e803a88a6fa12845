package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.baseline.MeanColor;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.RandomShift;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.Ssim;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.ImageGrid;

/** Task dog.1: a convolutional autoencoder with a latent of 8x8x16. */
public final class Dog1ConvAutoencoder implements LabTask {

  /** Blocks of 8x8 pixels can so begin at every pixel. */
  private static final int MOST_SHIFT = 7;

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
                  .optimizer(Optimizer.adam(7e-4).beta2(0.99))
                  .seed(lab.seed())
                  .build();
          autoencoder.fit(
              views(lab),
              lab.training("conv", 10)
                  .batchSize(16)
                  .warmup(200)
                  .clipGradientNorm(0.05)
                  .cosineDecay());
          return autoencoder;
        });
  }

  /** The dogs to train on, shifted if they are few, and the mirror image of each. */
  static ImageSource views(TaskRun lab) {
    return HorizontalFlip.both(
        RandomShift.views(lab.trainDogs(), lab.dogViews(), MOST_SHIFT, lab.seed()));
  }

  @Override
  public void run(TaskRun lab) {
    LabeledImageSource train = lab.trainDogs();
    LabeledImageSource test = lab.testDogs();
    Autoencoder autoencoder = trained(lab);

    Evaluation figures = autoencoder.evaluate(test);
    float[][] originals = test.toArrays();
    float[][] reconstructions = autoencoder.reconstruct(test);
    Ssim similarity = new Ssim(test.shape());
    similarity.add(originals, reconstructions);
    double[] linear =
        PictureFigures.psnr(originals, PatchPca.fit(train, 8, 8, 16).reconstruct(originals));
    LineClaim claim =
        new LineClaim(
            Difference.paired(linear, PictureFigures.psnr(originals, reconstructions)),
            figures.psnr().pooled(),
            similarity.summary().mean(),
            new MeanColor(test.shape()).evaluate(test).psnr().mean(),
            originals.length);

    lab.metric("train.images", train.size());
    lab.metric("train.views_per_image", 2 * lab.dogViews());
    lab.metric("test.images", test.size());
    lab.atLeast("test.psnr_db", claim.overLine().after(), claim.overLine().before() + 0.8);
    lab.metric("test.psnr_pooled_db", figures.psnr().pooled());
    lab.metric("test.psnr_std_db", figures.psnr().std());
    lab.metric("test.ssim", claim.ssim());
    lab.metric("gain.standard_error_db", claim.overLine().standardError());
    lab.metric("baseline.patch_pca_psnr_db", claim.overLine().before());
    lab.metric("baseline.mean_color_psnr_db", claim.oneColor());

    lab.listing(autoencoder.summary());
    lab.picture(
        "reconstructions",
        ImageGrid.of(test.shape())
            .row("original", test.slice(0, 10))
            .row(
                "8x8x16",
                autoencoder.reconstruct(test.slice(0, 10)),
                Captions.psnr(originals, reconstructions, 10))
            .draw());
    lab.observe(DogSentences::of, claim);
  }
}
