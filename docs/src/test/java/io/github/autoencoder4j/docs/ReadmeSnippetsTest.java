package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The code that the two READMEs begin with. */
class ReadmeSnippetsTest {

  @Test
  void digits() throws IOException {
    Path picture = Path.of("target/drawn.png");
    Files.deleteIfExists(picture);

    String printed = Console.of(() -> Digits.main(new String[0]));

    // Below 0.2625, the line of the mean image.
    assertThat(Console.figure(printed, "unseen digits:")).isLessThan(0.25);
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void dogs() {
    // snippet: readme-dogs
    LabeledImageSource photos = Dogs.synthetic(200, 1); // drawn; Dogs.from(path) reads real ones
    LabeledImageSource others = Dogs.synthetic(20, 2);

    Autoencoder dogs =
        Autoencoder.conv().latent(8, 8, 16).powerNormalize().latentNoise(0.1).build();
    dogs.fit(photos, Training.epochs(4).batchSize(16).clipGradientNorm(0.05).cosineDecay());

    float[][] received = dogs.transmit(others, LatentNoise.snrDb(10), 7); // [20][12288]
    double psnr = dogs.evaluateTransmission(others, LatentNoise.snrDb(10), 10, 7).psnr().mean();
    // end

    assertThat(received).hasDimensions(20, 12_288);
    assertThat(psnr).isGreaterThan(15);
  }
}
