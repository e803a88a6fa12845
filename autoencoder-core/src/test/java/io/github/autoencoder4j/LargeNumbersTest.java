package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers near the end of their kind are refused or work; none wraps round. */
class LargeNumbersTest {

  /** As many samples as are wanted, all of one value. */
  private static ImageSource grey(int size, int length) {
    return new ImageSource() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public ImageShape shape() {
        return ImageShape.vector(length);
      }

      @Override
      public void read(int index, float[] destination, int offset) {
        if (index < 0) {
          throw new AssertionError("sample " + index);
        }
        Arrays.fill(destination, offset, offset + length, 0.5f);
      }
    };
  }

  private static Autoencoder tiny() {
    return Autoencoder.dense().hidden(2).bottleneck(1).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MAX_VALUE - 7})
  void refusesMoreSamplesThanCanBeShuffled(int size) {
    Autoencoder autoencoder = tiny();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(grey(size, 4), Training.epochs(1).batchSize(256)))
        .withMessageContaining("cannot be shuffled")
        .withMessageContaining("-Xmx")
        .withMessageContaining("slice(0, ");
    assertThat(autoencoder.isTrained()).isFalse();
  }

  @Test
  void encodesAsManySamplesAsThereAre() {
    Autoencoder autoencoder = tiny();
    autoencoder.fit(grey(10, 4), Training.epochs(1));
    int[] seen = {0};
    // All of them would take an hour; that the first ones come is enough.
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                autoencoder.encode(
                    grey(Integer.MAX_VALUE, 4),
                    (index, row) -> {
                      if (++seen[0] == 10_000) {
                        throw new CancellationException();
                      }
                    }));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                autoencoder.evaluateTransmission(
                    grey(100_000, 4), LatentNoise.variance(0.1), 100_000, 1))
        .withMessageContaining("at most 21474 draws");
  }

  @Test
  void codesMayBeLargerThanAnyArrayOfManyOfThem() {
    int size = 1_100_000;
    Autoencoder autoencoder = Autoencoder.dense().hidden().bottleneck(size).build();
    autoencoder.fit(grey(2, 2), Training.epochs(1).batchSize(2));
    int[] seen = {0};
    autoencoder.encode(
        grey(1_954, 2),
        (index, code) -> {
          assertThat(code).hasSize(size);
          seen[0]++;
        });
    assertThat(seen[0]).isEqualTo(1_954);
  }

  static Stream<Autoencoder> wide() {
    return Stream.of(
        Autoencoder.dense().hidden(1_000_000).bottleneck(1).build(),
        Autoencoder.dense().hidden(500_000).bottleneck(1).build());
  }

  @ParameterizedTest
  @MethodSource("wide")
  void refusesABatchWhoseActivationsNoMemoryHolds(Autoencoder autoencoder) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(grey(200_000, 2), Training.epochs(1).batchSize(100_000)))
        .withMessageContaining("a batch of 100000 samples needs about ")
        .withMessageContaining("set batchSize to at most ");
    assertThat(autoencoder.isTrained()).isFalse();
  }
}
