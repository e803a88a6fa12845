package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.runtime.Weights;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody changes the weights of an autoencoder from within a run that trains it. */
class NestedTrainingTest {

  private static final ImageSource DATA = TinyData.source(20, 12);
  private static final Training SHORT = Training.epochs(2).batchSize(5);

  @TempDir private static Path folder;

  private static Autoencoder fresh() {
    return Autoencoder.dense().hidden(8).bottleneck(2).seed(3).build();
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = fresh();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  /** What changes weights, by the name that the message must have. */
  private static Map<String, Consumer<Autoencoder>> changes() {
    Map<String, Consumer<Autoencoder>> changes = new LinkedHashMap<>();
    changes.put("fit(...)", a -> a.fit(DATA, SHORT));
    changes.put(
        "resume(...)", a -> a.resume(DATA, SHORT.checkpoints(Checkpoints.in(folder.resolve("x")))));
    changes.put("copyWeightsFrom(...)", a -> a.copyWeightsFrom(a));
    Weights weights = trained().weights();
    changes.put("importWeights(...)", a -> a.importWeights(weights));
    return changes;
  }

  static Stream<String> names() {
    return changes().keySet().stream();
  }

  private static void assertRefused(String name, Consumer<Autoencoder> change, Autoencoder within) {
    assertThatIllegalStateException()
        .isThrownBy(() -> change.accept(within))
        .withMessageContaining(name)
        .withMessageContaining("this same autoencoder");
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRefusedToListenersAndTheRunGoesOn(String name) {
    Consumer<Autoencoder> change = changes().get(name);
    Autoencoder autoencoder = fresh();
    int[] asked = {0};
    TrainingListener listener =
        new TrainingListener() {
          private void ask() {
            asked[0]++;
            assertRefused(name, change, autoencoder);
          }

          @Override
          public void onBatchEnd(BatchEnd event) {
            ask();
          }

          @Override
          public void onEpochEnd(EpochEnd event) {
            ask();
          }

          @Override
          public void onEnd(History history) {
            ask();
          }
        };
    autoencoder.fit(
        DATA,
        SHORT
            .listener(listener)
            .cancelWhen(
                () -> {
                  asked[0]++;
                  assertRefused(name, change, autoencoder);
                  return false;
                }));
    assertThat(asked[0]).isEqualTo(8 + 8 + 2 + 1);
    assertThat(autoencoder.parameters()).isEqualTo(trained().parameters());
    // Afterwards nothing is in the way.
    autoencoder.fit(DATA, SHORT);
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRefusedToASourceThatIsBeingEncoded(String name) {
    Autoencoder autoencoder = trained();
    ImageSource nosy =
        new ImageSource() {
          @Override
          public int size() {
            assertRefused(name, changes().get(name), autoencoder);
            return DATA.size();
          }

          @Override
          public ImageShape shape() {
            return DATA.shape();
          }

          @Override
          public void read(int index, float[] destination, int offset) {
            DATA.read(index, destination, offset);
          }
        };
    assertThat(autoencoder.encode(nosy)).hasDimensions(20, 2);
  }

  @Test
  void aListenerMayUseTheWeightsAndTrainAnother() {
    Autoencoder autoencoder = fresh();
    Autoencoder other = fresh();
    int[] epochs = {0};
    autoencoder.fit(
        DATA,
        SHORT.listener(
            new TrainingListener() {
              @Override
              public void onEpochEnd(EpochEnd event) {
                epochs[0]++;
                autoencoder.encode(DATA);
                other.copyWeightsFrom(autoencoder);
                other.fit(DATA, SHORT);
              }
            }));
    assertThat(epochs[0]).isEqualTo(2);
  }
}
