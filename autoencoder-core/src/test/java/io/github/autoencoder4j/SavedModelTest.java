package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.model.ModelDescription;
import io.github.autoencoder4j.model.Part;
import io.github.autoencoder4j.model.Provenance;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that was saved and loaded is the model that was saved. */
class SavedModelTest {

  private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
  private static final ImageSource DATA = ImageSource.of(SHAPE, TinyData.rows(24, SHAPE.size()));

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("some.aemodel");
  }

  private static Training epochs(int epochs) {
    return Training.epochs(epochs).batchSize(8);
  }

  private static Autoencoder trained(AutoencoderBuilder<?> builder) {
    Autoencoder autoencoder = builder.build();
    autoencoder.fit(DATA, epochs(2));
    return autoencoder;
  }

  private static DenseBuilder dense() {
    return Autoencoder.dense().hidden(9).bottleneck(3).seed(5);
  }

  private static ConvBuilder conv() {
    return Autoencoder.conv().latent(2, 2, 3).widths(4, 4);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("dense", () -> dense().dropout(0.2).l2(1e-3).corruption(Corruption.gaussian(0.2))),
        kind("shallow", () -> dense().hidden().loss(Loss.MEAN_SQUARED_ERROR)),
        kind("conv", () -> conv()),
        kind("strided", () -> conv().resampling(Resampling.STRIDED).residualBlocks(0)),
        kind(
            "noisy",
            () ->
                conv()
                    .powerNormalize()
                    .latentStage(LatentNoise.snrDb(10).during(LatentNoise.Phase.BOTH))),
        kind("normalised by batch", () -> dense().latentStage(PowerNormalization.perBatch())));
  }

  private static Arguments kind(String name, Supplier<AutoencoderBuilder<?>> builder) {
    return Arguments.of(name, builder);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void computesTheSameBitForBit(String name, Supplier<AutoencoderBuilder<?>> builder) {
    Autoencoder saved = trained(builder.get());
    saved.save(file());
    Autoencoder loaded = Autoencoder.load(file());
    assertSame(loaded, saved);
    assertThat(loaded.isTrained()).isTrue();
    assertThat(loaded.summary()).isEqualTo(saved.summary());
    assertThat(loaded.architecture()).isEqualTo(saved.architecture());
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void keepsEveryActivation(Activation activation) {
    for (AutoencoderBuilder<?> builder :
        List.of(dense().activation(activation), conv().activation(activation))) {
      Autoencoder saved = trained(builder);
      saved.save(file());
      assertSame(Autoencoder.load(file()), saved);
    }
  }

  private static void assertSame(Autoencoder loaded, Autoencoder saved) {
    assertThat(loaded.parameters()).isEqualTo(saved.parameters());
    float[][] codes = saved.encode(DATA);
    assertThat(loaded.encode(DATA)).isDeepEqualTo(codes);
    assertThat(loaded.decode(codes)).isDeepEqualTo(saved.decode(codes));
    assertThat(loaded.reconstruct(DATA)).isDeepEqualTo(saved.reconstruct(DATA));
    assertThat(loaded.transmit(DATA, LatentNoise.variance(0.1), 3))
        .isDeepEqualTo(saved.transmit(DATA, LatentNoise.variance(0.1), 3));
    assertThat(loaded.evaluate(DATA)).isEqualTo(saved.evaluate(DATA));
    assertThat(loaded.trainingRuns()).isEqualTo(saved.trainingRuns());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void trainsOnAsIfItHadNeverStopped(String name, Supplier<AutoencoderBuilder<?>> builder) {
    Autoencoder saved = trained(builder.get());
    saved.save(file(), Saving.whole().optimizerState());
    Autoencoder loaded = Autoencoder.load(file());
    saved.fit(DATA, epochs(2).cosineDecay());
    loaded.fit(DATA, epochs(2).cosineDecay());
    assertThat(loaded.parameters()).isEqualTo(saved.parameters());
    assertThat(loaded.trainingRuns()).hasSize(2);
  }

  @Test
  void withoutItsStateTheOptimizerStartsAfresh() {
    Autoencoder saved = trained(dense());
    saved.save(file());
    Autoencoder loaded = Autoencoder.load(file());
    Autoencoder copy = dense().build();
    copy.copyWeightsFrom(saved);
    copy.fit(DATA, epochs(1));
    loaded.fit(DATA, epochs(1));
    assertThat(loaded.parameters()).isEqualTo(copy.parameters());
  }

  @Test
  void savingTwiceGivesEqualFilesButForTheTime() throws IOException {
    Autoencoder autoencoder = trained(dense());
    Path first = directory.resolve("1.aemodel");
    Path second = directory.resolve("2.aemodel");
    autoencoder.save(first);
    Autoencoder.load(first).save(second);
    assertThat(Files.size(second)).isEqualTo(Files.size(first));
    int steps = Autoencoder.inspect(first).steps();
    assertThat(steps).isPositive();
    assertThat(Autoencoder.inspect(second).steps()).isEqualTo(steps);
    // Trained on, the steps add up; as a start for another, they are not its own.
    Autoencoder on = Autoencoder.load(second);
    on.fit(DATA, epochs(1));
    on.save(first);
    assertThat(Autoencoder.inspect(first).steps()).isGreaterThan(steps);
    Autoencoder copy = dense().build();
    copy.copyWeightsFrom(on);
    copy.save(first);
    assertThat(Autoencoder.inspect(first).steps()).isZero();
  }

  @Test
  void anEncoderEncodesAndNoMore() {
    Autoencoder saved = trained(conv().powerNormalize());
    saved.save(file(), Saving.encoder());
    Autoencoder half = Autoencoder.load(file());
    assertThat(half.encode(DATA)).isDeepEqualTo(saved.encode(DATA));
    assertThat(half.inputShape()).isEqualTo(SHAPE);
    float[][] codes = new float[1][half.latentShape().size()];
    assertRefused("the decoder", () -> half.decode(codes));
    assertRefused("encoder and decoder", () -> half.reconstruct(DATA));
    assertRefused("encoder and decoder", () -> half.evaluate(DATA));
    assertRefused("encoder and decoder", () -> half.transmit(DATA, LatentNoise.variance(1), 1));
    assertRefused("encoder and decoder", () -> half.fit(DATA, epochs(1)));
    assertRefused("encoder and decoder", half::parameters);
    assertRefused("encoder and decoder", () -> Dl4j.networkOf(half));
    assertRefused("encoder and decoder", () -> Dl4j.stock(half));
    assertRefused("encoder and decoder", () -> half.save(file()));
    assertRefused("encoder and decoder", () -> conv().build().copyWeightsFrom(half));
    assertRefused("encoder and decoder", () -> half.copyWeightsFrom(saved));
    assertThatIllegalStateException()
        .isThrownBy(() -> half.decode(codes))
        .withMessageContaining("holds the encoder only")
        .withMessageContaining("Saving.whole() or Saving.decoder()");
    half.save(file(), Saving.encoder());
    assertThat(Autoencoder.load(file()).encode(DATA)).isDeepEqualTo(saved.encode(DATA));
  }

  @Test
  void aDecoderDecodesAndNoMore() {
    Autoencoder saved = trained(dense());
    saved.save(file(), Saving.decoder());
    Autoencoder half = Autoencoder.load(file());
    float[][] codes = saved.encode(DATA);
    assertThat(half.decode(codes)).isDeepEqualTo(saved.decode(codes));
    assertRefused("the encoder", () -> half.encode(DATA));
    assertRefused("encoder and decoder", () -> half.reconstruct(DATA));
    half.save(file(), Saving.decoder());
    assertThat(Autoencoder.load(file()).decode(codes)).isDeepEqualTo(saved.decode(codes));
  }

  private static void assertRefused(String needed, ThrowingCallable call) {
    assertThatIllegalStateException()
        .isThrownBy(call)
        .withMessageContaining("this needs " + needed + ",");
  }

  @Test
  void halvesAreSmaller() throws IOException {
    Autoencoder saved = trained(dense().hidden(300));
    long[] sizes = new long[4];
    Saving[] savings = {
      Saving.encoder(), Saving.decoder(), Saving.whole(), Saving.whole().optimizerState()
    };
    for (int i = 0; i < savings.length; i++) {
      saved.save(file(), savings[i]);
      sizes[i] = Files.size(file());
    }
    long weights = 4L * saved.parameters().length;
    assertThat(sizes[0] + sizes[1]).isBetween(weights, weights + 20_000);
    assertThat(sizes[2]).isBetween(weights, weights + 20_000);
    assertThat(sizes[3]).isBetween(3 * weights, 3 * weights + 20_000);
  }

  @Test
  void aHalfHasNoOptimizer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Saving.decoder().optimizerState())
        .withMessageContaining("Saving.whole().optimizerState()");
  }

  @Test
  void whatWasNotTrainedIsNotSaved() {
    Autoencoder fresh = Autoencoder.dense().input(2, 2).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> fresh.save(file()))
        .withMessageContaining("not been trained");
    assertThat(file()).doesNotExist();
  }

  @Test
  void whatIsNotFiniteIsNotSavedOverWhatIs() throws IOException {
    Autoencoder autoencoder = trained(dense());
    autoencoder.save(file());
    byte[] before = Files.readAllBytes(file());
    Dl4j.networkOf(autoencoder).params().putScalar(7, Float.NaN);
    assertThatIllegalStateException()
        .isThrownBy(() -> autoencoder.save(file()))
        .withMessageContaining("value 7 of encoder-1.weight is NaN");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aCustomOptimizerIsDescribedAndNotGuessed() {
    Autoencoder saved =
        trained(
            dense()
                .optimizer(
                    Optimizer.sgd(
                        new Schedule.Custom("halving", (step, epoch) -> 0.01 / (1 + epoch)))));
    saved.save(file(), Saving.whole());
    assertThat(Autoencoder.inspect(file()).optimizer()).contains("custom").contains("halving");
    Autoencoder loaded = Autoencoder.load(file());
    assertThat(loaded.encode(DATA)).isDeepEqualTo(saved.encode(DATA));
    assertThatIllegalStateException()
        .isThrownBy(() -> loaded.fit(DATA, epochs(1)))
        .withMessageContaining("copyWeightsFrom");
    Autoencoder next = dense().build();
    next.copyWeightsFrom(loaded);
    assertThatCode(() -> next.fit(DATA, epochs(1))).doesNotThrowAnyException();
    loaded.save(file());
    assertThat(Autoencoder.load(file()).encode(DATA)).isDeepEqualTo(saved.encode(DATA));
  }

  @Test
  void tellsWhatItHoldsWithoutLoading() {
    Autoencoder saved = dense().l2(1e-3).optimizer(Optimizer.adam(2e-3)).input(8, 8).build();
    saved.fit(DATA, epochs(2).validation(DATA).earlyStopping(9).clipGradientNorm(1).warmup(3));
    saved.fit(DATA, epochs(1).cosineDecay());
    saved.save(file(), Saving.whole().optimizerState());
    ModelDescription model = Autoencoder.inspect(file());
    assertThat(model.part()).isEqualTo(Part.WHOLE);
    assertThat(model.spec().architecture()).isEqualTo(saved.architecture().orElseThrow());
    assertThat(model.runs()).isEqualTo(saved.trainingRuns()).hasSize(2);
    assertThat(model.runs().get(0).fingerprint()).isEqualTo(model.runs().get(1).fingerprint());
    assertThat(model.steps()).isEqualTo(9);
    assertThat(model.hasOptimizerState()).isTrue();
    assertThat(model.provenance().library()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(model.toString().lines())
        .startsWith(
            "holds      encoder and decoder",
            "shapes     8x8x1 to codes of 1x3x1, 1,291 parameters",
            "layers     " + model.spec().architecture(),
            "output     sigmoid, binary cross-entropy",
            "penalty    l1 0.0, l2 0.001",
            "optimiser  adam, learning rate 0.002, beta1 0.9, beta2 0.999, epsilon 1.0E-8, its state is"
                + " there",
            "seed       " + model.spec().seed(),
            "trained    9 steps in 2 runs")
        .hasSize(10);
  }

  @Test
  void printsWhatItHolds() {
    Autoencoder saved =
        dense().input(8, 8).powerNormalize().corruption(Corruption.masking(0.3)).build();
    saved.fit(DATA, epochs(1).validation(DATA));
    saved.save(file(), Saving.encoder());
    ModelDescription model = Autoencoder.inspect(file());
    EpochEnd last = model.runs().get(0).history().epochs().get(0);
    Provenance by = model.provenance();
    assertThat(model.toString().lines())
        .startsWith("holds      encoder only")
        .containsSubsequence(
            "latent     " + PowerNormalization.perExample().describe(),
            "corruption " + model.spec().corruption().orElseThrow(),
            String.format(
                Locale.ROOT,
                "last loss  training %.5g, validation %.5g",
                last.trainingLoss(),
                last.validationLoss().orElseThrow()))
        .last()
        .isEqualTo(
            "saved      %s by Autoencoder4J %s on Java %s, %s, %s"
                .formatted(by.saved(), by.library(), by.java(), by.os(), by.cpu()));
  }

  @Test
  void theDataAreToldApart() {
    Autoencoder autoencoder = trained(dense());
    autoencoder.fit(ImageSource.of(SHAPE, TinyData.noise(24, 64, 2).toArrays()), epochs(1));
    assertThat(autoencoder.trainingRuns().get(0).fingerprint())
        .isNotEqualTo(autoencoder.trainingRuns().get(1).fingerprint());
  }

  @Test
  void dataThatCannotBeReadAgainCostNoTraining() {
    AtomicBoolean gone = new AtomicBoolean();
    ImageSource once =
        new ImageSource() {
          @Override
          public int size() {
            return DATA.size();
          }

          @Override
          public ImageShape shape() {
            return SHAPE;
          }

          @Override
          public void read(int index, float[] destination, int offset) {
            if (gone.get()) {
              throw new IllegalStateException("gone");
            }
            DATA.read(index, destination, offset);
          }
        };
    Autoencoder autoencoder = dense().build();
    autoencoder.fit(
        once,
        epochs(1)
            .listener(
                new TrainingListener() {
                  @Override
                  public void onEnd(History history) {
                    gone.set(true);
                  }
                }));
    assertThat(autoencoder.trainingRuns().get(0).fingerprint()).isEqualTo("unknown");
    assertThat(autoencoder.isTrained()).isTrue();
  }

  @Test
  void keepsTheLatestRunsOnly() {
    Autoencoder autoencoder = dense().build();
    for (int i = 0; i < 45; i++) {
      autoencoder.fit(DATA, Training.epochs(1).batchSize(24));
    }
    autoencoder.save(file());
    assertThat(Autoencoder.load(file()).trainingRuns())
        .isEqualTo(autoencoder.trainingRuns().subList(5, 45));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Autoencoder.load(directory.resolve("none.aemodel")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.aemodel");
    assertThatThrownBy(() -> Autoencoder.inspect(directory.resolve("none.aemodel")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none.aemodel");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> trained(dense()).save(directory.resolve("no/folder.aemodel")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("folder.aemodel");
  }
}
