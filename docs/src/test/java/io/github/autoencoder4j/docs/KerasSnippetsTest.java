package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.keras.Keras;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.Training;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
  void weightsThereAndBack() throws IOException {
    Autoencoder trained =
        Autoencoder.dense().hidden(128, 64).bottleneck(32).activation(Activation.RELU).build();
    trained.fit(held, Training.epochs(1));
    writeAsKeras(trained);

    // snippet: keras-weights
    Autoencoder digits =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(128, 64)
            .bottleneck(32)
            .activation(Activation.RELU)
            .build();
    digits.importWeights(
        Keras.weights(folder.resolve("digits.keras"))
            .withNames(
                Map.of(
                    "encoder.dense", "encoder-1",
                    "encoder.dense_1", "encoder-2",
                    "encoder.dense_2", "bottleneck",
                    "decoder.dense_3", "decoder-1",
                    "decoder.dense_4", "decoder-2",
                    "decoder.dense_5", "logits"))); // the sigmoid is the output's
    // end
    assertThat(digits.reconstruct(test)).isDeepEqualTo(trained.reconstruct(test));

    // snippet: keras-back
    digits.weights().save(folder.resolve("digits.safetensors"));
    // end
    assertThat(Weights.load(folder.resolve("digits.safetensors"))).isEqualTo(digits.weights());
  }

  /** A file as Keras 3 lays it out: kernels are [in, out], layers numbered in each model. */
  private void writeAsKeras(Autoencoder autoencoder) throws IOException {
    String[] ours = {"encoder-1", "encoder-2", "bottleneck", "decoder-1", "decoder-2", "logits"};
    StringBuilder config = new StringBuilder(model("autoencoder"));
    Path h5 = folder.resolve("model.weights.h5");
    try (WritableHdfFile file = HdfFile.write(h5)) {
      WritableGroup models = file.putGroup("layers");
      for (int half = 0; half < 2; half++) {
        config.append(half == 0 ? "" : ",").append(model(half == 0 ? "encoder" : "decoder"));
        WritableGroup layers =
            models.putGroup(half == 0 ? "sequential" : "sequential_1").putGroup("layers");
        for (int i = 0; i < 3; i++) {
          int number = 3 * half + i;
          config.append(
              "%s{\"class_name\":\"Dense\",\"config\":{\"name\":\"dense%s\"}}"
                  .formatted(i == 0 ? "" : ",", number == 0 ? "" : "_" + number));
          WritableGroup variables =
              layers.putGroup(i == 0 ? "dense" : "dense_" + i).putGroup("vars");
          WeightArray kernel = autoencoder.weights().get(ours[number] + ".weight").permute(1, 0);
          float[][] rows = new float[kernel.shape().get(0)][kernel.shape().get(1)];
          FloatBuffer values = kernel.values();
          for (float[] row : rows) {
            values.get(row);
          }
          variables.putDataset("0", rows);
          variables.putDataset("1", autoencoder.weights().get(ours[number] + ".bias").toArray());
        }
        config.append("]}}");
      }
    }
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("digits.keras")))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(config.append("]}}").toString().getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      Files.copy(h5, zip);
    }
  }

  private static String model(String name) {
    return "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"%s\",\"layers\":["
        .formatted(name);
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
