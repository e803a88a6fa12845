package io.github.autoencoder4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.autoencoder4j.TinyData;
import io.github.autoencoder4j.data.ImageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

class TrainingTest {

  private static final ImageSource HELD = TinyData.source(3, 4);
  private static final TrainingListener SILENT = new TrainingListener() {};

  @Provide
  Arbitrary<Double> illegalNorms() {
    return Arbitraries.oneOf(
        Arbitraries.doubles().lessOrEqual(0),
        Arbitraries.of(0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY));
  }

  @Property
  void rejectsCountsBelowOne(@ForAll @IntRange(min = Integer.MIN_VALUE, max = 0) int count) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.epochs(count))
        .withMessageContaining("epochs must be at least 1, but was " + count);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.epochs(1).batchSize(count))
        .withMessageContaining("batchSize must be at least 1, but was " + count);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.epochs(1).earlyStopping(count))
        .withMessageContaining("patience")
        .withMessageContaining("at least 1, but was " + count);
  }

  @Property
  void acceptsCountsFromOneOn(@ForAll @Positive int count) {
    Training training = Training.epochs(count).batchSize(count).earlyStopping(count);
    assertThat(training.epochs()).isEqualTo(count);
    assertThat(training.batchSize()).isEqualTo(count);
    assertThat(training.patience()).hasValue(count);
  }

  @Property
  void rejectsNormsThatAreNotAboveZero(@ForAll("illegalNorms") double norm) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.epochs(1).clipGradientNorm(norm))
        .withMessageContaining("above 0, but was " + norm);
  }

  @Property
  void acceptsNormsAboveZero(@ForAll @Positive double norm) {
    assertThat(Training.epochs(1).clipGradientNorm(norm).maxGradientNorm()).isEqualTo(norm);
  }

  @Property
  void rejectsNegativeWarmup(@ForAll @IntRange(min = Integer.MIN_VALUE, max = -1) int steps) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Training.epochs(1).warmup(steps))
        .withMessageContaining("at least 0, but were " + steps);
  }

  @Property
  void acceptsWarmupFromZeroOn(@ForAll @IntRange(max = Integer.MAX_VALUE) int steps) {
    assertThat(Training.epochs(1).warmup(steps).warmupSteps()).isEqualTo(steps);
  }

  @Example
  void rejectsNullsByName() {
    Training training = Training.epochs(1);
    assertThatNullPointerException()
        .isThrownBy(() -> training.validation(null))
        .withMessage("data");
    assertThatNullPointerException()
        .isThrownBy(() -> training.listener(null))
        .withMessage("listener");
    assertThatNullPointerException()
        .isThrownBy(() -> training.cancelWhen(null))
        .withMessage("condition");
  }

  private static List<UnaryOperator<Training>> changes() {
    return List.of(
        t -> t.batchSize(7),
        t -> t.validation(HELD),
        t -> t.earlyStopping(3),
        t -> t.clipGradientNorm(2.5),
        Training::cosineDecay,
        t -> t.warmup(11),
        t -> t.listener(SILENT),
        t -> t.cancelWhen(() -> true));
  }

  private static List<Object> state(Training training) {
    return List.of(
        training.epochs(),
        training.batchSize(),
        training.validation(),
        training.patience(),
        training.maxGradientNorm(),
        training.hasCosineDecay(),
        training.warmupSteps(),
        training.listeners(),
        training.cancelled());
  }

  @Property(tries = 100)
  void changesMayComeInAnyOrder(@ForAll Random shuffle) {
    List<UnaryOperator<Training>> changes = new ArrayList<>(changes());
    Collections.shuffle(changes, shuffle);
    Training training = Training.epochs(4);
    for (UnaryOperator<Training> change : changes) {
      training = change.apply(training);
    }
    assertThat(training.epochs()).isEqualTo(4);
    assertThat(training.batchSize()).isEqualTo(7);
    assertThat(training.validation()).containsSame(HELD);
    assertThat(training.patience()).hasValue(3);
    assertThat(training.maxGradientNorm()).isEqualTo(2.5);
    assertThat(training.hasCosineDecay()).isTrue();
    assertThat(training.warmupSteps()).isEqualTo(11);
    assertThat(training.listeners()).containsExactly(SILENT);
    assertThat(training.cancelled()).isTrue();
  }

  @Example
  void everyChangeIsACopyThatDiffersInOnePoint() {
    Training original = Training.epochs(4);
    List<Object> before = state(original);
    for (UnaryOperator<Training> change : changes()) {
      List<Object> after = state(change.apply(original));
      assertThat(state(original)).isEqualTo(before);
      int differences = 0;
      for (int i = 0; i < before.size(); i++) {
        differences += before.get(i).equals(after.get(i)) ? 0 : 1;
      }
      assertThat(differences).isEqualTo(1);
    }
  }

  @Example
  void startsWithNothingSpecial() {
    Training training = Training.epochs(3);
    assertThat(training.batchSize()).isEqualTo(128);
    assertThat(training.validation()).isEmpty();
    assertThat(training.patience()).isEmpty();
    assertThat(training.maxGradientNorm()).isInfinite();
    assertThat(training.hasCosineDecay()).isFalse();
    assertThat(training.warmupSteps()).isZero();
    assertThat(training.listeners()).isEmpty();
    assertThat(training.cancelled()).isFalse();
  }

  @Example
  void historyIsCopiedAndImmutable() {
    EpochEnd first = epoch(1, 0.5, OptionalDouble.of(0.6));
    List<EpochEnd> epochs = new ArrayList<>(List.of(first));
    History history = new History(epochs, 1, false, StopReason.COMPLETED, List.of());
    epochs.clear();
    assertThat(history.epochs()).containsExactly(first);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> history.epochs().clear());
    history.trainingLosses()[0] = 9;
    assertThat(history.trainingLosses()).containsExactly(0.5);
    assertThat(history.validationLosses()).containsExactly(0.6);
  }

  @Example
  void epochsAreComparedByValidationLossIfThereIsOne() {
    assertThat(epoch(1, 0.5, OptionalDouble.of(0.6)).monitoredLoss()).isEqualTo(0.6);
    assertThat(epoch(1, 0.5, OptionalDouble.empty()).monitoredLoss()).isEqualTo(0.5);
    assertThat(
            new History(
                    List.of(epoch(1, 0.5, OptionalDouble.empty())),
                    1,
                    false,
                    StopReason.COMPLETED,
                    List.of())
                .validationLosses())
        .isEmpty();
  }

  private static EpochEnd epoch(int epoch, double training, OptionalDouble validation) {
    return new EpochEnd(
        epoch, 3, training, validation, 0, 1e-3, Duration.ofMillis(5), Map.of(), Map.of());
  }
}
