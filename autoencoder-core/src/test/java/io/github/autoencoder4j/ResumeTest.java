package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run that was stopped and resumed is the run that was never stopped, bit for bit. */
class ResumeTest {

  private static final int STEPS_PER_EPOCH = 20;

  /** The last batch of an epoch has one sample. */
  private static final ImageSource DATA =
      ImageSource.of(ImageShape.grey(4, 4), TinyData.rows(77, 16));

  private static final ImageSource HELD = TinyData.noise(9, 16, 5);

  @TempDir Path folder;

  /** Everything a run can depend on, one thing at a time. */
  enum Configuration {
    DENSE,
    CONV,
    DENOISING,
    LATENT_NOISE,
    L2,
    DROPOUT,
    ITERATION_SCHEDULE,
    EPOCH_SCHEDULE;

    Autoencoder build() {
      AutoencoderBuilder<?> builder =
          switch (this) {
            case DENSE -> dense();
            case CONV -> conv();
            case DENOISING -> dense().corruption(Corruption.gaussian(0.4));
            case LATENT_NOISE -> dense().powerNormalize().latentNoise(0.1);
            case L2 -> dense().l2(1e-3);
            case DROPOUT -> dense().dropout(0.3);
            case ITERATION_SCHEDULE ->
                dense()
                    .optimizer(Optimizer.adam(new Schedule.Step(Schedule.Unit.STEP, 5e-3, 0.5, 7)));
            case EPOCH_SCHEDULE ->
                dense()
                    .optimizer(
                        Optimizer.amsGrad(
                            new Schedule.Exponential(Schedule.Unit.EPOCH, 5e-3, 0.5)));
          };
      return builder.seed(5).build();
    }
  }

  private static DenseBuilder dense() {
    return Autoencoder.dense().input(4, 4).hidden(9).bottleneck(2);
  }

  private static ConvBuilder conv() {
    return Autoencoder.conv().input(4, 4, 1).latent(2, 2, 2).widths(3).residualBlocks(0);
  }

  private static Training settings() {
    return Training.epochs(2).batchSize(4).validation(HELD);
  }

  private static Training stopAfter(int steps, Training training) {
    AtomicInteger asked = new AtomicInteger();
    return training.cancelWhen(() -> asked.getAndIncrement() == steps);
  }

  /** All that a further step would depend on: weights, optimiser, counters, and next chances. */
  private static String digest(Autoencoder autoencoder) {
    MultiLayerNetwork network = Dl4j.networkOf(autoencoder);
    Hasher hasher = Hashing.sha256().newHasher();
    hash(hasher, network.params());
    INDArray state = network.getUpdater().getStateViewArray();
    assertThat(state.length()).isPositive();
    hash(hasher, state);
    int epoch = network.getEpochCount();
    return hasher
        .putInt(network.getIterationCount())
        .putInt(epoch)
        .putLong(RandomStream.of(5, "shuffle", epoch).nextLong())
        .putLong(RandomStream.of(5, "dropout", network.getIterationCount()).nextLong())
        .hash()
        .toString();
  }

  private static void hash(Hasher hasher, INDArray array) {
    for (float value : array.dup('c').data().asFloat()) {
      hasher.putInt(Float.floatToRawIntBits(value));
    }
  }

  /** What happened, but for how long it took. */
  private static List<Object> told(History history) {
    Stream<Object> epochs =
        history.epochs().stream()
            .map(
                e ->
                    new EpochEnd(
                        e.epoch(),
                        e.epochs(),
                        e.trainingLoss(),
                        e.validationLoss(),
                        e.penalty(),
                        e.learningRate(),
                        Duration.ZERO,
                        e.trainingTerms(),
                        e.validationTerms()));
    return Stream.concat(
            epochs,
            Stream.of(
                history.bestEpoch(),
                history.restoredBest(),
                history.stopReason(),
                history.warnings()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Configuration.class)
  void stoppedAfterAnyStepItComesOutTheSame(Configuration configuration) throws IOException {
    Autoencoder uninterrupted = configuration.build();
    History whole = uninterrupted.fit(DATA, settings());
    String expected = digest(uninterrupted);

    // One run is stopped after each of its steps. What it left is also resumed to the end.
    Path chain = folder.resolve("chain");
    int same = 0;
    for (int step = 1; step <= 2 * STEPS_PER_EPOCH; step++) {
      Training oneMore = settings().checkpoints(Checkpoints.in(chain).keepLast(1));
      History first = configuration.build().resume(DATA, stopAfter(1, oneMore));
      assertThat(first.stopReason())
          .isEqualTo(step < 2 * STEPS_PER_EPOCH ? StopReason.CANCELLED : StopReason.COMPLETED);

      Path home = Files.createDirectory(folder.resolve("after-" + step));
      String checkpoint = String.format(Locale.ROOT, "checkpoint-%010d.aemodel", step);
      Files.copy(chain.resolve(checkpoint), home.resolve(checkpoint));
      Autoencoder again = configuration.build();
      History second = again.resume(DATA, settings().checkpoints(Checkpoints.in(home)));
      assertThat(told(second)).as("history after step " + step).isEqualTo(told(whole));
      if (digest(again).equals(expected)) {
        same++;
      }
    }
    assertThat(same).as("of 40 stops that make no difference").isEqualTo(40);
  }

  /** Those who shape the run as a whole: they must know where in it they are. */
  private static Training shaped() {
    return Training.epochs(40)
        .batchSize(16)
        .validation(HELD)
        .earlyStopping(2)
        .warmup(4)
        .cosineDecay()
        .clipGradientNorm(0.5);
  }

  private static Autoencoder overfitting() {
    return dense()
        .corruption(Corruption.gaussian(0.2))
        .optimizer(Optimizer.adam(5e-2))
        .seed(5)
        .build();
  }

  @Test
  void decayWarmupAndEarlyStoppingGoOnWhereTheyWere() {
    Autoencoder uninterrupted = overfitting();
    History whole = uninterrupted.fit(DATA, shaped());
    assertThat(whole.stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(whole.restoredBest()).isTrue();
    String expected = digest(uninterrupted);

    for (int step = 1; step <= 30; step++) {
      Training training = shaped().checkpoints(Checkpoints.in(folder.resolve("after-" + step)));
      overfitting().fit(DATA, stopAfter(step, training));
      Autoencoder again = overfitting();
      assertThat(told(again.resume(DATA, training))).isEqualTo(told(whole));
      assertThat(digest(again)).as("stopped after step " + step).isEqualTo(expected);
    }
  }

  @Test
  void itMayBeStoppedAgainAndAgainByInterrupts() {
    Autoencoder uninterrupted = Configuration.DROPOUT.build();
    uninterrupted.fit(DATA, settings());

    Training training = settings().checkpoints(Checkpoints.in(folder).keepLast(1));
    Autoencoder last = Configuration.DROPOUT.build();
    StopReason reason = StopReason.CANCELLED;
    int stops = 0;
    while (reason == StopReason.CANCELLED) {
      last = Configuration.DROPOUT.build();
      reason = last.resume(DATA, training.listener(interruptsAtItsThirdStep())).stopReason();
      stops += Thread.interrupted() ? 1 : 0;
    }
    assertThat(stops).isEqualTo(13);
    assertThat(digest(last)).isEqualTo(digest(uninterrupted));
  }

  private static TrainingListener interruptsAtItsThirdStep() {
    AtomicInteger steps = new AtomicInteger();
    return new TrainingListener() {
      @Override
      public void onBatchEnd(BatchEnd event) {
        if (steps.incrementAndGet() == 3) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  @Test
  void aRunThatIsOverCanBeMadeLonger() {
    Autoencoder uninterrupted = Configuration.DENOISING.build();
    History whole = uninterrupted.fit(DATA, Training.epochs(5).batchSize(16));

    Checkpoints checkpoints = Checkpoints.in(folder);
    Configuration.DENOISING
        .build()
        .fit(DATA, Training.epochs(2).batchSize(16).checkpoints(checkpoints));
    Autoencoder longer = Configuration.DENOISING.build();
    History history =
        longer.resume(DATA, Training.epochs(5).batchSize(16).checkpoints(checkpoints));

    assertThat(digest(longer)).isEqualTo(digest(uninterrupted));
    assertThat(history.trainingLosses()).isEqualTo(whole.trainingLosses());
  }

  @Test
  void aSecondRunOfTheSameAutoencoderIsGoneOnWithToo() {
    Autoencoder uninterrupted = Configuration.DROPOUT.build();
    uninterrupted.fit(DATA, Training.epochs(1).batchSize(16));
    uninterrupted.fit(DATA, shaped());

    Training training = shaped().checkpoints(Checkpoints.in(folder));
    Autoencoder first = Configuration.DROPOUT.build();
    first.fit(DATA, Training.epochs(1).batchSize(16));
    first.fit(DATA, stopAfter(7, training));
    Autoencoder again = Configuration.DROPOUT.build();
    again.resume(DATA, training);

    assertThat(digest(again)).isEqualTo(digest(uninterrupted));
  }

  @Test
  void itMayEndBetweenTheLastStepOfAnEpochAndTheEndOfTheEpoch() {
    Autoencoder uninterrupted = Configuration.DROPOUT.build();
    History whole = uninterrupted.fit(DATA, settings());

    Training training = settings().checkpoints(Checkpoints.in(folder).everySteps(1));
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            if (event.batch() == STEPS_PER_EPOCH) {
              throw new IllegalStateException("enough");
            }
          }
        };
    Autoencoder first = Configuration.DROPOUT.build();
    assertThatThrownBy(() -> first.fit(DATA, training.listener(failing))).hasMessage("enough");
    Autoencoder again = Configuration.DROPOUT.build();
    assertThat(told(again.resume(DATA, training))).isEqualTo(told(whole));
    assertThat(digest(again)).isEqualTo(digest(uninterrupted));
  }
}
