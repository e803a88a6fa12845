package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.RowConsumer;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Results that are taken one at a time, of data that need not fit into memory. */
class StreamingTest {

  private static final int LENGTH = 12;

  /** More than two batches of inference, the last one short. */
  private static final int MANY = 5_000;

  private static final ImageSource DATA = TinyData.source(MANY, LENGTH);
  private static final Autoencoder AUTOENCODER = trained();

  private static Autoencoder trained() {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .hidden(8)
            .bottleneck(2)
            // Noise at inference goes by the number of a sample, whatever batch it is in.
            .latentStage(LatentNoise.stddev(0.5).during(LatentNoise.Phase.BOTH))
            .build();
    autoencoder.fit(DATA, Training.epochs(1));
    return autoencoder;
  }

  private static List<BiConsumer<ImageSource, RowConsumer>> streams() {
    return List.of(AUTOENCODER::encode, AUTOENCODER::reconstruct);
  }

  @Test
  void resultsAreThoseOfTheArraysInOrderOnTheCallersThread() {
    List<float[][]> expected = List.of(AUTOENCODER.encode(DATA), AUTOENCODER.reconstruct(DATA));
    for (int i = 0; i < 2; i++) {
      List<float[]> rows = new ArrayList<>();
      Thread caller = Thread.currentThread();
      streams()
          .get(i)
          .accept(
              DATA,
              (index, row) -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                assertThat(index).isEqualTo(rows.size());
                rows.add(row);
              });
      assertThat(rows.toArray(float[][]::new)).isDeepEqualTo(expected.get(i));
    }
  }

  /** Counts how far it was read. */
  private static final class Counted implements ImageSource {
    private volatile int highest;

    @Override
    public int size() {
      return MANY;
    }

    @Override
    public ImageShape shape() {
      return DATA.shape();
    }

    @Override
    public synchronized void read(int index, float[] destination, int offset) {
      highest = Math.max(highest, index);
      DATA.read(index, destination, offset);
    }
  }

  @Test
  void isHandedOnBatchByBatch() {
    for (BiConsumer<ImageSource, RowConsumer> stream : streams()) {
      Counted counted = new Counted();
      int[] readAtFirstRow = {0};
      stream.accept(
          counted,
          (index, row) -> {
            if (index == 0) {
              readAtFirstRow[0] = counted.highest;
            }
          });
      assertThat(readAtFirstRow[0]).isBetween(0, MANY / 2);
      assertThat(counted.highest).isEqualTo(MANY - 1);
    }
  }

  @Test
  void whatTheConsumerThrowsEndsIt() {
    for (BiConsumer<ImageSource, RowConsumer> stream : streams()) {
      IOException full = new IOException("disk full");
      int[] taken = {0};
      assertThatThrownBy(
              () ->
                  stream.accept(
                      DATA,
                      (index, row) -> {
                        taken[0]++;
                        if (index == 3) {
                          throw full;
                        }
                      }))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("sample 3")
          .hasMessageContaining("disk full")
          .hasCause(full);
      assertThat(taken[0]).isEqualTo(4);
      IllegalStateException own = new IllegalStateException("enough");
      assertThatThrownBy(
              () ->
                  stream.accept(
                      DATA,
                      (index, row) -> {
                        throw own;
                      }))
          .isSameAs(own);
    }
  }

  @Test
  void aConsumerCannotTrainWhatItIsFedBy() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                AUTOENCODER.encode(DATA, (index, row) -> AUTOENCODER.fit(DATA, Training.epochs(1))))
        .withMessageContaining("fit(...)")
        .withMessageContaining("consumer");
  }

  @Test
  void badSamplesAreNamedAsElsewhere() {
    float[][] rows = TinyData.rows(10, LENGTH);
    rows[7][2] = Float.NaN;
    for (BiConsumer<ImageSource, RowConsumer> stream : streams()) {
      assertThatExceptionOfType(UnusableDataException.class)
          .isThrownBy(() -> stream.accept(TinyData.unchecked(rows), (index, row) -> {}))
          .withMessageContaining("sample 7");
      assertThatThrownBy(() -> stream.accept(DATA, null)).isInstanceOf(NullPointerException.class);
    }
  }
}
