package io.github.autoencoder4j.examples.dog;

import com.google.common.primitives.Floats;
import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.LatentSampler;
import io.github.autoencoder4j.sampling.LatentStatistics;
import io.github.autoencoder4j.viz.Histogram;
import io.github.autoencoder4j.viz.ImageGrid;

/** Task dog.3: a Gaussian from the latents of 256 pictures, nine draws decoded. */
public final class Dog3LatentGaussian implements LabTask {

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Dog3LatentGaussian(), args);
  }

  @Override
  public String id() {
    return "dog.3";
  }

  @Override
  public void run(TaskRun lab) {
    Autoencoder autoencoder = Dog1ConvAutoencoder.trained(lab);
    float[][] codes = autoencoder.encode(Generation.pictures(lab));
    LatentStatistics statistics = LatentStatistics.of(codes);
    lab.metric("latent.mean", statistics.mean());
    lab.metric("latent.std", statistics.std());
    lab.metric("latent.covariance_rank", statistics.covarianceRank());

    LatentSampler diagonal = Gaussian.diagonal(codes);
    LatentSampler lowRank = Gaussian.lowRank(codes);
    LatentSampler shrinkage = Gaussian.shrinkage(codes);
    Generation independent = Generation.of(lab, autoencoder, diagonal, "diagonal");
    Generation correlated = Generation.of(lab, autoencoder, lowRank, "lowrank");
    Generation shrunk = Generation.of(lab, autoencoder, shrinkage, "shrinkage");

    long seed = lab.seed();
    lab.picture(
        "draws",
        ImageGrid.of(autoencoder.inputShape())
            .row("diagonal", autoencoder.decode(diagonal.sample(9, seed)))
            .row("low rank", autoencoder.decode(lowRank.sample(9, seed)))
            .row("shrinkage", autoencoder.decode(shrinkage.sample(9, seed)))
            .draw());
    lab.picture(
        "histogram",
        Histogram.over("latent entry")
            .series("entries", Floats.concat(codes))
            .normal("Gaussian", statistics.mean(), statistics.std())
            .draw());
    lab.observe(
        DogSentences::of,
        GaussianClaim.of(
            codes.length,
            codes[0].length,
            statistics.covarianceRank(),
            independent,
            correlated,
            shrunk));
  }
}
