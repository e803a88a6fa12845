package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What sources, listeners and consumers of rows call from within a call waits for nothing. */
class NestedCallsTest {

  /** Enough work for several threads to share. */
  private static final ImageSource DATA = TinyData.source(600, 40);

  private static final Training SHORT = Training.epochs(2).batchSize(100);

  private static final Autoencoder OTHER = trained();

  @TempDir Path folder;

  private static Autoencoder fresh() {
    return Autoencoder.dense().hidden(300).bottleneck(2).seed(3).build();
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = fresh();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  /** A test that hangs in a lock ends all the same. */
  private static void inTime(Executable test) {
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), test);
  }

  private static TrainingListener onEpochEnd(Runnable action) {
    return new TrainingListener() {
      @Override
      public void onEpochEnd(EpochEnd event) {
        action.run();
      }
    };
  }

  private static <T> T onAnotherThread(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    new Thread(task).start();
    try {
      return task.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSourceMayEncodeWithTheAutoencoderThatItTrains() {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          Autoencoder alone = trained();
          float[][] before = alone.encode(DATA.slice(0, 9));
          ConcurrentLinkedQueue<float[][]> seen = new ConcurrentLinkedQueue<>();
          autoencoder.fit(
              Wrapped.before(DATA, () -> seen.add(autoencoder.encode(DATA.slice(0, 9)))), SHORT);
          alone.fit(DATA, SHORT);
          assertThat(autoencoder.parameters()).isEqualTo(alone.parameters());
          // The thread that reads ahead sees the weights from before, however far the run is; the
          // one that trains, which looks at some samples between steps, sees them as they are.
          assertThat(seen.stream().filter(codes -> Arrays.deepEquals(codes, before)).count())
              .isGreaterThanOrEqualTo(2L * DATA.size());
        });
  }

  @Test
  void aSourceOfTheFirstRunIsToldThatThereIsNothingToEncodeWith() {
    inTime(
        () -> {
          Autoencoder autoencoder = fresh();
          assertThatIllegalStateException()
              .isThrownBy(
                  () ->
                      autoencoder.fit(Wrapped.before(DATA, () -> autoencoder.encode(DATA)), SHORT))
              .withMessageContaining("has not been trained before");
          autoencoder.fit(DATA, SHORT);
        });
  }

  static Stream<Consumer<Autoencoder>> changes() {
    return Stream.of(
        a -> a.fit(DATA, SHORT), a -> a.copyWeightsFrom(a), a -> a.copyWeightsFrom(OTHER));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aSourceMayNotTrainTheAutoencoderThatReadsIt(Consumer<Autoencoder> change) {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          ConcurrentLinkedQueue<Throwable> refusals = new ConcurrentLinkedQueue<>();
          ImageSource nosy =
              Wrapped.before(
                  DATA, () -> refusals.add(catchThrowable(() -> change.accept(autoencoder))));
          float[][] codes = autoencoder.encode(nosy);
          assertThat(codes).isDeepEqualTo(trained().encode(DATA));
          assertThat(refusals).hasSize(DATA.size());
          autoencoder.fit(nosy, SHORT);
          assertThat(refusals).hasSizeGreaterThanOrEqualTo(3 * DATA.size());
          assertThat(refusals)
              .allSatisfy(
                  refusal ->
                      assertThat(refusal)
                          .isInstanceOf(IllegalStateException.class)
                          .hasMessageContaining("this same autoencoder"));
        });
  }

  @Test
  void aListenerMayWaitForAThreadThatUsesTheWeights() {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          Autoencoder before = trained();
          Path file = folder.resolve("from-another-thread.aemodel");
          AtomicInteger asked = new AtomicInteger();
          autoencoder.fit(
              DATA,
              SHORT.listener(
                  onEpochEnd(
                      () -> {
                        asked.incrementAndGet();
                        assertThat(onAnotherThread(() -> autoencoder.encode(DATA)))
                            .isDeepEqualTo(before.encode(DATA));
                        assertThat(onAnotherThread(autoencoder::parameters))
                            .isEqualTo(before.parameters());
                        assertThat(onAnotherThread(() -> autoencoder.evaluate(DATA)))
                            .isEqualTo(before.evaluate(DATA));
                        onAnotherThread(
                            () -> {
                              autoencoder.save(file);
                              return file;
                            });
                        assertThat(Autoencoder.load(file).parameters())
                            .isEqualTo(before.parameters());
                        assertThat(Autoencoder.inspect(file).steps()).isEqualTo(12);
                        assertThat(Autoencoder.load(file).trainingRuns()).hasSize(1);
                        // Here the weights are those of now.
                        assertThat(autoencoder.parameters()).isNotEqualTo(before.parameters());
                      })));
          assertThat(asked).hasValue(2);
        });
  }

  @Test
  void aListenerOfTheFirstRunMayWaitForAThreadThatIsToldThatThereAreNoWeights() {
    inTime(
        () -> {
          Autoencoder autoencoder = fresh();
          autoencoder.fit(
              DATA,
              SHORT.listener(
                  onEpochEnd(
                      () -> {
                        assertThat(autoencoder.isTrained()).isTrue();
                        assertThat(onAnotherThread(autoencoder::isTrained)).isFalse();
                        assertThat(catchThrowable(() -> onAnotherThread(autoencoder::parameters)))
                            .hasRootCauseInstanceOf(IllegalStateException.class)
                            .rootCause()
                            .hasMessageContaining("is only now being trained");
                      })));
          assertThat(onAnotherThread(autoencoder::isTrained)).isTrue();
        });
  }

  @Test
  void anInterruptEndsAFitThatWaitsForTheListenerThatWaitsForIt() {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          Autoencoder alone = trained();
          alone.fit(DATA, SHORT);
          autoencoder.fit(
              DATA,
              SHORT.listener(
                  onEpochEnd(
                      () -> {
                        FutureTask<History> fit =
                            new FutureTask<>(() -> autoencoder.fit(DATA, SHORT));
                        Thread waiting = new Thread(fit);
                        waiting.start();
                        while (waiting.getState() != Thread.State.WAITING) {
                          Thread.onSpinWait();
                        }
                        waiting.interrupt();
                        try {
                          History history = fit.get(20, TimeUnit.SECONDS);
                          assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
                          assertThat(history.epochs()).isEmpty();
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      })));
          assertThat(autoencoder.parameters()).isEqualTo(alone.parameters());
        });
  }

  @Test
  void twoWhoseListenersTrainEachOtherAreRefusedWhereTheyWouldWait() {
    inTime(
        () -> {
          Autoencoder one = trained();
          Autoencoder other = trained();
          CyclicBarrier both = new CyclicBarrier(2);
          ConcurrentLinkedQueue<Throwable> refusals = new ConcurrentLinkedQueue<>();
          Callable<History> first = () -> trainEachOther(one, other, both, refusals);
          Callable<History> second = () -> trainEachOther(other, one, both, refusals);
          FutureTask<History> task = new FutureTask<>(first);
          new Thread(task).start();
          second.call();
          task.get();
          assertThat(refusals)
              .hasSize(2)
              .allSatisfy(
                  refusal ->
                      assertThat(refusal)
                          .isInstanceOf(IllegalStateException.class)
                          .hasMessageContaining("waiting could last for ever"));
        });
  }

  private static History trainEachOther(
      Autoencoder mine,
      Autoencoder theirs,
      CyclicBarrier both,
      ConcurrentLinkedQueue<Throwable> refusals) {
    return mine.fit(
        DATA,
        Training.epochs(1)
            .batchSize(300)
            .listener(
                onEpochEnd(
                    () -> {
                      try {
                        both.await();
                        refusals.add(catchThrowable(() -> theirs.fit(DATA, SHORT)));
                        both.await();
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    })));
  }

  @Test
  void aNestedEncodeDoesNotQueueBehindAFitThatWaitsForTheOuterOne() {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          float[][] before = autoencoder.encode(DATA);
          ImageSource two = DATA.slice(3, 5);
          float[][] ofTwo = autoencoder.encode(two);
          Thread[] fitting = new Thread[1];
          float[][] codes =
              autoencoder.encode(
                  Wrapped.before(
                      DATA,
                      () -> {
                        synchronized (fitting) {
                          if (fitting[0] == null) {
                            fitting[0] = new Thread(() -> autoencoder.fit(DATA, SHORT));
                            fitting[0].start();
                            while (fitting[0].getState() != Thread.State.WAITING) {
                              Thread.onSpinWait();
                            }
                          }
                        }
                        assertThat(autoencoder.encode(two)).isDeepEqualTo(ofTwo);
                        assertThat(onAnotherThread(() -> autoencoder.encode(two)))
                            .isDeepEqualTo(ofTwo);
                      }));
          assertThat(codes).isDeepEqualTo(before);
          fitting[0].join();
          assertThat(autoencoder.encode(DATA)).isNotEqualTo(before);
        });
  }

  @Test
  void theStateOfTheOptimiserIsSavedBetweenRunsAndByTheThreadThatTrains() {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          Path file = folder.resolve("state.aemodel");
          Saving state = Saving.whole().optimizerState();
          ImageSource nosy =
              Wrapped.before(
                  DATA,
                  () ->
                      assertThatIllegalStateException()
                          .isThrownBy(() -> autoencoder.save(file, state))
                          .withMessageContaining("the state of the optimiser"));
          FutureTask<Path> waiting =
              new FutureTask<>(
                  () -> {
                    autoencoder.save(folder.resolve("later.aemodel"), state);
                    return file;
                  });
          autoencoder.fit(
              nosy,
              SHORT.listener(
                  new TrainingListener() {
                    @Override
                    public void onBatchEnd(BatchEnd event) {
                      autoencoder.save(file, state);
                      if (event.epoch() == 1 && event.batch() == 1) {
                        new Thread(waiting).start();
                      }
                    }
                  }));
          waiting.get();
          for (String name : List.of("state.aemodel", "later.aemodel")) {
            assertThat(Autoencoder.load(folder.resolve(name)).parameters())
                .isEqualTo(autoencoder.parameters());
          }
        });
  }

  /** A source whose size is another one at each question. */
  private static ImageSource ofSize(IntUnaryOperator size) {
    AtomicInteger asked = new AtomicInteger();
    return new Wrapped(TinyData.source(400, 40)) {
      @Override
      public int size() {
        return size.applyAsInt(asked.getAndIncrement());
      }
    };
  }

  static Stream<IntUnaryOperator> sizes() {
    return Stream.of(
        asked -> Math.max(1, 400 - asked),
        asked -> Math.min(400, 200 + asked),
        asked -> asked < 20 ? 400 : 100,
        asked -> asked < 12 ? 400 : 0,
        asked -> -asked - 1);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void aSourceThatChangesItsSizeIsRefusedByWhoeverReadsIt(IntUnaryOperator sizes) {
    inTime(
        () -> {
          Autoencoder autoencoder = trained();
          Training longer = Training.epochs(20).batchSize(50);
          for (Executable call :
              List.<Executable>of(
                  () -> autoencoder.fit(ofSize(sizes), longer),
                  () -> autoencoder.fit(DATA, longer.validation(ofSize(sizes))))) {
            assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(call::execute)
                .withMessageContaining("source");
          }
          autoencoder.fit(DATA, SHORT);
        });
  }

  @Test
  void aSourceThatChangesItsShapeIsRefused() {
    AtomicInteger asked = new AtomicInteger();
    ImageSource changing =
        new Wrapped(DATA) {
          @Override
          public ImageShape shape() {
            return ImageShape.vector(asked.incrementAndGet() < 5 ? 40 : 39);
          }
        };
    inTime(
        () ->
            assertThatExceptionOfType(UnusableDataException.class)
                .isThrownBy(() -> fresh().fit(changing, SHORT))
                .withMessageContaining("the shape of a source changed from 1x40x1 to 1x39x1"));
  }
}
