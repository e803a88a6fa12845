package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.HorizontalFlip;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.datasets.Dogs;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.sampling.Box;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.viz.ImageGrid;
import io.github.autoencoder4j.viz.LatentChannels;
import io.github.autoencoder4j.viz.LatentMap;
import io.github.autoencoder4j.viz.LatentScatter;
import io.github.autoencoder4j.viz.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Makes the pictures of the pages anew, with {@code -Dpictures}: some minutes of training. */
@Tag("pictures")
class PicturesTest {

  private static final Path PICTURES = Repository.ROOT.resolve("docs/pictures");

  @Test
  void theFirstProgram() throws IOException {
    FirstAutoencoder.main(new String[0]);

    Files.copy(
        Path.of("target/first.png"),
        PICTURES.resolve("first.png"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void twoNumbersForADigit() {
    Autoencoder autoencoder =
        Autoencoder.dense().bottleneck(2).optimizer(Optimizer.adam(2e-3).beta2(0.99)).build();
    autoencoder.fit(Mnist.train(), Training.epochs(30).cosineDecay());

    Box box = Box.quantiles(autoencoder.encode(Mnist.train()));
    save(
        "digits-map.png",
        LatentMap.over(box.lower(), box.upper())
            .cells(16, 16)
            .draw(Mnist.train().shape(), autoencoder::decode));
    LabeledImageSource some = Mnist.test().slice(0, 2_000);
    save(
        "codes.png",
        LatentScatter.of(autoencoder.encode(some), some.labels())
            .classNames(some.classNames())
            .size(420)
            .draw());
  }

  @Test
  void denoising() {
    Corruption noise = Corruption.gaussian(0.4);
    Autoencoder denoiser =
        Autoencoder.dense().hidden(512, 256).bottleneck(64).corruption(noise).build();
    denoiser.fit(Mnist.train(), Training.epochs(5).batchSize(256).cosineDecay());

    ImageSource clean = Mnist.test().slice(0, 10);
    ImageSource noisy = noise.applyTo(clean, 1);
    save(
        "denoising.png",
        ImageGrid.of(clean.shape())
            .row("clean", clean)
            .row("noisy", noisy)
            .row("denoised", denoiser.reconstruct(noisy))
            .magnify(2)
            .draw());
  }

  @Test
  void latentsOfDrawnDogs() {
    Autoencoder dogs = Autoencoder.conv().input(64, 64, 3).latent(8, 8, 16).build();
    dogs.fit(
        HorizontalFlip.both(Dogs.synthetic(500, 1)),
        Training.epochs(4).batchSize(16).warmup(50).clipGradientNorm(0.05).cosineDecay());

    ImageSource three = Dogs.synthetic(3, 2);
    save(
        "latents.png",
        LatentChannels.of(dogs.latentShape(), dogs.encode(three))
            .images(three.shape(), three.toArrays(), dogs.reconstruct(three))
            .magnify(10)
            .draw());
  }

  private static void save(String name, Picture picture) {
    picture.save(PICTURES.resolve(name));
    assertThat(PICTURES.resolve(name)).isNotEmptyFile();
  }
}
