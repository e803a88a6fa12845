package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.training.Training;
import java.io.File;
import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source may do with the memory that it is handed. */
class SourceMemoryTest {

  private static final int LENGTH = 12;
  private static final ImageSource DATA = TinyData.source(40, LENGTH);
  private static final Training SHORT = Training.epochs(1).batchSize(8);

  @TempDir File folder;

  /** What a source makes of the buffer for a sample. */
  private interface Filling {
    void fill(int index, FloatBuffer destination);
  }

  private static ImageSource filledBy(Filling filling) {
    return new Wrapped(DATA) {
      @Override
      public void read(int index, FloatBuffer destination) {
        filling.fill(index, destination);
      }
    };
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = Autoencoder.dense().hidden(8).bottleneck(2).build();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  @Test
  void itSeesTheRoomOfItsSampleAndNoMore() {
    List<Integer> rooms = Collections.synchronizedList(new ArrayList<>());
    ImageSource curious =
        filledBy(
            (index, destination) -> {
              rooms.add(destination.capacity());
              rooms.add(destination.remaining());
              DATA.read(index, destination);
            });
    Autoencoder autoencoder = trained();
    assertThat(autoencoder.encode(curious)).isDeepEqualTo(autoencoder.encode(DATA));
    autoencoder.fit(curious, SHORT);
    assertThat(rooms).hasSize(160).containsOnly(LENGTH);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11})
  void aSampleThatIsNotWholeIsRefusedWhereTheOneBeforeWouldShowThrough(int length) {
    ImageSource lazy =
        filledBy((index, destination) -> destination.put(DATA.get(index), 0, length));
    Autoencoder autoencoder = trained();
    for (Runnable call :
        List.<Runnable>of(() -> autoencoder.encode(lazy), () -> autoencoder.fit(lazy, SHORT))) {
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(call::run)
          .withMessageContaining("is not whole")
          .withMessageContaining("after %d of 12 values".formatted(length));
    }
  }

  @Test
  void aSampleThatIsTooLongFindsNoRoom() {
    ImageSource eager = filledBy((index, destination) -> destination.put(new float[LENGTH + 1]));
    Autoencoder autoencoder = trained();
    for (Runnable call :
        List.<Runnable>of(() -> autoencoder.encode(eager), () -> autoencoder.fit(eager, SHORT))) {
      assertThatExceptionOfType(BufferOverflowException.class).isThrownBy(call::run);
    }
  }

  @Test
  void whatItKeepsAndWritesToLaterIsNobodysMemory() throws Exception {
    Process child =
        ChildJvm.of(Keeper.class, List.of("-Xmx128m", "-XX:+UseSerialGC"))
            .redirectErrorStream(true)
            .redirectOutput(new File(folder, "out"))
            .start();
    assertThat(ChildJvm.ended(child, 3)).isZero();
  }

  /** Writes into buffers whose programs are long gone, while others take their place. */
  static final class Keeper {
    public static void main(String[] arguments) {
      int length = 4_000;
      ImageSource data = TinyData.noise(64, length, 1);
      List<FloatBuffer> kept = Collections.synchronizedList(new ArrayList<>());
      ImageSource keeping =
          new Wrapped(data) {
            @Override
            public void read(int index, FloatBuffer destination) {
              if (index == 0 && kept.size() < 400) {
                kept.add(destination);
              }
              super.read(index, destination);
            }
          };
      float[] garbage = new float[length];
      Arrays.fill(garbage, Float.intBitsToFloat(0x41414141));
      for (int round = 0; round < 12; round++) {
        try (Autoencoder autoencoder =
            Autoencoder.dense().hidden(16).bottleneck(2).seed(round).build()) {
          autoencoder.fit(keeping, Training.epochs(1).batchSize(16));
          for (int n = 1; n <= 64; n *= 2) {
            autoencoder.encode(keeping.slice(0, n));
          }
          float[][] expected = autoencoder.encode(data);
          for (FloatBuffer buffer : kept) {
            for (int at = 0; at + length <= buffer.capacity(); at += length) {
              buffer.put(at, garbage);
            }
          }
          if (!Arrays.deepEquals(expected, autoencoder.encode(data))) {
            throw new AssertionError("codes have changed");
          }
        }
      }
    }
  }
}
