package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.training.Training;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks of stock layers, through Deeplearning4j's own files, for users without this library. */
class ExportTest {

  private static final ImageShape SHAPE = new ImageShape(8, 8, 2);
  private static final float[][] ROWS = TinyData.rows(12, SHAPE.size());

  @TempDir private Path directory;

  private static DenseBuilder dense() {
    return Autoencoder.dense().hidden(10, 7).bottleneck(3).dropout(0.1).l2(1e-3);
  }

  private static ConvBuilder conv() {
    return Autoencoder.conv()
        .latent(2, 2, 3)
        .widths(5, 4)
        .resampling(Resampling.STRIDED)
        .residualBlocks(0);
  }

  static Stream<Arguments> exportable() {
    List<Arguments> all = new ArrayList<>();
    for (Loss loss : Loss.values()) {
      for (Activation activation :
          List.of(Activation.SILU, Activation.LEAKY_RELU, Activation.ELU, Activation.PRELU)) {
        all.add(Arguments.of("dense", loss, activation, dense()));
        all.add(Arguments.of("conv", loss, activation, conv()));
      }
    }
    return all.stream();
  }

  private static Autoencoder trained(AutoencoderBuilder<?> builder) {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(ImageSource.of(SHAPE, ROWS), Training.epochs(2).batchSize(4));
    return autoencoder;
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("exportable")
  void survivesDeeplearning4jsOwnFiles(
      String kind, Loss loss, Activation activation, AutoencoderBuilder<?> builder)
      throws IOException {
    if (builder instanceof DenseBuilder dense) {
      dense.activation(activation);
    } else if (builder instanceof ConvBuilder conv) {
      conv.activation(activation);
    }
    Autoencoder autoencoder = trained(builder.loss(loss));
    File file = directory.resolve("stock.zip").toFile();
    ModelSerializer.writeModel(Dl4j.stock(autoencoder), file, true);
    MultiLayerNetwork stock = ModelSerializer.restoreMultiLayerNetwork(file, true);

    assertThat(stock.getLayerWiseConfigurations().toJson())
        .contains("org.deeplearning4j")
        .doesNotContain("io.github.autoencoder4j");
    INDArray input = Nd4j.createFromArray(ROWS).castTo(DataType.FLOAT);
    if (kind.equals("conv")) {
      input = input.reshape(ROWS.length, SHAPE.channels(), SHAPE.height(), SHAPE.width());
    }
    float[] theirs = stock.output(input).dup('c').data().asFloat();
    float[][] ours = autoencoder.reconstruct(ROWS);
    for (int i = 0; i < theirs.length; i++) {
      assertThat(theirs[i]).isCloseTo(ours[i / SHAPE.size()][i % SHAPE.size()], offset(1e-5f));
    }
    if (activation == Activation.PRELU && kind.equals("conv")) {
      // Deeplearning4j fails in its own backward pass through this layer.
      return;
    }
    // And it can be trained on without us.
    double before = stock.params().sumNumber().doubleValue();
    stock.fit(input, input);
    assertThat(stock.params().sumNumber().doubleValue()).isFinite().isNotEqualTo(before);
  }

  @Test
  void whatHasNoStockLayerIsRefusedWithAWayOut() {
    assertRefused(conv().resampling(Resampling.SUBPIXEL), "encoder-1-to-depth");
    assertRefused(conv().residualBlocks(1), "encoder-1-residual-1");
    assertRefused(conv().powerNormalize(), "power normalisation");
    assertRefused(dense().latentNoise(0.1), "noise of variance 0.1");
    assertRefused(dense().activation(Activation.GDN), "encoder-1");
  }

  private static void assertRefused(AutoencoderBuilder<?> builder, String what) {
    Autoencoder autoencoder = trained(builder);
    assertThatThrownBy(() -> Dl4j.stock(autoencoder))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(what)
        .hasMessageContaining("Dl4j.networkOf(...)");
  }
}
