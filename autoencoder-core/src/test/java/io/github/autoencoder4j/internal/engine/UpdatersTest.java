package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.optimizer.Schedule.Unit;
import io.github.autoencoder4j.output.Output;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.SigmoidSchedule;
import org.nd4j.linalg.schedule.StepSchedule;

/** Our optimisers and schedules are ND4J's, bit for bit. */
class UpdatersTest {

  private static final ISchedule THEIRS = new StepSchedule(ScheduleType.EPOCH, 1e-2, 0.5, 3);
  private static final Schedule OURS = new Schedule.Step(Unit.EPOCH, 1e-2, 0.5, 3);

  static Stream<Arguments> optimizers() {
    return Stream.of(
        pair(Optimizer.adam(2e-3), new Adam(2e-3)),
        pair(
            Optimizer.adam(1e-3).beta1(0.8).beta2(0.99).epsilon(1e-7),
            new Adam(1e-3, 0.8, 0.99, 1e-7)),
        pair(Optimizer.adam(OURS), new Adam(THEIRS)),
        pair(Optimizer.amsGrad(1e-3), new AMSGrad(1e-3)),
        pair(Optimizer.amsGrad(OURS).beta1(0.7), new AMSGrad(THEIRS), u -> u.setBeta1(0.7)),
        pair(Optimizer.nadam(1e-3), new Nadam(1e-3)),
        pair(Optimizer.nadam(OURS), new Nadam(THEIRS)),
        pair(Optimizer.adaMax(1e-3), new AdaMax(1e-3)),
        pair(Optimizer.adaMax(OURS), new AdaMax(THEIRS)),
        pair(Optimizer.adaGrad(1e-2), new AdaGrad(1e-2)),
        pair(Optimizer.adaGrad(1e-2).epsilon(1e-4), new AdaGrad(1e-2, 1e-4)),
        pair(Optimizer.adaGrad(OURS), new AdaGrad(THEIRS)),
        pair(Optimizer.adaDelta(), new AdaDelta()),
        pair(Optimizer.adaDelta().rho(0.9).epsilon(1e-5), new AdaDelta(0.9, 1e-5)),
        pair(Optimizer.rmsProp(1e-3), new RmsProp(1e-3)),
        pair(Optimizer.rmsProp(1e-3).decay(0.9).epsilon(1e-6), new RmsProp(1e-3, 0.9, 1e-6)),
        pair(Optimizer.rmsProp(OURS), new RmsProp(THEIRS)),
        pair(Optimizer.sgd(0.1), new Sgd(0.1)),
        pair(Optimizer.sgd(OURS), new Sgd(THEIRS)),
        pair(Optimizer.nesterov(1e-2), new Nesterovs(1e-2, 0.9)),
        pair(Optimizer.nesterov(OURS).momentum(0.5), new Nesterovs(THEIRS, 0.5)),
        pair(Optimizer.nesterov(1e-2).momentum(OURS), new Nesterovs(1e-2, THEIRS)),
        pair(Optimizer.nesterov(OURS).momentum(OURS), new Nesterovs(THEIRS, THEIRS)));
  }

  private static Arguments pair(Optimizer ours, IUpdater theirs) {
    return Arguments.of(ours, theirs);
  }

  private static <U extends IUpdater> Arguments pair(Optimizer ours, U theirs, Consumer<U> change) {
    change.accept(theirs);
    return Arguments.of(ours, theirs);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void makesTheSameSteps(Optimizer ours, IUpdater theirs) {
    IUpdater made = Updaters.of(ours);
    assertThat(made).isEqualTo(theirs).hasSameClassAs(theirs);
    assertThat(ours.schedule().isPresent()).isEqualTo(theirs.hasLearningRate());
    GradientUpdater<?> one = updater(made);
    GradientUpdater<?> other = updater(theirs);
    for (int step = 0; step < 12; step++) {
      INDArray gradient = Nd4j.createFromArray(0.3f, -2f * step, 1e-4f, 0f);
      INDArray copy = gradient.dup();
      one.applyUpdater(gradient, step, step / 2);
      other.applyUpdater(copy, step, step / 2);
      assertThat(gradient.toFloatVector()).isEqualTo(copy.toFloatVector());
      if (ours.schedule().isPresent()) {
        assertThat(ours.schedule().orElseThrow().at(step, step / 2))
            .isEqualTo(theirs.getLearningRate(step, step / 2));
      }
    }
  }

  private static GradientUpdater<?> updater(IUpdater settings) {
    long length = settings.stateSize(4);
    return settings.instantiate(length == 0 ? null : Nd4j.create(1, (int) length), true);
  }

  static Stream<Arguments> schedules() {
    return Stream.of(
        schedules(u -> new Schedule.Constant(0.3), t -> new FixedSchedule(0.3)),
        schedules(
            u -> new Schedule.Step(u, 0.1, 0.7, 3.5), t -> new StepSchedule(t, 0.1, 0.7, 3.5)),
        schedules(
            u -> new Schedule.Exponential(u, 0.1, 0.93),
            t -> new ExponentialSchedule(t, 0.1, 0.93)),
        schedules(
            u -> new Schedule.Inverse(u, 0.1, 0.3, 1.7),
            t -> new InverseSchedule(t, 0.1, 0.3, 1.7)),
        schedules(
            u -> new Schedule.Polynomial(u, 0.1, 1.3, 41), t -> new PolySchedule(t, 0.1, 1.3, 41)),
        schedules(
            u -> new Schedule.Polynomial(u, 0.1, -2, 7), t -> new PolySchedule(t, 0.1, -2, 7)),
        schedules(
            u -> new Schedule.Sigmoid(u, 0.1, -0.11, 29),
            t -> new SigmoidSchedule(t, 0.1, -0.11, 29)),
        schedules(
            u -> new Schedule.Cycle(u, 0.01, 0.1, 23, 6, 0.3),
            t -> new CycleSchedule(t, 0.01, 0.1, 23, 6, 0.3)),
        schedules(
            u -> new Schedule.Cycle(u, 0.01, 0.1, 3, 9, 0.3),
            t -> new CycleSchedule(t, 0.01, 0.1, 3, 9, 0.3)),
        schedules(
            u -> new Schedule.Cycle(u, 0.01, 0.1, 1, 0, 0.3),
            t -> new CycleSchedule(t, 0.01, 0.1, 1, 0, 0.3)),
        schedules(
            u -> new Schedule.Points(u, Map.of(0, 0.1, 7, 0.3, 20, 0.01)),
            t -> new MapSchedule(t, Map.of(0, 0.1, 7, 0.3, 20, 0.01))));
  }

  private static Arguments schedules(
      Function<Unit, Schedule> ours, Function<ScheduleType, ISchedule> theirs) {
    return Arguments.of(ours, theirs);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void hasTheSameValues(Function<Unit, Schedule> ours, Function<ScheduleType, ISchedule> theirs) {
    for (Unit unit : Unit.values()) {
      ScheduleType type = unit == Unit.STEP ? ScheduleType.ITERATION : ScheduleType.EPOCH;
      Schedule one = ours.apply(unit);
      ISchedule other = theirs.apply(type);
      assertThat(Updaters.of(one)).isEqualTo(other);
      for (int step = 0; step < 100_000; step += 1 + step / 50) {
        for (int epoch : new int[] {0, 1, step / 3, step, 2 * step + 5}) {
          assertThat(one.at(step, epoch)).isEqualTo(other.valueAt(step, epoch));
        }
      }
    }
  }

  @Test
  void aFunctionOfTheUsersOwnIsFollowed() {
    ISchedule schedule =
        Updaters.of(new Schedule.Custom("sum", (step, epoch) -> step + 10.0 * epoch));
    assertThat(schedule.valueAt(3, 4)).isEqualTo(43);
    assertThat(schedule.clone().valueAt(3, 4)).isEqualTo(43);
  }

  /** ND4J's AdaGrad forgets its schedule where it is copied, and goes on without any number. */
  @Test
  void adaGradKeepsItsScheduleInEveryNetwork() {
    Optimizer constant = Optimizer.adaGrad(0.1);
    Optimizer changing =
        Optimizer.adaGrad(new Schedule.Points(Unit.STEP, Map.of(0, 0.1, 1_000, 0.5)));
    assertThat(afterSteps(changing)).isEqualTo(afterSteps(constant));
    assertThat(stockAfterSteps(changing)).isEqualTo(stockAfterSteps(constant));
  }

  private static float[] afterSteps(Optimizer optimizer) {
    try (Engine engine = engine(optimizer)) {
      float[] start = engine.store().parameters();
      for (int i = 0; i < 3; i++) {
        engine.step(samples(), samples(), 2, Double.POSITIVE_INFINITY);
      }
      assertThat(engine.store().parameters()).isNotEqualTo(start).doesNotContain(Float.NaN);
      return engine.store().parameters();
    }
  }

  private static float[] stockAfterSteps(Optimizer optimizer) {
    try (Engine engine = engine(optimizer)) {
      MultiLayerNetwork stock = StockNetwork.copyOf(engine);
      INDArray samples = Nd4j.create(samples(), new long[] {2, 5});
      stock.fit(new DataSet(samples, samples));
      float[] values = stock.params().toFloatVector();
      assertThat(values).isNotEqualTo(engine.store().parameters()).doesNotContain(Float.NaN);
      return values;
    }
  }

  private static float[] samples() {
    return new float[] {0.1f, 0.9f, 0.3f, 0, 1, 0.5f, 0.2f, 0.8f, 1, 0};
  }

  private static Engine engine(Optimizer optimizer) {
    return Engine.create(
        new Spec(
            new DenseArchitecture(ImageShape.vector(5), List.of(), 2, Activation.RELU, 0),
            List.of(),
            Output.sigmoidSquares(),
            Penalty.NONE,
            Optional.empty(),
            optimizer,
            3));
  }
}
