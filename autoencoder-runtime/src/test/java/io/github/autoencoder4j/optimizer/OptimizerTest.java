package io.github.autoencoder4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.autoencoder4j.optimizer.Schedule.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be used are refused where they are made. */
class OptimizerTest {

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesSharesOutsideOfZeroToOne(double share) {
    Map<String, ThrowingCallable> calls =
        Map.of(
            "beta1 of Adam", () -> Optimizer.adam(1e-3).beta1(share),
            "beta2 of AMSGrad", () -> Optimizer.amsGrad(1e-3).beta2(share),
            "beta2 of Nadam", () -> Optimizer.nadam(1e-3).beta2(share),
            "beta1 of AdaMax", () -> Optimizer.adaMax(1e-3).beta1(share),
            "decay of RmsProp", () -> Optimizer.rmsProp(1e-3).decay(share),
            "rho of AdaDelta", () -> Optimizer.adaDelta().rho(share),
            "momentum of Nesterov", () -> Optimizer.nesterov(1e-3).momentum(share));
    calls.forEach(
        (what, call) ->
            assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageContaining(what)
                .withMessageContaining("0 to 1")
                .withMessageContaining("but was " + share));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesEpsilonsThatAreNegativeOrNotFinite(double epsilon) {
    List<ThrowingCallable> calls =
        List.of(
            () -> Optimizer.adam(1e-3).epsilon(epsilon),
            () -> Optimizer.rmsProp(1e-3).epsilon(epsilon),
            () -> Optimizer.adaGrad(1e-3).epsilon(epsilon),
            () -> Optimizer.adaDelta().epsilon(epsilon));
    for (ThrowingCallable call : calls) {
      assertThatIllegalArgumentException()
          .isThrownBy(call)
          .withMessageStartingWith("epsilon of ")
          .withMessageContaining("but was " + epsilon);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesSchedulesOfNumbersThatAreNotFinite(double number) {
    Map<String, ThrowingCallable> calls =
        Map.of(
            "step", () -> new Schedule.Step(Unit.STEP, 0.1, 0.5, number),
            "exponential", () -> new Schedule.Exponential(Unit.STEP, number, 0.5),
            "inverse", () -> new Schedule.Inverse(Unit.EPOCH, 0.1, number, 1),
            "polynomial", () -> new Schedule.Polynomial(Unit.EPOCH, 0.1, number, 3),
            "sigmoid", () -> new Schedule.Sigmoid(Unit.EPOCH, 0.1, number, 3),
            "cycle", () -> new Schedule.Cycle(Unit.EPOCH, 0.1, number, 3, 1, 0.1),
            "map", () -> new Schedule.Points(Unit.EPOCH, Map.of(0, 0.1, 4, number)));
    calls.forEach(
        (name, call) ->
            assertThatIllegalArgumentException()
                .isThrownBy(call)
                .withMessageContaining(name + " schedule")
                .withMessageContaining("one was " + number));
  }

  @Test
  void refusesCyclesWithoutLength() {
    for (int[] lengths : new int[][] {{0, 0}, {-3, 0}, {4, -1}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Schedule.Cycle(Unit.STEP, 0.1, 0.2, lengths[0], lengths[1], 0.5))
          .withMessageContaining("were " + lengths[0] + " and " + lengths[1]);
    }
  }

  @Test
  void refusesMapsThatDoNotBeginAtZero() {
    for (Map<Integer, Double> values :
        List.of(Map.<Integer, Double>of(), Map.of(1, 0.1), Map.of(-1, 0.1, 0, 0.2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Schedule.Points(Unit.STEP, values))
          .withMessageContaining("begin at 0");
    }
  }

  @Test
  void doesNotChangeWithTheMapItWasMadeOf() {
    Map<Integer, Double> values = new HashMap<>(Map.of(0, 0.1));
    Schedule schedule = new Schedule.Points(Unit.STEP, values);
    values.put(0, 0.7);
    assertThat(schedule.at(3, 0)).isEqualTo(0.1);
  }

  @Test
  void refusesARunWhoseRatesWillBecomeNegative() {
    Optimizer falling =
        Optimizer.nadam(new Schedule.Custom("falling", (step, epoch) -> 0.1 - 0.04 * epoch));
    falling.requireUsable(2, 5, 0, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> falling.requireUsable(4, 5, 0, 0))
        .withMessageContaining("learning rate of Nadam is -0.0")
        .withMessageContaining("in step 16, epoch 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> falling.requireUsable(2, 5, 10, 2))
        .withMessageContaining("in step 6, epoch 2");
    Optimizer.adaDelta().requireUsable(4, 5, 0, 0);
  }
}
