package io.github.autoencoder4j.examples.mnist;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.examples.runner.LabCommand;
import io.github.autoencoder4j.examples.runner.LabTask;
import io.github.autoencoder4j.examples.runner.TaskRun;
import io.github.autoencoder4j.latent.CodeDistributions;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.GaussianMixture;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentScatter;
import io.github.autoencoder4j.viz.Picture;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/** Task mnist.6: the map of mnist.4 beside that of a variational code of the same network. */
public final class Mnist6VariationalMap implements LabTask {

  private static final int COMPONENTS = 10;
  private static final int CELLS = 16;

  private static final int SHOWN = 12;

  /** More codes move ten Gaussians in a plane no further. */
  private static final int FITTED_TO = 20_000;

  /**
   * Runs this task alone.
   *
   * @param args the options of the lab
   */
  public static void main(String[] args) {
    LabCommand.main(new Mnist6VariationalMap(), args);
  }

  @Override
  public String id() {
    return "mnist.6";
  }

  @Override
  public boolean isOptional() {
    return true;
  }

  @Override
  public void run(TaskRun lab) {
    Autoencoder plain = Mnist2Bottleneck.trained(lab);
    Autoencoder variational = train(lab);
    LabeledImageSource test = lab.test();
    LabeledImageSource train = lab.train();
    float[][] originals = test.toArrays();
    double[] plainErrors = errors(originals, plain.reconstruct(test));
    double[] errors = errors(originals, variational.reconstruct(test));
    CodeDistributions distributions = variational.encodeDistribution(test);
    double nats = StatUtils.sum(distributions.divergences());
    lab.metric("test.mse@plain", StatUtils.mean(plainErrors));
    lab.metric("test.mse@variational", StatUtils.mean(errors));
    lab.metric("test.bce_per_pixel@plain", plain.evaluate(test).reconstructionLoss());
    lab.metric("test.bce_per_pixel@variational", variational.evaluate(test).reconstructionLoss());
    lab.metric("kl_nats_per_image", nats);
    lab.metric("active_units", distributions.activeUnits());

    float[][] plainCodes = plain.encode(train);
    float[][] codes = variational.encode(train);
    DigitClassifier judge = DigitClassifier.trained(lab);
    SampleQuality plainBox = box(lab, plain, plainCodes, judge, "plain");
    SampleQuality box = box(lab, variational, codes, judge, "variational");

    long seed = lab.seed();
    int count = SampleQuality.SAMPLES;
    Draws plainUniform = Draws.of(lab, plain, plainBox.box().sample(count, seed), "plain,uniform");
    Draws.of(lab, variational, box.box().sample(count, seed), "variational,uniform");
    Draws prior =
        Draws.of(lab, variational, Gaussian.standard(2).sample(count, seed), "variational,prior");
    Draws plainMixture =
        Draws.of(lab, plain, mixture(plainCodes, seed).sample(count, seed), "plain,mixture");
    Draws mixture =
        Draws.of(lab, variational, mixture(codes, seed).sample(count, seed), "variational,mixture");

    lab.picture(
        "clouds",
        cloud(lab, "plain", plainCodes, plainBox).beside(cloud(lab, "variational", codes, box)));
    lab.picture(
        "samples",
        ImageGrid.of(test.shape())
            .row("plain, uniform", plainUniform.first(SHOWN))
            .row("variational, prior", prior.first(SHOWN))
            .row("plain, mixture", plainMixture.first(SHOWN))
            .row("variational, mixture", mixture.first(SHOWN))
            .draw());
    lab.picture(
        "maps",
        map(lab, "plain", plain, plainBox).beside(map(lab, "variational", variational, box)));
    lab.note("mnist.6.note");
    lab.observe(
        MnistSentences::of,
        new VariationalClaim(
            nats,
            distributions.activeUnits(),
            Difference.paired(plainErrors, errors),
            plainBox.filledShare(),
            box.filledShare(),
            Difference.ofShares(plainBox.recognised(), count, box.recognised(), count),
            plainUniform.to(prior),
            plainMixture.to(mixture),
            prior.to(plainMixture).coverage()));
  }

  private static Autoencoder train(TaskRun lab) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(512, 256, 128)
            .bottleneck(2)
            .variational()
            .loss(Loss.BINARY_CROSS_ENTROPY)
            .optimizer(Optimizer.adam(2e-3).beta2(0.99))
            .seed(lab.seed())
            .build();
    autoencoder.fit(lab.train(), lab.training("variational", 30).batchSize(128).cosineDecay());
    return autoencoder;
  }

  private static SampleQuality box(
      TaskRun lab, Autoencoder model, float[][] codes, DigitClassifier judge, String key) {
    SampleQuality quality = SampleQuality.of(model, codes, judge, lab.seed());
    lab.metric("filled_share@" + key, quality.filledShare());
    lab.metric("latent.std@" + key, quality.spread());
    lab.metric(
        "classes_seen@" + key,
        new ClassTally(lab.train().classNames(), quality.classCounts())
            .withAtLeast(SampleQuality.SEEN));
    return quality;
  }

  private static GaussianMixture mixture(float[][] codes, long seed) {
    float[][] some = Arrays.copyOf(codes, Math.min(FITTED_TO, codes.length));
    return GaussianMixture.components(COMPONENTS).fit(some, seed);
  }

  private static double[] errors(float[][] originals, float[][] reconstructions) {
    return IntStream.range(0, originals.length)
        .mapToDouble(i -> Mse.of(originals[i], reconstructions[i]))
        .toArray();
  }

  private static Picture cloud(TaskRun lab, String title, float[][] codes, SampleQuality quality) {
    return LatentScatter.of(codes, lab.train().labels())
        .classNames(lab.train().classNames())
        .box(quality.box().lower(), quality.box().upper())
        .title(title)
        .draw();
  }

  private static Picture map(TaskRun lab, String title, Autoencoder model, SampleQuality quality) {
    return LatentMap.over(quality.box().lower(), quality.box().upper())
        .cells(CELLS, CELLS)
        .title(title)
        .draw(lab.train().shape(), model::decode);
  }
}
