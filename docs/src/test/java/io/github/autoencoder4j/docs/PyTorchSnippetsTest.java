package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.model.WeightArray;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java that stands beside PyTorch in docs/migration.md. */
class PyTorchSnippetsTest {

  private final ImageSource test = Mnist.test().slice(0, 50);

  @TempDir Path folder;

  /** Weights in the names and the order in which safetensors writes a state_dict. */
  private void writeAsPyTorch(Autoencoder autoencoder, Map<String, String> names, String file) {
    List<WeightArray> arrays =
        autoencoder.weights().withNames(names).arrays().stream()
            .sorted(Comparator.comparing(WeightArray::name))
            .toList();
    new Weights(arrays).save(folder.resolve(file));
  }

  private static final Map<String, String> THEIRS =
      Map.of(
          "encoder-1", "encoder.0",
          "bottleneck", "encoder.2",
          "decoder-1", "decoder.0",
          "logits", "decoder.2");

  @Test
  void denseThereAndBack() {
    Autoencoder trained =
        Autoencoder.dense().hidden(128).bottleneck(16).activation(Activation.RELU).build();
    trained.fit(test, Training.epochs(1));
    writeAsPyTorch(trained, THEIRS, "digits.safetensors");

    // snippet: pytorch-names
    Map<String, String> names =
        Map.of(
            "encoder.0", "encoder-1",
            "encoder.2", "bottleneck",
            "decoder.0", "decoder-1",
            "decoder.2", "logits"); // the Sigmoid is the output's
    // end

    // snippet: pytorch-dense
    Autoencoder digits =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(128)
            .bottleneck(16)
            .activation(Activation.RELU)
            .build();
    digits.importWeights(Weights.load(folder.resolve("digits.safetensors")).withNames(names));
    digits.save(folder.resolve("digits.aemodel")); // says that its weights were imported
    // end
    assertThat(digits.reconstruct(test)).isDeepEqualTo(trained.reconstruct(test));

    // snippet: pytorch-back
    Map<String, String> back =
        Map.of(
            "encoder-1", "encoder.0",
            "bottleneck", "encoder.2",
            "decoder-1", "decoder.0",
            "logits", "decoder.2");
    digits.fit(test, Training.epochs(1)); // it may be trained on
    digits.weights().withNames(back).save(folder.resolve("back.safetensors"));
    // end
    assertThat(Weights.load(folder.resolve("back.safetensors")).get("decoder.2.bias").toArray())
        .isEqualTo(digits.weights().get("logits.bias").toArray());
  }

  @Test
  void convolutions() {
    Autoencoder trained =
        Autoencoder.conv()
            .input(28, 28)
            .latent(7, 7, 4)
            .strides(2, 2)
            .widths(16)
            .residualBlocks(0)
            .resampling(Resampling.STRIDED)
            .kernel(4)
            .activation(Activation.RELU)
            .build();
    trained.fit(test, Training.epochs(1));
    writeAsPyTorch(trained, THEIRS, "pictures.safetensors");
    Map<String, String> names =
        Map.of(
            "encoder.0", "encoder-1",
            "encoder.2", "bottleneck",
            "decoder.0", "decoder-1",
            "decoder.2", "logits");

    // snippet: pytorch-conv
    Autoencoder pictures =
        Autoencoder.conv()
            .input(28, 28)
            .latent(7, 7, 4)
            .strides(2, 2)
            .widths(16)
            .residualBlocks(0)
            .resampling(Resampling.STRIDED)
            .kernel(4)
            .activation(Activation.RELU)
            .build();
    pictures.importWeights(Weights.load(folder.resolve("pictures.safetensors")).withNames(names));
    // end
    assertThat(pictures.reconstruct(test)).isDeepEqualTo(trained.reconstruct(test));
  }
}
