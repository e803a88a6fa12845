package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.Psnr;
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
  public String title() {
    return "Nine pictures and their latents";
  }

  @Override
  public String question() {
    return "Show nine random pictures, their reconstructions and their latents.";
  }

  @Override
  public void run(TaskRun lab) {
    Autoencoder autoencoder = Dog1ConvAutoencoder.trained(lab);
    float[][] originals = NineDogs.of(lab).toArrays();
    float[][] latents = autoencoder.encode(originals);
    float[][] reconstructions = autoencoder.decode(latents);

    double[] psnr =
        IntStream.range(0, 9).mapToDouble(i -> Psnr.of(originals[i], reconstructions[i])).toArray();
    LatentStatistics statistics = LatentStatistics.of(latents);
    lab.metric("psnr_db", psnr);
    lab.metric("latent.mean", statistics.mean());
    lab.metric("latent.std", statistics.std());
    double[] shares = channelShares(autoencoder.latentShape(), latents);
    double strongest = Arrays.stream(shares).max().orElseThrow();
    double weakest = Arrays.stream(shares).min().orElseThrow();
    lab.metric("latent.power_share_per_channel", shares);
    lab.picture(
        "latents",
        "Nine test pictures, drawn at random: original, reconstruction, and the 16 channels of the"
            + " latent, each 8x8 and in a range of colours of its own.",
        LatentChannels.of(autoencoder.latentShape(), latents)
            .images(autoencoder.inputShape(), originals, reconstructions)
            .rangePerChannel()
            .captions(Captions.psnr(originals, reconstructions, 9))
            .draw());
    lab.observe(
        "The nine reconstructions lie between %.1f and %.1f dB: smooth pictures come back best, and"
            + " what is fine in the others is lost. The latent keeps the layout of the picture: each of"
            + " its 16 channels is a small map of 8x8. They differ much in strength: of the power of"
            + " the nine latents the strongest channel holds %.0f %% and the weakest %.1f %%, where"
            + " equal ones would hold 6.2 %% each. In the strong ones light and dark parts of the picture"
            + " are found again. The values have mean %.2f and standard deviation %.2f.",
        IntStream.range(0, 9).mapToDouble(i -> psnr[i]).min().orElseThrow(),
        IntStream.range(0, 9).mapToDouble(i -> psnr[i]).max().orElseThrow(),
        100 * strongest,
        100 * weakest,
        statistics.mean(),
        statistics.std());
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
