package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.AutoencoderException;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When checkpoints are written, which are kept, and which runs may resume from them. */
class CheckpointsTest {

  private static final ImageSource DATA = TinyData.source(40, 12);

  @TempDir Path folder;

  private Path home() {
    return folder.resolve("run");
  }

  private static DenseBuilder tiny() {
    return Autoencoder.dense().hidden(10).bottleneck(2).seed(3);
  }

  /** Five steps an epoch. */
  private Training settings() {
    return Training.epochs(4).batchSize(8).checkpoints(Checkpoints.in(home()));
  }

  private Training settings(Checkpoints checkpoints) {
    return settings().checkpoints(checkpoints);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(home())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("ae4j.lock"))
          .sorted()
          .toList();
    }
  }

  /** Writes down what is in the folder after each step and epoch. */
  private TrainingListener watching(List<String> seen) {
    return new TrainingListener() {
      @Override
      public void onBatchEnd(BatchEnd event) {
        note();
      }

      @Override
      public void onEpochEnd(EpochEnd event) {
        note();
      }

      private void note() {
        try {
          names().stream().filter(name -> !seen.contains(name)).forEach(seen::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  @Test
  void keepsTheLastTwoEpochsByDefault() throws IOException {
    tiny().build().fit(DATA, settings());
    assertThat(names())
        .containsExactly("checkpoint-0000000015.aemodel", "checkpoint-0000000020.aemodel");
  }

  @Test
  void writesInAnyRhythmAndAtTheEnd() throws IOException {
    List<String> seen = new ArrayList<>();
    Checkpoints checkpoints = Checkpoints.in(home()).everySteps(7).everyEpochs(3).keepLast(9);
    tiny().build().fit(DATA, settings(checkpoints).listener(watching(seen)));
    assertThat(seen)
        .containsExactly(
            "checkpoint-0000000007.aemodel",
            "checkpoint-0000000014.aemodel",
            "checkpoint-0000000015.aemodel");
    assertThat(names()).hasSize(4).contains("checkpoint-0000000020.aemodel");
  }

  @Test
  void writesByTheClock() throws IOException {
    List<String> seen = new ArrayList<>();
    Checkpoints often = Checkpoints.in(home()).every(Duration.ofNanos(1)).keepLast(99);
    tiny().build().fit(DATA, settings(often).listener(watching(seen)));
    assertThat(seen).hasSize(20);

    Path other = folder.resolve("other");
    Checkpoints seldom = Checkpoints.in(other).every(Duration.ofDays(1)).keepLast(99);
    tiny().build().fit(DATA, settings(seldom));
    assertThat(other.resolve("checkpoint-0000000020.aemodel")).exists();
    assertThat(other.resolve("checkpoint-0000000005.aemodel")).doesNotExist();
  }

  @Test
  void keepsTheBestEpochBesideTheLast() throws IOException {
    ImageSource held = TinyData.noise(10, 12, 4);
    Checkpoints checkpoints = Checkpoints.in(home()).keepLast(1).keepBest();
    Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(3)).build();
    History history =
        autoencoder.fit(DATA, settings(checkpoints).validation(held).earlyStopping(99));
    assertThat(names()).containsExactly("best.aemodel", "checkpoint-0000000020.aemodel");
    assertThat(history.bestEpoch()).isPositive();
  }

  @Test
  void aNewRunDoesNotMixItsCheckpointsWithOthers() {
    tiny().build().fit(DATA, settings());
    Autoencoder other = tiny().build();
    assertThatThrownBy(() -> other.fit(DATA, settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(home().toString())
        .hasMessageContaining("resume(...)")
        .hasMessageContaining("another folder");
    assertThat(other.isTrained()).isFalse();
  }

  @Test
  void twoRunsCannotShareAFolder() {
    Autoencoder second = tiny().build();
    List<Throwable> failures = new ArrayList<>();
    TrainingListener intruder =
        new TrainingListener() {
          @Override
          public void onEpochEnd(EpochEnd event) {
            try {
              second.resume(DATA, settings());
            } catch (IllegalStateException e) {
              failures.add(e);
            }
          }
        };
    tiny().build().fit(DATA, settings().listener(intruder));
    assertThat(failures)
        .hasSize(4)
        .allSatisfy(
            e -> assertThat(e).hasMessageContaining("another run").hasMessageContaining("run"));
    // Given back at the end.
    assertThat(second.resume(DATA, settings()).epochs()).hasSize(4);
  }

  @Test
  void givesTheFolderBackAfterAFailureToo() {
    Training failing =
        settings()
            .listener(
                new TrainingListener() {
                  @Override
                  public void onEpochEnd(EpochEnd event) {
                    throw new IllegalStateException("enough");
                  }
                });
    Autoencoder autoencoder = tiny().build();
    assertThatThrownBy(() -> autoencoder.fit(DATA, failing)).hasMessage("enough");
    assertThat(tiny().build().resume(DATA, settings()).epochs()).hasSize(4);
  }

  @Test
  void resumeStartsARunThatHasNoCheckpointsYet() {
    Autoencoder resumed = tiny().build();
    resumed.resume(DATA, settings());
    Autoencoder fitted = tiny().build();
    fitted.fit(DATA, Training.epochs(4).batchSize(8));
    assertThat(resumed.parameters()).isEqualTo(fitted.parameters());
  }

  @Test
  void aFolderIsEnoughToGoOn() throws IOException {
    Autoencoder uninterrupted = tiny().build();
    uninterrupted.fit(DATA, Training.epochs(2).batchSize(8));
    History whole = uninterrupted.fit(DATA, settings());
    Path newest = home().resolve("checkpoint-0000000030.aemodel");
    Files.delete(newest);
    Files.write(newest, new byte[1_000]);

    Autoencoder loaded = Autoencoder.load(home());
    assertThat(Dl4j.networkOf(loaded).getIterationCount()).isZero();
    History history = loaded.resume(DATA, settings());

    assertThat(loaded.parameters()).isEqualTo(uninterrupted.parameters());
    assertThat(history.trainingLosses()).isEqualTo(whole.trainingLosses());
    // The run before this one is not forgotten either.
    assertThat(loaded.trainingRuns()).hasSize(2);
    assertThat(loaded.trainingRuns().get(0)).isEqualTo(uninterrupted.trainingRuns().get(0));
  }

  @Test
  void theNewestCanBeLoadedWhileTheRunGoesOnAndDeletesOldOnes() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    FutureTask<Integer> loads =
        new FutureTask<>(
            () -> {
              int count = 0;
              do {
                assertThat(Autoencoder.load(home()).isTrained()).isTrue();
                count++;
              } while (!over.get());
              return count;
            });
    TrainingListener starting =
        new TrainingListener() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            if (event.epoch() == 1 && event.batch() == 1) {
              new Thread(loads).start();
            }
          }
        };
    Training training =
        Training.epochs(20)
            .batchSize(8)
            .checkpoints(Checkpoints.in(home()).everySteps(1).keepLast(1))
            .listener(starting);
    try {
      tiny().build().fit(DATA, training);
    } finally {
      over.set(true);
    }
    assertThat(loads.get()).isPositive();
  }

  @Test
  void aCheckpointIsAModelFile() throws IOException {
    Autoencoder trained = tiny().build();
    trained.fit(DATA, settings(Checkpoints.in(home()).keepBest()));
    for (String name : names()) {
      Autoencoder loaded = Autoencoder.load(home().resolve(name));
      assertThat(loaded.encode(DATA)).hasDimensions(40, 2);
    }
    assertThat(Autoencoder.load(home()).parameters()).isEqualTo(trained.parameters());
    assertThatThrownBy(() -> Autoencoder.load(folder))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("a folder without checkpoints");
  }

  @Test
  void resumeOfARunThatIsOverTrainsNothing() {
    Autoencoder once = tiny().build();
    History first = once.fit(DATA, settings());
    List<String> seen = new ArrayList<>();
    Autoencoder again = tiny().build();
    History second = again.resume(DATA, settings().listener(watching(seen)));
    assertThat(second).isEqualTo(first);
    assertThat(seen).isEmpty();
    assertThat(again.parameters()).isEqualTo(once.parameters());
  }

  @Test
  void aDamagedCheckpointIsReportedAndTheOneBeforeItTaken() throws IOException {
    Autoencoder uninterrupted = tiny().build();
    uninterrupted.fit(DATA, settings());
    Path newest = home().resolve("checkpoint-0000000020.aemodel");
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 4;
    Files.write(newest, bytes);

    List<TrainingWarning> heard = new ArrayList<>();
    Autoencoder again = tiny().build();
    History history =
        again.resume(
            DATA,
            settings(Checkpoints.in(home()).keepLast(1))
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onWarning(TrainingWarning warning) {
                        heard.add(warning);
                      }
                    }));

    assertThat(again.parameters()).isEqualTo(uninterrupted.parameters());
    assertThat(heard).hasSize(1).isEqualTo(history.warnings());
    assertThat(heard.get(0).kind()).isEqualTo(TrainingWarning.Kind.CHECKPOINT_DAMAGED);
    assertThat(heard.get(0).message()).contains(newest.toString()).contains("the one before it");
    // Written anew, whole.
    assertThat(names()).containsExactly(newest.getFileName().toString());
    assertThat(tiny().build().resume(DATA, settings()).epochs()).hasSize(4);
  }

  @Test
  void aDamagedCheckpointOfALaterStepIsNotTakenForNewerForEver() throws IOException {
    tiny().build().fit(DATA, settings().cancelWhen(() -> false));
    Files.write(home().resolve("checkpoint-0000000019.aemodel"), new byte[10]);
    Files.delete(home().resolve("checkpoint-0000000020.aemodel"));
    Checkpoints everyStep = Checkpoints.in(home()).everySteps(1).keepLast(1);
    List<String> seen = new ArrayList<>();
    int[] asked = {0};
    tiny()
        .build()
        .resume(
            DATA, settings(everyStep).listener(watching(seen)).cancelWhen(() -> asked[0]++ == 1));
    assertThat(names()).containsExactly("checkpoint-0000000016.aemodel");
  }

  @Test
  void saysSoIfNoCheckpointIsWhole() throws IOException {
    tiny().build().fit(DATA, settings());
    for (String name : names()) {
      Files.write(home().resolve(name), new byte[100]);
    }
    Autoencoder again = tiny().build();
    assertThatThrownBy(() -> again.resume(DATA, settings()))
        .isInstanceOf(AutoencoderException.class)
        .hasMessageContaining("none of the 2 checkpoints")
        .hasMessageContaining(home().toString())
        .hasMessageContaining("afresh");
    assertThat(again.isTrained()).isFalse();
  }

  @Test
  void refusesWhatWouldNotBeTheSameRun() {
    ImageSource held = TinyData.noise(10, 12, 4);
    Training training = settings().validation(held).cosineDecay();
    tiny().build().fit(DATA, training);
    float[][] rows = TinyData.rows(40, 12);
    rows[17][5] = 0.5f;

    refused(TinyData.source(39, 12), training, "training data", "40 samples", "39 samples");
    refused(ImageSource.of(DATA.shape(), rows), training, "training data", "digest");
    refused(DATA, training.validation(TinyData.noise(10, 12, 5)), "validation data");
    refused(DATA, training.batchSize(10), "batchSize: was 8, is 10");
    refused(DATA, training.warmup(3), "warmup: was 0, is 3");
    refused(DATA, training.clipGradientNorm(2), "clipGradientNorm: was Infinity, is 2.0");
    refused(DATA, training.earlyStopping(2), "earlyStopping: was none, is 2");
    Training longer =
        Training.epochs(6)
            .batchSize(8)
            .validation(held)
            .cosineDecay()
            .checkpoints(Checkpoints.in(home()));
    refused(DATA, longer, "cosineDecay over: was 4 epochs, is 6 epochs");
  }

  private void refused(ImageSource data, Training training, String... words) {
    Autoencoder again = tiny().build();
    assertThatThrownBy(() -> again.resume(data, training))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(home().toString())
        .hasMessageContaining("fit(...)")
        .hasMessageContainingAll(words);
    assertThat(again.isTrained()).isFalse();
  }

  @Test
  void refusesFewerEpochsThanThereWere() {
    tiny().build().fit(DATA, settings());
    Training shorter = Training.epochs(3).batchSize(8).checkpoints(Checkpoints.in(home()));
    assertThatThrownBy(() -> tiny().build().resume(DATA, shorter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in epoch 4 already")
        .hasMessageContaining("was 3");
  }

  @Test
  void anEpochThatIsBegunCannotBeTakenBack() {
    // Seven steps are an epoch and two steps.
    AtomicInteger steps = new AtomicInteger();
    tiny().build().fit(DATA, settings().cancelWhen(() -> steps.getAndIncrement() == 7));
    Training shorter = Training.epochs(1).batchSize(8).checkpoints(Checkpoints.in(home()));
    assertThatThrownBy(() -> tiny().build().resume(DATA, shorter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in epoch 2 already")
        .hasMessageContaining("was 1");
    assertThat(tiny().build().resume(DATA, settings()).epochs()).hasSize(4);
  }

  @Test
  void checkpointsAreTheSameInEveryLanguage() throws IOException {
    Autoencoder expected = tiny().build();
    expected.fit(DATA, Training.epochs(4).batchSize(8));
    Locale usual = Locale.getDefault();
    try {
      // It has digits of its own.
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      AtomicInteger steps = new AtomicInteger();
      tiny().build().fit(DATA, settings().cancelWhen(() -> steps.getAndIncrement() == 12));
      assertThat(names())
          .containsExactly("checkpoint-0000000010.aemodel", "checkpoint-0000000012.aemodel");
      assertThat(Autoencoder.load(home()).isTrained()).isTrue();
    } finally {
      Locale.setDefault(usual);
    }
    Autoencoder resumed = tiny().build();
    resumed.resume(DATA, settings());
    assertThat(resumed.parameters()).isEqualTo(expected.parameters());
  }

  @Test
  void aScheduleThatFilesHaveNoWordsForGoesOnInAnotherProcess() {
    AtomicInteger steps = new AtomicInteger();
    ramped().build().fit(DATA, settings().cancelWhen(() -> steps.getAndIncrement() == 12));
    Autoencoder resumed = ramped().build();
    resumed.resume(DATA, settings());
    Autoencoder expected = ramped().build();
    expected.fit(DATA, Training.epochs(4).batchSize(8));
    assertThat(resumed.parameters()).isEqualTo(expected.parameters());
    assertThatThrownBy(() -> Autoencoder.load(home()).resume(DATA, settings()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("schedule")
        .hasMessageContaining("resume(...)");
  }

  /** Each with a function of its own. */
  private static DenseBuilder ramped() {
    return tiny()
        .optimizer(
            Optimizer.adam(
                new Schedule.Custom(
                    "ramp", (step, epoch) -> 1e-2 * Math.min(1, (step + 1) / 8.0))));
  }

  @Test
  void resumeOnAnInterruptedThreadIsCancelledAndLeavesCheckpointsAlone() throws IOException {
    AtomicInteger steps = new AtomicInteger();
    tiny().build().fit(DATA, settings().cancelWhen(() -> steps.getAndIncrement() == 12));
    List<String> before = names();
    Autoencoder again = tiny().build();
    Thread.currentThread().interrupt();
    History history = again.resume(DATA, settings());
    assertThat(Thread.interrupted()).isTrue();
    assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(history.warnings()).isEmpty();
    assertThat(names()).isEqualTo(before);
    assertThat(again.resume(DATA, settings()).stopReason()).isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void aRunThatNeverBeganLeavesNoTrace() throws IOException {
    Autoencoder autoencoder = tiny().build();
    autoencoder.fit(DATA, settings().cancelWhen(() -> true));
    assertThat(names()).isEmpty();
    assertThat(autoencoder.trainingRuns()).isEmpty();
    assertThat(autoencoder.isTrained()).isFalse();
  }

  @Test
  void theCardOfACheckpointSaysThatItsRunWentOn() throws IOException {
    tiny().build().fit(DATA, settings());
    try (FileSystem file = FileSystems.newFileSystem(home().resolve(names().get(0)))) {
      assertThat(Files.readString(file.getPath("model-card.md")))
          .contains("after 15 steps, in a run that had not ended")
          .doesNotContain("another autoencoder");
    }
  }

  @Test
  void refusesAnotherAutoencoder() {
    tiny().build().fit(DATA, settings());
    for (DenseBuilder other : List.of(tiny().hidden(11), tiny().seed(4), tiny().l2(1e-3))) {
      Autoencoder again = other.build();
      assertThatThrownBy(() -> again.resume(DATA, settings()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another autoencoder");
    }
  }

  @Test
  void resumeNeedsToKnowTheFolder() {
    assertThatThrownBy(() -> tiny().build().resume(DATA, Training.epochs(1).batchSize(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("checkpoints(Checkpoints.in(folder))");
  }

  @Test
  void saysAtOnceThatAFolderCannotBeUsed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> tiny().build().fit(DATA, settings(Checkpoints.in(file))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("choose a folder");
  }

  @Test
  void badDataEndTheRunAndItsCheckpointsStay() throws IOException {
    float[][] rows = TinyData.rows(40, 12);
    rows[39][3] = Float.NaN;
    Autoencoder autoencoder = tiny().build();
    Checkpoints everyStep = Checkpoints.in(home()).everySteps(1).keepLast(99);
    assertThatThrownBy(() -> autoencoder.fit(TinyData.unchecked(rows), settings(everyStep)))
        .isInstanceOf(UnusableDataException.class);
    assertThat(names()).allMatch(name -> name.startsWith("checkpoint-"));
  }

  /** Explodes at step 13, in the third epoch. */
  private static DenseBuilder exploding() {
    return tiny()
        .optimizer(
            Optimizer.sgd(
                new Schedule.Points(Schedule.Unit.STEP, Map.of(0, 0.5, 12, 1e8, 13, 0.5))));
  }

  @Test
  void divergenceSaysWhereRestoresTheBestAndKeepsTheCheckpoints() throws IOException {
    Autoencoder autoencoder = exploding().build();
    assertThatThrownBy(() -> autoencoder.fit(DATA, settings(Checkpoints.in(home()).keepBest())))
        .isInstanceOfSatisfying(DivergenceException.class, e -> assertThat(e.epoch()).isEqualTo(3))
        .hasMessageContaining("diverged in epoch 3")
        .hasMessageContaining("weights of epoch 2 were put back")
        .hasMessageContaining("checkpoints in " + home() + " were kept");
    assertThat(names())
        .containsExactly(
            "best.aemodel", "checkpoint-0000000005.aemodel", "checkpoint-0000000010.aemodel");

    // The best weights, and so do those who resume from the last checkpoint.
    Autoencoder two = exploding().build();
    two.fit(DATA, Training.epochs(2).batchSize(8));
    assertThat(autoencoder.parameters()).isEqualTo(two.parameters());
    Autoencoder again = exploding().build();
    assertThatThrownBy(() -> again.resume(DATA, settings()))
        .isInstanceOf(DivergenceException.class);
    assertThat(again.parameters()).isEqualTo(two.parameters());
  }

  @Test
  void weightsThatExplodedAreNeverWritten() throws IOException {
    Checkpoints onlyTheLast = Checkpoints.in(home()).everySteps(1).keepLast(1);
    Autoencoder autoencoder = exploding().build();
    assertThatThrownBy(() -> autoencoder.fit(DATA, settings(onlyTheLast)))
        .isInstanceOf(DivergenceException.class);
    assertThat(names()).containsExactly("checkpoint-0000000012.aemodel");
    assertThat(Autoencoder.load(home()).evaluate(DATA).reconstructionLoss()).isLessThan(1);
  }

  @Test
  void weightsThatAreNoNumbersAreNeverWritten() throws IOException {
    DenseBuilder hopeless =
        tiny()
            .optimizer(
                Optimizer.sgd(new Schedule.Points(Schedule.Unit.STEP, Map.of(0, 0.5, 12, 1e300))));
    Checkpoints everyStep = Checkpoints.in(home()).everySteps(1).keepLast(99);
    Autoencoder autoencoder = hopeless.build();
    assertThatThrownBy(() -> autoencoder.fit(DATA, settings(everyStep)))
        .isInstanceOf(DivergenceException.class);
    assertThat(names()).hasSize(12).endsWith("checkpoint-0000000012.aemodel");
  }

  @Test
  void checksItsSettings() {
    Checkpoints checkpoints = Checkpoints.in(folder);
    assertThat(checkpoints.folder()).isEqualTo(folder);
    assertThat(checkpoints.everyEpochs()).isEqualTo(1);
    assertThat(checkpoints.everySteps(3).everyEpochs()).isZero();
    assertThat(checkpoints.everySteps(3).everyEpochs(2).everyEpochs()).isEqualTo(2);
    assertThat(checkpoints.keepBest().keepLast(5).keepsBest()).isTrue();
    assertThat(checkpoints.keepsBest()).isFalse();
    assertThatThrownBy(() -> checkpoints.everyEpochs(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epochs between checkpoints")
        .hasMessageContaining("0");
    assertThatThrownBy(() -> checkpoints.everySteps(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> checkpoints.keepLast(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
    assertThatThrownBy(() -> checkpoints.every(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S");
  }
}
