package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that stands beside Keras in docs/migration.md. */
class KerasSnippetsTest {

  private final ImageSource train = Mnist.train().slice(0, 1_000);
  private final ImageSource held = Mnist.train().slice(10_000, 10_200);
  private final ImageSource test = Mnist.test().slice(0, 200);

  @TempDir Path folder;

  @Test
  void denseAutoencoder() {
    // snippet: keras-dense
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(128, 64)
            .bottleneck(32)
            .activation(Activation.RELU)
            .l2(1e-4)
            .optimizer(Optimizer.adam(1e-3))
            .build();
    autoencoder.fit(train, Training.epochs(20).batchSize(128).validation(held).earlyStopping(3));
    // end

    // snippet: keras-halves
    float[][] codes = autoencoder.encode(test);
    float[][] decoded = autoencoder.decode(codes);
    // end

    // snippet: keras-save
    autoencoder.save(folder.resolve("digits.aemodel"));
    Autoencoder loaded = Autoencoder.load(folder.resolve("digits.aemodel"));
    // end

    assertThat(decoded).isDeepEqualTo(loaded.reconstruct(test));
    assertThat(autoencoder.evaluate(test).reconstructionLoss()).isLessThan(0.25);
  }

  @Test
  void denoising() {
    // snippet: keras-denoising
    Autoencoder denoiser =
        Autoencoder.dense().bottleneck(32).corruption(Corruption.gaussian(0.4)).build();
    denoiser.fit(train, Training.epochs(10)); // fresh noise in every epoch
    // end

    ImageSource noisy = Corruption.gaussian(0.4).applyTo(test, 1);
    assertThat(denoiser.evaluate(noisy, test).psnr().mean()).isGreaterThan(11);
  }
}
