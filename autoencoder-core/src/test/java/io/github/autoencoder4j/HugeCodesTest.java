package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.training.Training;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes of any finite value decode to values in [0, 1], whatever computes them. */
class HugeCodesTest {

  private static final ImageShape SHAPE = ImageShape.grey(8, 8);
  private static final ImageSource DATA = ImageSource.of(SHAPE, TinyData.rows(40, SHAPE.size()));

  static List<Activation> activations() {
    return List.of(
        Activation.IDENTITY,
        Activation.RELU,
        Activation.LEAKY_RELU,
        Activation.ELU,
        Activation.SILU,
        Activation.TANH,
        Activation.SIGMOID,
        Activation.PRELU,
        Activation.GDN);
  }

  private static List<Autoencoder> trained(Activation activation) {
    List<Autoencoder> autoencoders =
        List.of(
            Autoencoder.dense().hidden(24, 12).bottleneck(4).activation(activation).build(),
            Autoencoder.conv().latent(2, 2, 1).activation(activation).build());
    autoencoders.forEach(a -> a.fit(DATA, Training.epochs(1).batchSize(10)));
    return autoencoders;
  }

  private static float[][] codes() {
    float max = Float.MAX_VALUE;
    List<float[]> codes = new ArrayList<>();
    for (float value : new float[] {1e4f, 1e10f, 1e19f, 1e30f, 1e37f, max}) {
      codes.add(new float[] {value, value, value, value});
      codes.add(new float[] {-value, -value, -value, -value});
      codes.add(new float[] {value, -value, value, -value});
      codes.add(new float[] {value, 0, Float.MIN_VALUE, 1});
      codes.add(new float[] {0, 0, 0, -value});
    }
    return codes.toArray(float[][]::new);
  }

  @AfterEach
  void switchOn() {
    System.clearProperty(OneDnn.SWITCH);
  }

  @ParameterizedTest
  @MethodSource("activations")
  void decodeToValuesInRange(Activation activation) {
    for (Autoencoder autoencoder : trained(activation)) {
      for (String state : new String[] {"on", "off"}) {
        System.setProperty(OneDnn.SWITCH, state);
        float[][] samples = autoencoder.decode(codes());
        assertThat(samples).hasDimensions(codes().length, SHAPE.size());
        for (float[] sample : samples) {
          for (float value : sample) {
            assertThat(value).isBetween(0f, 1f);
          }
        }
        // A code among huge ones decodes as it does alone.
        float[][] mixed = codes();
        mixed[3] = new float[] {0.1f, -0.2f, 0.3f, 0.4f};
        float[] alone = autoencoder.decode(new float[][] {mixed[3]})[0];
        float[] among = autoencoder.decode(mixed)[3];
        for (int i = 0; i < alone.length; i++) {
          assertThat(among[i]).isCloseTo(alone[i], offset(1e-5f));
        }
        for (float[] row : autoencoder.transmit(DATA, LatentNoise.variance(1e60), 1)) {
          assertThat(row).doesNotContain(Float.NaN);
        }
      }
    }
  }
}
