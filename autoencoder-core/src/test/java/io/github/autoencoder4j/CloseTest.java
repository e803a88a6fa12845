package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native memory that is given back is not touched again. */
class CloseTest {

  private static final ImageSource DATA = TinyData.source(40, 12);
  private static final float[][] ROWS = DATA.toArrays();
  private static final float[][] CODES = {{0, 1}};
  private static final LatentNoise CHANNEL = LatentNoise.variance(0.1);
  private static final Training SHORT = Training.epochs(2).batchSize(8);

  @TempDir Path folder;

  @AfterEach
  void switchOn() {
    System.clearProperty(OneDnn.SWITCH);
  }

  private static Autoencoder fresh() {
    return Autoencoder.dense().hidden(8).bottleneck(2).build();
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = fresh();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  /** Everything that needs weights. */
  private Map<String, Consumer<Autoencoder>> uses() {
    INDArray array = Nd4j.createFromArray(ROWS);
    Map<String, Consumer<Autoencoder>> uses = new LinkedHashMap<>();
    uses.put("encode", a -> a.encode(DATA));
    uses.put("encode rows", a -> a.encode(ROWS));
    uses.put("encode an array", a -> a.encode(Dl4j.samples(array)));
    uses.put("encode to a consumer", a -> a.encode(DATA, (index, row) -> {}));
    uses.put("decode", a -> a.decode(CODES));
    uses.put(
        "decode an array", a -> a.decode(Dl4j.rows(Nd4j.createFromArray(CODES), a.latentShape())));
    uses.put("encode by half", a -> a.encoder().encode(DATA));
    uses.put("decode by half", a -> a.decoder().decode(CODES));
    uses.put("reconstruct", a -> a.reconstruct(DATA));
    uses.put("transmit", a -> a.transmit(DATA, CHANNEL, 1));
    uses.put("evaluate", a -> a.evaluate(DATA));
    uses.put("evaluateTransmission", a -> a.evaluateTransmission(DATA, CHANNEL, 2, 1));
    uses.put("parameters", Autoencoder::parameters);
    uses.put("Dl4j.stock", Dl4j::stock);
    uses.put("save", a -> a.save(folder.resolve("never")));
    uses.put("save a state", a -> a.save(folder.resolve("never"), Saving.whole().optimizerState()));
    uses.put("fit", a -> a.fit(DATA, SHORT));
    uses.put(
        "resume", a -> a.resume(DATA, SHORT.checkpoints(Checkpoints.in(folder.resolve("run")))));
    uses.put("copyWeightsFrom it", a -> fresh().copyWeightsFrom(a));
    return uses;
  }

  private void assertRefused(Autoencoder autoencoder, String why) {
    uses()
        .forEach(
            (name, use) ->
                assertThatIllegalStateException()
                    .as(name)
                    .isThrownBy(() -> use.accept(autoencoder))
                    .withMessageContaining(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void whatNeedsWeightsIsRefusedAfterwardsAndTheRestIsKnown(String fastPath) {
    System.setProperty(OneDnn.SWITCH, fastPath);
    Autoencoder autoencoder = trained();
    String summary = autoencoder.summary();
    Autoencoder other = trained();
    autoencoder.close();
    autoencoder.close();
    assertRefused(autoencoder, "was closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> Dl4j.networkOf(autoencoder))
        .withMessageContaining("was closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> autoencoder.copyWeightsFrom(other))
        .withMessageContaining("was closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> autoencoder.importWeights(other.weights()))
        .withMessageContaining("was closed");
    assertThat(autoencoder.isTrained()).isFalse();
    assertThat(autoencoder.summary()).isEqualTo(summary);
    assertThat(autoencoder.trainingRuns()).hasSize(1);
    assertThat(other.encode(DATA)).isDeepEqualTo(trained().encode(DATA));
  }

  @Test
  void whatWasNeverTrainedMayBeClosedToo() {
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(8).bottleneck(2).input(DATA.shape()).build();
    autoencoder.close();
    assertRefused(autoencoder, "was closed");
  }

  @Test
  void aRunGoesOnToItsEndIfAListenerCloses() {
    Autoencoder autoencoder = fresh();
    float[][] parameters = new float[1][];
    History history =
        autoencoder.fit(
            DATA,
            SHORT.listener(
                new TrainingListener() {
                  @Override
                  public void onEpochEnd(EpochEnd event) {
                    autoencoder.close();
                    parameters[0] = autoencoder.parameters();
                  }
                }));
    assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(history.epochs()).hasSize(2);
    assertThat(parameters[0]).isEqualTo(trained().parameters());
    assertRefused(autoencoder, "was closed");
  }

  @Test
  void callsGoOnToTheirEndIfAnotherThreadCloses() throws Exception {
    Autoencoder autoencoder = trained();
    float[][] expected = autoencoder.encode(DATA);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    ImageSource slow =
        Wrapped.before(
            DATA,
            () -> {
              begun.countDown();
              try {
                closed.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    FutureTask<float[][]> encoding = new FutureTask<>(() -> autoencoder.encode(slow));
    new Thread(encoding).start();
    begun.await();
    autoencoder.close();
    assertRefused(autoencoder, "was closed");
    closed.countDown();
    assertThat(encoding.get()).isDeepEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void aNetworkThatItsHolderClosedIsNotTouched(String fastPath) {
    System.setProperty(OneDnn.SWITCH, fastPath);
    Autoencoder autoencoder = trained();
    autoencoder.encode(DATA);
    Dl4j.networkOf(autoencoder).close();
    assertRefused(autoencoder, "Dl4j.networkOf(...).close()");
    autoencoder.close();
    assertRefused(autoencoder, "was closed");
  }

  @Test
  void aNetworkThatWasHandedOutIsItsHoldersToClose() {
    Autoencoder autoencoder = trained();
    MultiLayerNetwork network = Dl4j.networkOf(autoencoder);
    INDArray input = Nd4j.createFromArray(ROWS);
    INDArray before = network.output(input);
    autoencoder.close();
    assertThat(network.output(input)).isEqualTo(before);
    network.close();
  }
}
