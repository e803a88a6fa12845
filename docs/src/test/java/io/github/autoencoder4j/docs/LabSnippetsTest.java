package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.baseline.LinearCode;
import io.github.autoencoder4j.baseline.PatchPca;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.RandomShift;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.FilledShare;
import io.github.autoencoder4j.metric.NearestNeighbors;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.sampling.GaussianMixture;
import io.github.autoencoder4j.sampling.LatentSampler;
import io.github.autoencoder4j.sampling.LatentStatistics;
import io.github.autoencoder4j.study.Difference;
import io.github.autoencoder4j.study.Study;
import io.github.autoencoder4j.study.StudyResult;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.LatentChannels;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.Picture;
import io.github.autoencoder4j.viz.StudyPlot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of docs/lab.md, as the lab has it, on data so few that it takes seconds. */
class LabSnippetsTest {

  private final LabeledImageSource train = Mnist.train().slice(0, 2_000);
  private final LabeledImageSource test = Mnist.test().slice(0, 500);
  private final LabeledImageSource trainDogs = Dogs.synthetic(48, 1);
  private final LabeledImageSource testDogs = Dogs.synthetic(12, 2);

  /** As with many photos: so few as here would have 56 views each in the lab. */
  private final int views = 1;

  @Test
  void digits() {
    // snippet: lab-mnist-1
    Autoencoder deep =
        Autoencoder.dense().input(28, 28).hidden(512, 256, 128).bottleneck(32).build();
    deep.fit(train, Training.epochs(6).batchSize(256).cosineDecay());
    // end
    assertThat(deep.architecture().orElseThrow().parameters()).isBetween(1_100_000L, 1_200_000L);

    // snippet: lab-mnist-2
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(512, 256, 128)
            .bottleneck(2)
            .loss(Loss.BINARY_CROSS_ENTROPY)
            .optimizer(Optimizer.adam(2e-3).beta2(0.99))
            .build();
    autoencoder.fit(train, Training.epochs(30).batchSize(128).cosineDecay());

    float[][] codes = autoencoder.encode(train);
    double accuracy =
        NearestNeighbors.of(codes, train.labels())
            .accuracy(autoencoder.encode(test), test.labels())
            .k10();
    // end
    assertThat(accuracy).isGreaterThan(0.4);

    // snippet: lab-mnist-4
    Box box = Box.quantiles(codes); // 1 % to 99 % of each dimension
    float[][] digits = autoencoder.decode(box.sample(40, 1));
    double filled = FilledShare.of(codes, box.lower(), box.upper());
    Picture map =
        LatentMap.over(box.lower(), box.upper())
            .cells(20, 20)
            .draw(train.shape(), autoencoder::decode);
    // end
    assertThat(digits).hasDimensions(40, 784);
    assertThat(filled).isBetween(0.0, 1.0);
    assertThat(map.width()).isGreaterThan(20 * 28);

    // snippet: lab-mnist-5
    Autoencoder penalised =
        Autoencoder.dense().hidden(512, 256, 128).bottleneck(2).l2(1e-4).seed(1).build();
    penalised.fit(train, Training.epochs(6).batchSize(128).cosineDecay());
    double objective =
        penalised.evaluate(train).reconstructionLoss() + penalised.evaluate(train).penalty();
    // end
    assertThat(penalised.evaluate(test).penalty()).isPositive();
    assertThat(objective).isGreaterThan(penalised.evaluate(train).reconstructionLoss());

    // snippet: lab-mnist-6
    Autoencoder variational =
        Autoencoder.dense()
            .hidden(512, 256, 128)
            .bottleneck(2)
            .variational()
            .optimizer(Optimizer.adam(2e-3).beta2(0.99))
            .build();
    variational.fit(train, Training.epochs(30).batchSize(128).cosineDecay());

    float[][] fromPrior = variational.decode(Gaussian.standard(2).sample(40, 1));
    GaussianMixture fitted = GaussianMixture.components(10).fit(codes, 1); // of mnist.4
    float[][] fromPlain = autoencoder.decode(fitted.sample(40, 1));
    // end
    assertThat(variational.encodeDistribution(test).activeUnits()).isBetween(0, 2);
    assertThat(fromPrior).hasDimensions(40, 784);
    assertThat(fromPlain).hasDimensions(40, 784);
  }

  @Test
  void codeSizes() {
    LabeledImageSource held = Mnist.train().slice(2_000, 2_500);

    // snippet: lab-mnist-7
    StudyResult<Integer> result =
        Study.of("numbers in a code", List.of(2, 8, 32))
            .seeds(1, 2, 3)
            .run(
                (size, seed) -> {
                  Autoencoder model =
                      Autoencoder.dense()
                          .hidden(512, 256, 128)
                          .bottleneck(size)
                          .optimizer(Optimizer.adam(2e-3).beta2(0.99))
                          .seed(seed)
                          .build();
                  model.fit(train, Training.epochs(12).batchSize(128).cosineDecay());
                  return Map.of("mse", model.evaluate(held).meanSquaredError());
                });
    int enough = result.knee("mse", 0.95);
    Difference step = result.compare("mse", 8, 32); // by Student's t over the seeds
    Picture plot =
        StudyPlot.of(result, "mse")
            .labels("numbers in a code", "mean squared error")
            .mark("knee", enough)
            .draw();
    // end
    assertThat(enough).isIn(2, 8, 32);
    assertThat(step.freedom()).isEqualTo(2);
    assertThat(plot.width()).isGreaterThan(300);
  }

  @Test
  void denoising() {
    // snippet: lab-mnist-3
    Corruption noise = Corruption.gaussian(0.4);
    Autoencoder denoiser =
        Autoencoder.dense()
            .hidden(1024, 512)
            .bottleneck(128)
            .corruption(noise)
            .optimizer(Optimizer.adam(3e-3).beta2(0.99))
            .build();
    denoiser.fit(train, Training.epochs(15).batchSize(256).cosineDecay());

    ImageSource noisy = noise.applyTo(test, 1); // the same noise at every read
    double denoised = denoiser.evaluate(noisy, test).psnr().mean();
    // end
    // The noise leaves 11.0 dB.
    assertThat(denoised).isGreaterThan(13);
  }

  @Test
  void dogs() {
    // snippet: lab-dog-1
    Autoencoder dogs =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(8, 8, 16)
            .loss(Loss.MEAN_SQUARED_ERROR)
            .optimizer(Optimizer.adam(7e-4).beta2(0.99))
            .build();
    Training gently =
        Training.epochs(10).batchSize(16).warmup(200).clipGradientNorm(0.05).cosineDecay();
    dogs.fit(HorizontalFlip.both(RandomShift.views(trainDogs, views, 7, 1)), gently);

    PatchPca twin = PatchPca.fit(trainDogs, 8, 8, 16);
    double line = twin.evaluate(testDogs).psnr().mean();
    double psnr = dogs.evaluate(testDogs).psnr().mean();
    // end
    // So few drawings do not train it past its line, but it must begin near it.
    assertThat(psnr).isGreaterThan(line - 4);

    // snippet: lab-dog-2
    ImageSource nine = testDogs.slice(0, 9);
    Picture latents =
        LatentChannels.of(dogs.latentShape(), dogs.encode(nine))
            .images(new ImageShape(64, 64, 3), nine.toArrays(), dogs.reconstruct(nine))
            .draw();
    // end
    assertThat(latents.height()).isGreaterThan(9 * 64);

    // snippet: lab-dog-3
    float[][] codes = dogs.encode(trainDogs); // the lab takes 256 pictures
    LatentStatistics statistics = LatentStatistics.of(codes);
    LatentSampler correlated = Gaussian.lowRank(codes);
    LatentSampler independent = Gaussian.diagonal(codes);
    float[][] drawn = dogs.decode(correlated.sample(9, 1));
    // end
    assertThat(statistics.covarianceRank()).isEqualTo(codes.length - 1);
    assertThat(drawn).hasDimensions(9, 64 * 64 * 3);
    assertThat(independent.latentSize()).isEqualTo(1_024);

    // snippet: lab-dog-4
    LatentNoise noise = LatentNoise.stddev(0.4 * statistics.std());
    float[][] received = dogs.transmit(nine, noise, 1);
    // end
    assertThat(received).hasDimensions(9, 64 * 64 * 3);

    // snippet: lab-dog-5
    Autoencoder robust =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(8, 8, 16)
            .powerNormalize()
            .latentNoise(0.10) // a variance: 10 dB
            .optimizer(Optimizer.adam(7e-4).beta2(0.99))
            .build();
    robust.copyWeightsFrom(dogs);
    robust.fit(
        HorizontalFlip.both(RandomShift.views(trainDogs, views, 7, 1)),
        Training.epochs(3).batchSize(16).warmup(100).clipGradientNorm(0.05).cosineDecay());

    LatentNoise channel = LatentNoise.variance(0.10);
    double sent = robust.evaluateTransmission(testDogs, channel, 10, 1).psnr().mean();
    double linear = LinearCode.of(twin, 0.10).evaluate(testDogs, 10, 1).psnr().mean();
    // end
    assertThat(channel.snrDb()).isCloseTo(10, within(1e-9));
    assertThat(sent).isGreaterThan(linear - 6);

    // snippet: lab-dog-6
    Autoencoder variational =
        Autoencoder.conv()
            .input(64, 64, 3)
            .latent(4, 4, 16)
            .latentStage(Variational.standard().beta(0.05).warmup(500))
            .loss(Loss.MEAN_SQUARED_ERROR)
            .optimizer(Optimizer.adam(7e-4).beta2(0.99))
            .build();
    variational.fit(HorizontalFlip.both(trainDogs), gently);

    float[][] means = variational.encode(HorizontalFlip.both(trainDogs));
    LatentSampler prior = Gaussian.standard(256);
    LatentSampler mixture = GaussianMixture.components(10).fit(means, 1);
    LatentSampler sphere = Gaussian.lowRank(robust.encode(trainDogs)).powerNormalized();
    float[][] nineOfPrior = variational.decode(prior.sample(9, 1));
    float[][] nineOfMixture = variational.decode(mixture.sample(9, 1));
    float[][] nineOfNoise = robust.decode(sphere.sample(9, 1));
    // end
    assertThat(nineOfPrior).hasDimensions(9, 64 * 64 * 3);
    assertThat(nineOfMixture).hasDimensions(9, 64 * 64 * 3);
    assertThat(nineOfNoise).hasDimensions(9, 64 * 64 * 3);
  }
}
