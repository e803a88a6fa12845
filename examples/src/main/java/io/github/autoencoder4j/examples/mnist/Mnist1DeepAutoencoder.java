package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.Evaluation;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.viz.Curves;
import io.github.autoencoder4j.viz.ImageGrid;

/** Task mnist.1: read MNIST, build a deep autoencoder. */
public final class Mnist1DeepAutoencoder implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist1DeepAutoencoder(), args);
  }

  @Override
  public String id() {
    return "mnist.1";
  }

  @Override
  public void run(TaskRun lab) {
    LabeledImageSource train = lab.train();
    LabeledImageSource test = lab.test();

    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(train.shape())
            .hidden(512, 256, 128)
            .bottleneck(32)
            .seed(lab.seed())
            .build();
    History history =
        autoencoder.fit(
            train, lab.training("deep", 6).batchSize(256).cosineDecay().validation(test));

    Evaluation figures = autoencoder.evaluate(test);
    lab.metric("train.images", train.size());
    lab.metric("test.images", test.size());
    lab.metric("parameters", autoencoder.architecture().orElseThrow().parameters());
    lab.metric("test.bce_per_pixel", figures.binaryCrossEntropy().perPixel());
    lab.metric("test.psnr_db", figures.psnr().mean());

    LabeledImageSource shown = test.slice(0, 12);
    lab.picture(
        "reconstructions",
        ImageGrid.of(test.shape())
            .row("original", shown)
            .row("reconstruction", autoencoder.reconstruct(shown))
            .draw());
    lab.picture(
        "loss",
        Curves.over("epoch")
            .yLabel("binary cross-entropy per pixel")
            .series("training", history.trainingLosses())
            .series("validation", history.validationLosses())
            .draw());
    lab.listing(autoencoder.summary());
    lab.observe(
        words ->
            words.say(
                "mnist.1.answer",
                autoencoder.architecture().orElseThrow().parameters(),
                test.shape().size(),
                history.epochs().size(),
                figures.binaryCrossEntropy().perPixel(),
                figures.binaryCrossEntropy().floorPerPixel(),
                figures.psnr().mean()));
  }
}
