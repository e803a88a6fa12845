package io.github.autoencoder4j.examples.dog;

import com.google.common.primitives.Doubles;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.sampling.LatentStatistics;
import io.github.autoencoder4j.viz.LatentChannels;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Task dog.2: nine pictures, their reconstructions and their latents. */
public final class Dog2LatentPictures implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Dog2LatentPictures(), args);
  }

  @Override
  public String id() {
    return "dog.2";
  }

  @Override
  public void run(TaskRun lab) {
    Autoencoder autoencoder = Dog1ConvAutoencoder.trained(lab);
    float[][] originals = NineDogs.of(lab).toArrays();
    float[][] latents = autoencoder.encode(originals);
    float[][] reconstructions = autoencoder.decode(latents);

    double[] psnr = PictureFigures.psnr(originals, reconstructions);
    LatentStatistics statistics = LatentStatistics.of(latents);
    lab.metric("psnr_db", psnr);
    lab.metric("latent.mean", statistics.mean());
    lab.metric("latent.std", statistics.std());
    double[] shares = channelShares(autoencoder.latentShape(), latents);
    double strongest = Doubles.max(shares);
    double weakest = Doubles.min(shares);
    lab.metric("latent.power_share_per_channel", shares);
    lab.picture(
        "latents",
        LatentChannels.of(autoencoder.latentShape(), latents)
            .images(autoencoder.inputShape(), originals, reconstructions)
            .rangePerChannel()
            .captions(Captions.psnr(originals, reconstructions, 9))
            .draw());
    LabeledImageSource test = lab.testDogs();
    float[][] all = test.toArrays();
    int channel = Doubles.indexOf(shares, strongest);
    lab.observe(
        DogSentences::of,
        new LatentsClaim(
            Doubles.min(psnr),
            Doubles.max(psnr),
            LatentsClaim.smoothness(
                new LocalContrast(test.shape()).means(all),
                PictureFigures.psnr(all, autoencoder.reconstruct(test))),
            strongest,
            weakest,
            shares.length,
            LatentsClaim.brightness(
                channel(autoencoder.latentShape(), latents, channel),
                brightness(autoencoder.latentShape(), test.shape(), originals)),
            statistics.mean(),
            statistics.std()));
  }

  /** All values of one channel, latent after latent. */
  private static double[] channel(ImageShape shape, float[][] latents, int channel) {
    int plane = shape.height() * shape.width();
    return Arrays.stream(latents)
        .flatMapToDouble(
            latent ->
                IntStream.range(channel * plane, (channel + 1) * plane).mapToDouble(i -> latent[i]))
        .toArray();
  }

  /** The mean of the pixels below each value of a channel, picture after picture. */
  private static double[] brightness(ImageShape latent, ImageShape image, float[][] pictures) {
    int plane = latent.height() * latent.width();
    double[] sums = new double[pictures.length * plane];
    for (int i = 0; i < pictures.length; i++) {
      for (int j = 0; j < pictures[i].length; j++) {
        int row = j / image.width() % image.height() * latent.height() / image.height();
        int column = j % image.width() * latent.width() / image.width();
        sums[i * plane + row * latent.width() + column] += pictures[i][j];
      }
    }
    double pixels = (double) image.size() / plane;
    return Arrays.stream(sums).map(sum -> sum / pixels).toArray();
  }

  /** The share of each channel in the sum of all squares. */
  private static double[] channelShares(ImageShape shape, float[][] latents) {
    double[] powers = new double[shape.channels()];
    int plane = shape.height() * shape.width();
    for (float[] latent : latents) {
      for (int i = 0; i < latent.length; i++) {
        powers[i / plane] += (double) latent[i] * latent[i];
      }
    }
    double all = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / all).toArray();
  }
}
