package io.github.autoencoder4j.examples.dog;

import com.google.common.primitives.Doubles;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.MeanColor;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.sampling.LatentStatistics;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.ImageGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Task dog.4: Gaussian noise on the latents of the nine pictures. */
public final class Dog4LatentNoise implements LabTask {

  /** Standard deviations of the noise, as shares of the latents' own. */
  private static final double[] LEVELS = {0.1, 0.2, 0.4, 0.8, 1.6};

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Dog4LatentNoise(), args);
  }

  @Override
  public String id() {
    return "dog.4";
  }

  @Override
  public void run(TaskRun lab) {
    Autoencoder autoencoder = Dog1ConvAutoencoder.trained(lab);
    float[][] originals = NineDogs.of(lab).toArrays();
    double std = LatentStatistics.of(autoencoder.encode(originals)).std();
    float[][] clean = autoencoder.reconstruct(originals);
    double[] withoutNoise = PictureFigures.psnr(originals, clean);
    List<Difference> costs = new ArrayList<>();

    lab.metric("latent.std", std);
    lab.metric("psnr_db@0.00", PictureFigures.mean(withoutNoise));
    ImageGrid grid = ImageGrid.of(autoencoder.inputShape());
    grid = grid.row("original", originals);
    grid = grid.row("no noise", clean, Captions.psnr(originals, clean, 9));
    float[][] noisy = clean;
    for (int i = 0; i < LEVELS.length; i++) {
      LatentNoise noise = LatentNoise.stddev(LEVELS[i] * std);
      noisy = autoencoder.transmit(originals, noise, lab.seed());
      costs.add(Difference.paired(withoutNoise, PictureFigures.psnr(originals, noisy)));
      lab.metric(String.format(Locale.ROOT, "psnr_db@%.2f", LEVELS[i]), costs.get(i).after());
      grid =
          grid.row(
              String.format(Locale.ROOT, "%.1f of std", LEVELS[i]),
              noisy,
              Captions.psnr(originals, noisy, 9));
    }
    lab.picture("noise", grid.draw());
    LocalContrast contrast = new LocalContrast(autoencoder.inputShape());
    double[] oneColor =
        PictureFigures.psnr(
            originals, new MeanColor(autoencoder.inputShape()).reconstruct(originals));
    lab.observe(
        DogSentences::of,
        new NoiseClaim(
            Doubles.asList(LEVELS),
            costs,
            Difference.paired(oneColor, PictureFigures.psnr(originals, noisy)),
            Difference.paired(contrast.means(clean), contrast.means(noisy))));
  }
}
