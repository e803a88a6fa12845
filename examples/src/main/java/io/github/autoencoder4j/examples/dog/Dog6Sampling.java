package io.github.autoencoder4j.examples.dog;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.GaussianMixture;
import io.github.autoencoder4j.sampling.LatentSampler;
import io.github.autoencoder4j.sampling.SecondStage;
import io.github.autoencoder4j.viz.ImageGrid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;

/** Task dog.6: samples of a variational code and of one that was trained with noise. */
public final class Dog6Sampling implements LabTask {

  /** The noise of the code that dog.5 judges sampling by. */
  private static final double VARIANCE = 0.10;

  /**
   * What the divergence counts for beside squared errors: as much as in the bound of a Gaussian
   * output with half of it as variance.
   */
  private static final double BETA = 0.05;

  private static final int COMPONENTS = 10;
  private static final int STAGE_EPOCHS = 32;
  private static final int SHOWN = 9;

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Dog6Sampling(), args);
  }

  @Override
  public String id() {
    return "dog.6";
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public void run(TaskRun lab) {
    ImageSource train = HorizontalFlip.both(lab.trainDogs());
    long seed = lab.seed();
    Autoencoder noisy = Dog5NoisyTraining.trained(lab, VARIANCE);
    Autoencoder variational = train(lab);
    CodeDistributions distributions = variational.encodeDistribution(lab.testDogs());
    lab.metric("kl_nats_per_image", StatUtils.sum(distributions.divergences()));
    lab.metric("active_units", distributions.activeUnits());
    lab.metric("latent.size@noise", noisy.latentShape().size());
    lab.metric("latent.size@variational", variational.latentShape().size());

    float[][] noisyCodes = noisy.encode(train);
    float[][] codes = variational.encode(train);
    ImageGrid drawn = ImageGrid.of(lab.testDogs().shape());
    try (SecondStage noisyStage = SecondStage.fit(noisyCodes, STAGE_EPOCHS, seed);
        SecondStage stage = SecondStage.fit(codes, STAGE_EPOCHS, seed)) {
      Map<String, LatentSampler> ofNoisy = new LinkedHashMap<>();
      ofNoisy.put("gaussian", Gaussian.lowRank(noisyCodes).powerNormalized());
      ofNoisy.put("second_stage", noisyStage.powerNormalized());
      Map<String, LatentSampler> ofVariational = new LinkedHashMap<>();
      ofVariational.put("prior", Gaussian.standard(codes[0].length));
      ofVariational.put("gaussian", Gaussian.lowRank(codes));
      ofVariational.put("mixture", GaussianMixture.components(COMPONENTS).fit(codes, seed));
      ofVariational.put("second_stage", stage);
      CodeOfDogs noisyDogs = judge(lab, noisy, "noise", ofNoisy);
      CodeOfDogs dogs = judge(lab, variational, "variational", ofVariational);
      drawn = drawn.row("noise, rebuilt", noisy.reconstruct(NineDogs.of(lab)));
      drawn = draws(lab, noisy, "noise", ofNoisy, drawn);
      drawn = drawn.row("variational, rebuilt", variational.reconstruct(NineDogs.of(lab)));
      drawn = draws(lab, variational, "variational", ofVariational, drawn);
      lab.note("dog.6.note", SampledDogs.SAMPLES, COMPONENTS, STAGE_EPOCHS);
      lab.picture("draws", drawn.draw());
      lab.observe(DogSentences::of, new SamplingDogsClaim(VARIANCE, noisyDogs, dogs));
    }
  }

  private static Autoencoder train(TaskRun lab) {
    Autoencoder autoencoder =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(4, 4, 16)
            .latentStage(Variational.standard().beta(BETA).warmup(500))
            .loss(Loss.MEAN_SQUARED_ERROR)
            .optimizer(Optimizer.adam(7e-4).beta2(0.99))
            .seed(lab.seed())
            .build();
    autoencoder.fit(
        Dog1ConvAutoencoder.views(lab),
        lab.training("variational", 10)
            .batchSize(16)
            .warmup(200)
            .clipGradientNorm(0.05)
            .cosineDecay());
    return autoencoder;
  }

  private static CodeOfDogs judge(
      TaskRun lab, Autoencoder model, String code, Map<String, LatentSampler> samplers) {
    SampledDogs.Judge judge = SampledDogs.Judge.of(lab, model, code);
    double psnr = model.evaluate(lab.testDogs()).psnr().mean();
    lab.metric("test.psnr_db@" + code, psnr);
    SampledDogs control = judge.judge("rebuilt", model.encode(Generation.control(lab)));
    List<SampledDogs> samples =
        samplers.entrySet().stream()
            .map(
                each ->
                    judge.judge(
                        each.getKey(), each.getValue().sample(SampledDogs.SAMPLES, lab.seed())))
            .toList();
    return new CodeOfDogs(psnr, control, samples);
  }

  private static ImageGrid draws(
      TaskRun lab,
      Autoencoder model,
      String code,
      Map<String, LatentSampler> samplers,
      ImageGrid grid) {
    ImageGrid more = grid;
    for (Map.Entry<String, LatentSampler> each : samplers.entrySet()) {
      more =
          more.row(
              code + ", " + each.getKey().replace('_', ' '),
              model.decode(each.getValue().sample(SHOWN, lab.seed())));
    }
    return more;
  }
}
