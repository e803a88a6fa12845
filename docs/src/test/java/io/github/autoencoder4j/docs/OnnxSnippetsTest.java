package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.onnx.Onnx;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/onnx.md. */
class OnnxSnippetsTest {

  private final ImageSource data = Mnist.train().slice(0, 200);
  private final Autoencoder autoencoder = Autoencoder.dense().hidden(16).bottleneck(4).build();

  @TempDir Path folder;

  @Test
  void exporting() throws Exception {
    autoencoder.fit(data, Training.epochs(1));
    // snippet: onnx-export
    Onnx.encoder(autoencoder).save(folder.resolve("encoder.onnx"));
    Onnx.decoder(autoencoder).save(folder.resolve("decoder.onnx"));
    byte[] whole = Onnx.reconstruction(autoencoder).toBytes(); // or to wherever bytes go
    // end

    // snippet: onnx-weights
    Weights theirs =
        Onnx.weights(folder.resolve("encoder.onnx"))
            .with(Onnx.weights(folder.resolve("decoder.onnx")));
    Autoencoder again = Autoencoder.dense().input(28, 28).hidden(16).bottleneck(4).build();
    again.importWeights(theirs); // withNames(...) where they are called otherwise
    // end

    assertThat(again.encode(data)).isDeepEqualTo(autoencoder.encode(data));
    long halves =
        Files.size(folder.resolve("encoder.onnx")) + Files.size(folder.resolve("decoder.onnx"));
    assertThat(whole.length).isGreaterThan(4 * autoencoder.parameters().length);
    assertThat(halves).isGreaterThan(4L * autoencoder.parameters().length);
  }
}
