package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.Dl4j;
import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingRunTest {

  /** A rate that is zero in 32 bits: nothing moves. */
  private static final double TOO_SMALL = 1e-300;

  private static final int LENGTH = 12;
  private static final ImageSource DATA = TinyData.source(40, LENGTH);

  private static DenseBuilder tiny() {
    return Autoencoder.dense().hidden(10).bottleneck(2).optimizer(Optimizer.adam(1e-2)).seed(3);
  }

  /** Hears everything and writes it down. */
  private static class Diary implements TrainingListener {
    final List<String> events = new ArrayList<>();
    final List<BatchEnd> batches = new ArrayList<>();
    final List<EpochEnd> epochs = new ArrayList<>();
    final List<TrainingWarning> warnings = new ArrayList<>();
    final List<History> ends = new ArrayList<>();

    @Override
    public void onBatchEnd(BatchEnd event) {
      batches.add(event);
      events.add("batch " + event.epoch() + "." + event.batch() + "/" + event.batches());
    }

    @Override
    public void onEpochEnd(EpochEnd event) {
      epochs.add(event);
      events.add("epoch " + event.epoch() + "/" + event.epochs());
    }

    @Override
    public void onWarning(TrainingWarning warning) {
      warnings.add(warning);
      events.add("warning");
    }

    @Override
    public void onEnd(History history) {
      ends.add(history);
      events.add("end");
    }
  }

  @AfterEach
  void leavesNoThreadBehind() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("autoencoder-batches");
    // A test that interrupts cleans up after itself.
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void lowersTheLoss(Loss loss) {
    Autoencoder autoencoder = tiny().loss(loss).build();
    History history = autoencoder.fit(DATA, Training.epochs(60).batchSize(8));
    double[] losses = history.trainingLosses();
    double floor =
        loss == Loss.BINARY_CROSS_ENTROPY
            ? autoencoder.evaluate(DATA).binaryCrossEntropy().floorPerPixel()
            : 0;
    assertThat(losses).hasSize(60);
    assertThat(losses[59] - floor).isLessThan((losses[0] - floor) / 4);
    assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(history.warnings()).isEmpty();
    assertThat(history.restoredBest()).isFalse();
  }

  @Test
  void tellsListenersInOrder() {
    Diary first = new Diary();
    Diary second =
        new Diary() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            super.onBatchEnd(event);
            assertThat(first.batches).hasSameSizeAs(batches);
          }
        };
    ImageSource ten = DATA.slice(0, 10);
    History history =
        tiny().build().fit(ten, Training.epochs(2).batchSize(4).listener(first).listener(second));
    assertThat(first.batches).extracting(BatchEnd::samples).containsExactly(4, 4, 2, 4, 4, 2);
    assertThat(first.events)
        .containsExactly(
            "batch 1.1/3",
            "batch 1.2/3",
            "batch 1.3/3",
            "epoch 1/2", //
            "batch 2.1/3",
            "batch 2.2/3",
            "batch 2.3/3",
            "epoch 2/2",
            "end");
    assertThat(second.events).isEqualTo(first.events);
    assertThat(first.ends).containsExactly(history);
    assertThat(history.epochs()).isEqualTo(first.epochs);
    assertThat(history.epochs()).allSatisfy(e -> assertThat(e.duration()).isPositive());
  }

  @Test
  void theLossOfAnEpochWeighsTheLastShortBatchByItsSize() {
    Diary diary = new Diary();
    Autoencoder still = tiny().optimizer(Optimizer.sgd(TOO_SMALL)).build();
    still.fit(DATA.slice(0, 10), Training.epochs(1).batchSize(4).listener(diary));
    double byHand =
        (4 * diary.batches.get(0).loss()
                + 4 * diary.batches.get(1).loss()
                + 2 * diary.batches.get(2).loss())
            / 10;
    assertThat(diary.epochs.get(0).trainingLoss()).isCloseTo(byHand, offset(1e-12));
    // Nothing moved, so it is the loss of the whole data too.
    assertThat(byHand)
        .isCloseTo(still.evaluate(DATA.slice(0, 10)).reconstructionLoss(), offset(1e-6));
  }

  @Test
  void readsEverySampleOnceAnEpochInAnotherOrderEachTime() {
    List<Integer> reads = new ArrayList<>();
    ImageSource spied =
        new ImageSource() {
          @Override
          public int size() {
            return DATA.size();
          }

          @Override
          public ImageShape shape() {
            return DATA.shape();
          }

          @Override
          public void read(int index, float[] destination, int offset) {
            if (Thread.currentThread().getName().equals("autoencoder-batches")) {
              synchronized (reads) {
                reads.add(index);
              }
            }
            DATA.read(index, destination, offset);
          }
        };
    Autoencoder autoencoder = tiny().build();
    autoencoder.fit(spied, Training.epochs(2).batchSize(7));
    autoencoder.fit(spied, Training.epochs(1).batchSize(7));
    List<List<Integer>> epochs =
        IntStream.range(0, 3)
            .mapToObj(i -> List.copyOf(reads.subList(40 * i, 40 * i + 40)))
            .toList();
    assertThat(reads).hasSize(120);
    assertThat(epochs).doesNotHaveDuplicates();
    for (List<Integer> epoch : epochs) {
      assertThat(epoch)
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40).boxed().toList());
    }
  }

  @Test
  void drawsFreshNoiseInEveryEpochButNotForValidation() {
    Diary diary = new Diary();
    tiny()
        .optimizer(Optimizer.sgd(TOO_SMALL))
        .corruption(Corruption.gaussian(0.4))
        .build()
        .fit(DATA, Training.epochs(3).batchSize(40).validation(DATA).listener(diary));
    assertThat(diary.epochs).extracting(EpochEnd::trainingLoss).doesNotHaveDuplicates();
    assertThat(diary.epochs)
        .extracting(e -> e.validationLoss().getAsDouble())
        .containsOnly(diary.epochs.get(0).validationLoss().getAsDouble());
  }

  @Test
  void judgesValidationDataByTheCleanTarget() {
    Autoencoder still =
        tiny().optimizer(Optimizer.sgd(TOO_SMALL)).corruption(Corruption.masking(1)).build();
    History history = still.fit(DATA, Training.epochs(1).batchSize(40).validation(DATA));
    // With everything masked the network sees zeros, whose answer is compared with the samples.
    ImageSource zeros = ImageSource.of(ImageShape.vector(LENGTH), new float[40][LENGTH]);
    assertThat(history.validationLosses()[0])
        .isCloseTo(still.evaluate(zeros, DATA).reconstructionLoss(), offset(1e-6));
    assertThat(history.trainingLosses()[0])
        .isCloseTo(still.evaluate(zeros, DATA).reconstructionLoss(), offset(1e-6));
  }

  @Test
  void stopsEarlyAndPutsTheBestWeightsBack() {
    // Noise can only be learnt by heart, which helps nobody with other noise.
    ImageSource train = TinyData.noise(20, LENGTH, 1);
    ImageSource held = TinyData.noise(20, LENGTH, 2);
    DenseBuilder builder = tiny().hidden(64).bottleneck(12).optimizer(Optimizer.adam(3e-3));
    Training settings = Training.epochs(200).batchSize(5).validation(held);
    Autoencoder stopped = builder.build();
    History history = stopped.fit(train, settings.earlyStopping(4));

    assertThat(history.stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(history.restoredBest()).isTrue();
    assertThat(history.bestEpoch()).isGreaterThan(1);
    assertThat(history.epochs()).hasSize(history.bestEpoch() + 4);
    double[] losses = history.validationLosses();
    double best = losses[history.bestEpoch() - 1];
    for (int i = 0; i < losses.length; i++) {
      assertThat(losses[i]).isGreaterThanOrEqualTo(best);
    }
    Autoencoder best2 = builder.build();
    best2.fit(train, Training.epochs(history.bestEpoch()).batchSize(5));
    assertThat(stopped.parameters()).isEqualTo(best2.parameters());
    assertThat(stopped.evaluate(held).reconstructionLoss()).isCloseTo(best, within(1e-6));
  }

  @Test
  void putsTheBestWeightsBackEvenIfNoPatienceRanOut() {
    ImageSource train = TinyData.noise(20, LENGTH, 1);
    ImageSource held = TinyData.noise(20, LENGTH, 2);
    Autoencoder autoencoder =
        tiny().hidden(64).bottleneck(12).optimizer(Optimizer.adam(1e-2)).build();
    History history =
        autoencoder.fit(
            train, Training.epochs(60).batchSize(5).validation(held).earlyStopping(1_000));
    assertThat(history.stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(history.bestEpoch()).isLessThan(60);
    assertThat(autoencoder.evaluate(held).reconstructionLoss())
        .isCloseTo(history.validationLosses()[history.bestEpoch() - 1], within(1e-6));
  }

  @Test
  void keepsTheLastWeightsWithoutEarlyStopping() {
    ImageSource held = TinyData.noise(20, LENGTH, 2);
    Autoencoder watched = tiny().build();
    Autoencoder alone = tiny().build();
    History history = watched.fit(DATA, Training.epochs(4).batchSize(8).validation(held));
    alone.fit(DATA, Training.epochs(4).batchSize(8));
    assertThat(watched.parameters()).isEqualTo(alone.parameters());
    assertThat(history.validationLosses()).hasSize(4);
    assertThat(history.restoredBest()).isFalse();
  }

  /** The rate of each step, seen in how far a step of bounded length goes. */
  private static double[] observedRates(DenseBuilder builder, Training settings, double bound) {
    Autoencoder autoencoder = builder.build();
    List<float[]> parameters = new ArrayList<>();
    // A run that moves nothing shows where the run starts.
    Autoencoder start = builder.optimizer(Optimizer.sgd(TOO_SMALL)).build();
    start.fit(DATA, Training.epochs(1).batchSize(40));
    parameters.add(start.parameters());
    autoencoder.fit(
        DATA,
        settings
            .clipGradientNorm(bound)
            .listener(
                new TrainingListener() {
                  @Override
                  public void onBatchEnd(BatchEnd event) {
                    parameters.add(autoencoder.parameters());
                  }
                }));
    double[] rates = new double[parameters.size() - 1];
    for (int i = 0; i < rates.length; i++) {
      float[] before = parameters.get(i);
      float[] after = parameters.get(i + 1);
      double sum = 0;
      for (int j = 0; j < before.length; j++) {
        sum += ((double) after[j] - before[j]) * ((double) after[j] - before[j]);
      }
      rates[i] = Math.sqrt(sum) / bound;
    }
    return rates;
  }

  private static void assertRates(double[] actual, double[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("step %d", i).isCloseTo(expected[i], offset(1e-3));
    }
  }

  @Test
  void cosineDecayFollowsHalfACosineToTheLastStep() {
    int steps = 3 * 5;
    double[] expected = new double[steps];
    for (int t = 0; t < steps; t++) {
      expected[t] = 2 * (1 + Math.cos(Math.PI * t / steps)) / 2;
    }
    Training settings = Training.epochs(3).batchSize(8).cosineDecay();
    assertRates(observedRates(tiny().optimizer(Optimizer.sgd(2)), settings, 0.01), expected);

    History history = tiny().optimizer(Optimizer.sgd(2)).build().fit(DATA, settings);
    assertThat(history.epochs())
        .extracting(EpochEnd::learningRate)
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
        .containsExactly(expected[4], expected[9], expected[14]);
  }

  @Test
  void warmupRisesInAStraightLineAndThenStays() {
    double[] expected = {0.5, 1, 1.5, 2, 2, 2, 2, 2, 2, 2};
    Training settings = Training.epochs(2).batchSize(8).warmup(4);
    assertRates(observedRates(tiny().optimizer(Optimizer.sgd(2)), settings, 0.01), expected);
    History history = tiny().optimizer(Optimizer.sgd(2)).build().fit(DATA, settings.warmup(20));
    assertThat(history.epochs())
        .extracting(EpochEnd::learningRate)
        .containsExactly(2 * 5 / 20.0, 2 * 10 / 20.0);
  }

  @Test
  void warmupAndDecayAreMultiplied() {
    double[] expected = new double[10];
    for (int t = 0; t < 10; t++) {
      expected[t] = Math.min(1, (t + 1) / 4.0) * (1 + Math.cos(Math.PI * t / 10)) / 2;
    }
    assertRates(
        observedRates(
            tiny().optimizer(Optimizer.sgd(1)),
            Training.epochs(2).batchSize(8).warmup(4).cosineDecay(),
            0.01),
        expected);
  }

  @Test
  void theNextRunHasTheOptimizersOwnRateAgain() {
    Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(0.5)).build();
    autoencoder.fit(DATA, Training.epochs(2).batchSize(8).cosineDecay());
    History plain = autoencoder.fit(DATA, Training.epochs(1).batchSize(8));
    assertThat(plain.epochs().get(0).learningRate()).isEqualTo(0.5);
    History again = autoencoder.fit(DATA, Training.epochs(1).batchSize(8).warmup(10));
    assertThat(again.epochs().get(0).learningRate()).isEqualTo(0.25);
  }

  @Test
  void aShapedRateDoesNotForgetTheMemoryOfTheOptimizer() {
    // A warm-up of one step shapes nothing, so both runs must be the same.
    Autoencoder shaped = tiny().build();
    Autoencoder plain = tiny().build();
    for (int run = 0; run < 3; run++) {
      shaped.fit(DATA, Training.epochs(1).batchSize(8).warmup(1));
      plain.fit(DATA, Training.epochs(1).batchSize(8));
    }
    assertThat(shaped.parameters()).isEqualTo(plain.parameters());
  }

  @Test
  void followsASchedule() {
    Schedule schedule = new Schedule.Points(Schedule.Unit.EPOCH, Map.of(0, 0.5, 1, 0.25));
    History history =
        tiny()
            .optimizer(Optimizer.sgd(schedule))
            .build()
            .fit(DATA, Training.epochs(3).batchSize(8));
    assertThat(history.epochs())
        .extracting(EpochEnd::learningRate)
        .containsExactly(0.5, 0.25, 0.25);
  }

  @Test
  void anOptimizerWithoutARateReportsNone() {
    History history =
        tiny().optimizer(Optimizer.adaDelta()).build().fit(DATA, Training.epochs(1).batchSize(8));
    assertThat(history.epochs().get(0).learningRate()).isNaN();
  }

  @Test
  void boundsTheGradient() {
    for (double rate :
        observedRates(tiny().optimizer(Optimizer.sgd(1)), Training.epochs(2).batchSize(8), 1e-2)) {
      assertThat(rate).isLessThanOrEqualTo(1.001);
    }
    Autoencoder bounded = tiny().build();
    Autoencoder free = tiny().build();
    bounded.fit(DATA, Training.epochs(2).batchSize(8).clipGradientNorm(1e9));
    free.fit(DATA, Training.epochs(2).batchSize(8));
    assertThat(bounded.parameters()).isEqualTo(free.parameters());
  }

  @Test
  void listenersMayUseTheAutoencoderWhileItTrains() {
    Autoencoder autoencoder = tiny().build();
    List<Double> losses = new ArrayList<>();
    History history =
        autoencoder.fit(
            DATA,
            Training.epochs(2)
                .batchSize(8)
                .validation(DATA)
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onEpochEnd(EpochEnd event) {
                        losses.add(autoencoder.evaluate(DATA).reconstructionLoss());
                      }
                    }));
    assertThat(losses.get(0)).isCloseTo(history.validationLosses()[0], offset(1e-6));
    assertThat(losses.get(1)).isCloseTo(history.validationLosses()[1], offset(1e-6));
  }

  @Test
  void whatAListenerThrowsEndsTheRun() {
    Autoencoder autoencoder = tiny().build();
    IllegalStateException thrown = new IllegalStateException("enough");
    assertThatThrownBy(
            () ->
                autoencoder.fit(
                    DATA,
                    Training.epochs(2)
                        .batchSize(8)
                        .cosineDecay()
                        .listener(
                            new TrainingListener() {
                              @Override
                              public void onBatchEnd(BatchEnd event) {
                                throw thrown;
                              }
                            })))
        .isSameAs(thrown);
    assertThat(autoencoder.isTrained()).isTrue();
    assertThat(autoencoder.fit(DATA, Training.epochs(1).batchSize(8)).epochs()).hasSize(1);
  }

  @Test
  void stopsWhenTheConditionSaysSo() {
    AtomicInteger asked = new AtomicInteger();
    Diary diary = new Diary();
    Autoencoder autoencoder = tiny().build();
    History history =
        autoencoder.fit(
            DATA,
            Training.epochs(9)
                .batchSize(8)
                .cancelWhen(() -> asked.getAndIncrement() == 7)
                .listener(diary));
    assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(diary.batches).hasSize(7);
    assertThat(history.epochs()).hasSize(1);
    assertThat(diary.ends).containsExactly(history);
    assertThat(autoencoder.encode(DATA)).hasDimensions(40, 2);
  }

  @Test
  void stopsBeforeTheFirstBatchIfAskedTo() {
    Autoencoder autoencoder = tiny().build();
    History history = autoencoder.fit(DATA, Training.epochs(9).batchSize(8).cancelWhen(() -> true));
    assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(history.epochs()).isEmpty();
    assertThat(history.bestEpoch()).isZero();
    assertThat(autoencoder.isTrained()).isFalse();
  }

  @Test
  void stopsWhenInterruptedAndKeepsTheFlag() {
    Autoencoder autoencoder = tiny().build();
    Diary diary =
        new Diary() {
          @Override
          public void onBatchEnd(BatchEnd event) {
            super.onBatchEnd(event);
            if (batches.size() == 6) {
              Thread.currentThread().interrupt();
            }
          }
        };
    History history;
    boolean interrupted;
    try {
      history = autoencoder.fit(DATA, Training.epochs(9).batchSize(8).listener(diary));
    } finally {
      interrupted = Thread.interrupted();
    }
    assertThat(interrupted).isTrue();
    assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(diary.batches).hasSize(6);
    assertThat(history.epochs()).hasSize(1);
  }

  @Test
  void aCancelledRunWithEarlyStoppingHasTheBestWeightsSoFar() {
    AtomicInteger asked = new AtomicInteger();
    Autoencoder cancelled = tiny().build();
    History history =
        cancelled.fit(
            DATA,
            Training.epochs(9)
                .batchSize(8)
                .validation(DATA)
                .earlyStopping(5)
                .cancelWhen(() -> asked.getAndIncrement() == 12));
    assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(history.restoredBest()).isTrue();
    Autoencoder best = tiny().build();
    best.fit(DATA, Training.epochs(history.bestEpoch()).batchSize(8));
    assertThat(cancelled.parameters()).isEqualTo(best.parameters());
  }

  @Test
  void warnsOfANetworkThatCollapsed() {
    Diary diary = new Diary();
    Autoencoder squashed = tiny().optimizer(Optimizer.adam(0.05)).l2(100).build();
    History history = squashed.fit(DATA, Training.epochs(2).batchSize(2).listener(diary));
    assertThat(history.warnings()).hasSize(1);
    assertThat(history.warnings()).isEqualTo(diary.warnings);
    TrainingWarning warning = history.warnings().get(0);
    assertThat(warning.kind()).isEqualTo(TrainingWarning.Kind.COLLAPSE);
    assertThat(warning.message()).contains("mean image").contains("penalty");
    // It comes once, after the last epoch of so short a run, before listeners hear of its end.
    assertThat(diary.events.indexOf("warning")).isEqualTo(diary.events.size() - 2);
  }

  @Test
  void warnsAtTheEndOfTheEpochWithTheHundredthStepAndConfirmsItAtTheEnd() {
    Diary diary = new Diary();
    History history =
        tiny()
            .optimizer(Optimizer.adam(0.05))
            .l2(100)
            .build()
            .fit(DATA, Training.epochs(20).batchSize(2).listener(diary));
    assertThat(diary.warnings).hasSize(2);
    assertThat(diary.warnings.get(0).message()).contains("after epoch 5 ");
    assertThat(history.warnings()).containsExactly(diary.warnings.get(1));
    assertThat(history.warnings().get(0).message()).contains("after epoch 20 ");
  }

  @Test
  void warnsBeforeTheHundredthStepIfTheRunStopsEarly() {
    // The more it learns of the mean of its data, the farther it is from the opposite.
    float[] opposite = new float[LENGTH];
    for (float[] row : DATA.toArrays()) {
      for (int i = 0; i < LENGTH; i++) {
        opposite[i] += (1 - row[i]) / DATA.size();
      }
    }
    for (int i = 0; i < LENGTH; i++) {
      opposite[i] = Math.round(opposite[i]);
    }
    History history =
        tiny()
            .optimizer(Optimizer.sgd(0.005))
            .l2(100)
            .build()
            .fit(
                DATA,
                Training.epochs(20)
                    .batchSize(2)
                    .validation(ImageSource.of(ImageShape.vector(LENGTH), new float[][] {opposite}))
                    .earlyStopping(1));
    assertThat(history.stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(history.epochs()).hasSize(2);
    assertThat(history.warnings()).hasSize(1);
    assertThat(history.warnings().get(0).message()).contains("after epoch 1 ");
  }

  @Test
  void warnsOfDeadRectifiers() {
    Autoencoder autoencoder =
        tiny().activation(Activation.RELU).loss(Loss.MEAN_SQUARED_ERROR).build();
    Training training = Training.epochs(1).batchSize(8);
    assertThat(autoencoder.fit(DATA, training).warnings()).isEmpty();
    Dl4j.networkOf(autoencoder).getLayer(0).getParam("b").assign(-100);
    History history = autoencoder.fit(DATA, training);
    assertThat(history.warnings())
        .extracting(TrainingWarning::kind)
        .containsExactly(TrainingWarning.Kind.COLLAPSE);
  }

  @Test
  void doesNotWarnOfDataThatAreAllTheSame() {
    float[][] same = new float[20][LENGTH];
    History history =
        tiny()
            .build()
            .fit(ImageSource.of(ImageShape.vector(LENGTH), same), Training.epochs(1).batchSize(5));
    assertThat(history.warnings()).isEmpty();
  }

  @Test
  void reportsThePenaltyBesideTheLoss() {
    double l2 = 0.01;
    Autoencoder still = tiny().optimizer(Optimizer.sgd(TOO_SMALL)).l2(l2).build();
    Autoencoder free = tiny().optimizer(Optimizer.sgd(TOO_SMALL)).build();
    EpochEnd with = still.fit(DATA, Training.epochs(1).batchSize(40)).epochs().get(0);
    EpochEnd without = free.fit(DATA, Training.epochs(1).batchSize(40)).epochs().get(0);
    assertThat(with.trainingLoss()).isEqualTo(without.trainingLoss());
    assertThat(without.penalty()).isZero();
    double expected = l2 * sumOfSquaredWeights(still.parameters());
    assertThat(with.penalty()).isCloseTo(expected, within(1e-6 * expected));
    assertThat(still.evaluate(DATA).penalty()).isCloseTo(expected, within(1e-6 * expected));
    assertThat(still.evaluate(DATA).reconstructionLoss())
        .isEqualTo(free.evaluate(DATA).reconstructionLoss());
  }

  /** Layer by layer: weights, then biases. */
  private static boolean[] weights() {
    int[][] layers = {{LENGTH, 10}, {10, 2}, {2, 10}, {10, LENGTH}};
    List<Boolean> marks = new ArrayList<>();
    for (int[] layer : layers) {
      for (int i = 0; i < layer[0] * layer[1]; i++) {
        marks.add(true);
      }
      for (int i = 0; i < layer[1]; i++) {
        marks.add(false);
      }
    }
    boolean[] weights = new boolean[marks.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = marks.get(i);
    }
    return weights;
  }

  private static double sumOfSquaredWeights(float[] parameters) {
    boolean[] weights = weights();
    assertThat(parameters).hasSize(weights.length);
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] ? (double) parameters[i] * parameters[i] : 0;
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void l2AddsTwiceLambdaTimesTheWeightToTheGradientOfTheMeanLoss(Loss loss) {
    double l2 = 0.05;
    Training one = Training.epochs(1).batchSize(40);
    Autoencoder start = tiny().loss(loss).optimizer(Optimizer.sgd(TOO_SMALL)).build();
    Autoencoder with = tiny().loss(loss).optimizer(Optimizer.sgd(1)).l2(l2).build();
    Autoencoder without = tiny().loss(loss).optimizer(Optimizer.sgd(1)).build();
    start.fit(DATA, one);
    with.fit(DATA, one);
    without.fit(DATA, one);
    boolean[] weights = weights();
    for (int i = 0; i < weights.length; i++) {
      double expected = weights[i] ? -2 * l2 * start.parameters()[i] : 0;
      assertThat((double) with.parameters()[i] - without.parameters()[i])
          .isCloseTo(expected, offset(1e-6));
    }
  }
}
