package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.testing.ChildJvm;
import io.github.autoencoder4j.training.Training;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples so large that only a few of them fit into the heap at a time. */
class LargeSamplesTest {

  @TempDir File folder;

  /** Made when it is read: a large value in the middle, and a little of its number. */
  private static ImageSource images(ImageShape shape, int count) {
    return new ImageSource() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public ImageShape shape() {
        return shape;
      }

      @Override
      public void read(int index, float[] destination, int offset) {
        destination[offset + shape.size() / 2] = 1;
        destination[offset] = (float) index / count;
      }
    };
  }

  @Test
  void validationAndTheCollapseAlarmDoNotFillTheHeap() throws Exception {
    // A thousand of them are 260 MB.
    Process child =
        ChildJvm.of(Trained.class, List.of("-Xmx192m", "-XX:+UseSerialGC"))
            .redirectErrorStream(true)
            .redirectOutput(new File(folder, "out"))
            .start();
    assertThat(ChildJvm.ended(child, 3)).isZero();
  }

  static final class Trained {
    public static void main(String[] arguments) {
      ImageShape shape = ImageShape.grey(256, 256);
      Autoencoder.dense()
          .hidden(2)
          .bottleneck(1)
          .build()
          .fit(
              images(shape, 1_024),
              Training.epochs(1).batchSize(8).validation(images(shape, 1_000)));
    }
  }

  @Test
  void refusesABatchThatNoMemoryHolds() {
    ImageShape shape = new ImageShape(64, 64, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Autoencoder.dense()
                    .hidden(2)
                    .bottleneck(1)
                    .build()
                    .fit(images(shape, 400_000), Training.epochs(1).batchSize(350_000)))
        .withMessageContaining("350000 samples of 64x64x3")
        .withMessageContaining("at most 43690");
  }
}
