package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.sampling.LatentStatistics;
import io.github.autoencoder4j.viz.LatentChannels;
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
    lab.picture(
        "latents",
        "Nine test pictures, drawn at random: original, reconstruction, and the 16 channels of the"
            + " latent, each 8x8.",
        LatentChannels.of(autoencoder.latentShape(), latents)
            .images(autoencoder.inputShape(), originals, reconstructions)
            .captions(Captions.psnr(originals, reconstructions, 9))
            .draw());
    lab.observe(
        "The nine reconstructions lie between %.1f and %.1f dB: smooth pictures come back best, fur"
            + " and grass lose their finest lines. The latent keeps the layout of the picture: each of"
            + " its 16 channels is a small map of 8x8 in which the dog can still be made out, and"
            + " each shows something else of it, such as brightness, colour or edges of one"
            + " direction. Its values have mean %.2f and standard deviation %.2f.",
        IntStream.range(0, 9).mapToDouble(i -> psnr[i]).min().orElseThrow(),
        IntStream.range(0, 9).mapToDouble(i -> psnr[i]).max().orElseThrow(),
        statistics.mean(),
        statistics.std());
  }
}
