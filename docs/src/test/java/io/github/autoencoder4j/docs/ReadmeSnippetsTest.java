package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the two READMEs begin with. */
class ReadmeSnippetsTest {

  @TempDir Path folder;

  @Test
  void digits() {
    Path picture = folder.resolve("drawn.png");
    // snippet: readme-digits
    Autoencoder digits = Autoencoder.dense().bottleneck(2).l2(1e-4).build();
    digits.fit(Mnist.train(), Training.epochs(2).cosineDecay());

    float[][] codes = digits.encode(Mnist.test()); // [10000][2]
    float[][] drawn = digits.decode(Box.quantiles(codes).sample(100, 7)); // [100][784]
    double loss = digits.evaluate(Mnist.test()).reconstructionLoss(); // nats per pixel

    ImageGrid.of(Mnist.test().shape()).tiles(10, drawn).draw().save(picture);
    // end

    assertThat(codes).hasDimensions(10_000, 2);
    assertThat(drawn).hasDimensions(100, 28 * 28);
    // Well below 0.2625, the line of the mean image.
    assertThat(loss).isLessThan(0.25);
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void dogs() throws IOException {
    Path photos = Drawings.save(Dogs.synthetic(48, 3), folder.resolve("photos"));
    Path others = Drawings.save(Dogs.synthetic(6, 4), folder.resolve("others"));
    // snippet: readme-dogs
    Autoencoder dogs =
        Autoencoder.conv().latent(8, 8, 16).powerNormalize().latentNoise(0.1).build();
    dogs.fit(
        Dogs.from(photos), Training.epochs(10).batchSize(16).clipGradientNorm(0.05).cosineDecay());

    float[][] received = dogs.transmit(Dogs.from(others), LatentNoise.snrDb(10), 7);
    // end

    Psnr psnr = new Psnr(64 * 64 * 3);
    psnr.add(Dogs.from(others).toArrays(), received);
    assertThat(psnr.summary().mean()).isGreaterThan(15);
  }
}
