package io.github.autoencoder4j.internal.engine;

import io.github.autoencoder4j.optimizer.AdaDelta;
import io.github.autoencoder4j.optimizer.AdaGrad;
import io.github.autoencoder4j.optimizer.Adam;
import io.github.autoencoder4j.optimizer.Nesterov;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.RmsProp;
import io.github.autoencoder4j.optimizer.Schedule;
import java.util.HashMap;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
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

/** Optimisers and schedules as ND4J's own, which stock networks keep when they leave. */
final class Updaters {

  private Updaters() {}

  /** A new one, which networks may change. */
  static IUpdater of(Optimizer optimizer) {
    IUpdater updater = withoutRate(optimizer);
    optimizer
        .schedule()
        .ifPresent(rate -> updater.setLrAndSchedule(constant(rate), changing(rate)));
    return updater;
  }

  private static IUpdater withoutRate(Optimizer optimizer) {
    if (optimizer instanceof Adam adam) {
      return adam(adam, adam.beta1(), adam.beta2(), adam.epsilon());
    } else if (optimizer instanceof RmsProp prop) {
      return new org.nd4j.linalg.learning.config.RmsProp(0, prop.decay(), prop.epsilon());
    } else if (optimizer instanceof AdaGrad grad) {
      return new org.nd4j.linalg.learning.config.AdaGrad(0, grad.epsilon());
    } else if (optimizer instanceof AdaDelta delta) {
      return new org.nd4j.linalg.learning.config.AdaDelta(delta.rho(), delta.epsilon());
    } else if (optimizer instanceof Nesterov nesterov) {
      Schedule momentum = nesterov.momentum();
      return Nesterovs.builder()
          .momentum(constant(momentum))
          .momentumISchedule(changing(momentum))
          .build();
    }
    // Also for none: ND4J's own "NoOp" would subtract the bare gradient.
    return new org.nd4j.linalg.learning.config.Sgd(0);
  }

  private static IUpdater adam(Adam adam, double beta1, double beta2, double epsilon) {
    return switch (adam.variant()) {
      case ADAM -> new org.nd4j.linalg.learning.config.Adam(0, beta1, beta2, epsilon);
      case AMS_GRAD -> new AMSGrad(0, beta1, beta2, epsilon);
      case NADAM -> new Nadam(0, beta1, beta2, epsilon);
      case ADA_MAX -> new AdaMax(0, beta1, beta2, epsilon);
    };
  }

  /** What ND4J keeps beside a schedule is no number. */
  private static double constant(Schedule schedule) {
    return schedule instanceof Schedule.Constant constant ? constant.value() : Double.NaN;
  }

  private static @Nullable ISchedule changing(Schedule schedule) {
    return schedule instanceof Schedule.Constant ? null : of(schedule);
  }

  static ISchedule of(Schedule schedule) {
    if (schedule instanceof Schedule.Constant s) {
      return new FixedSchedule(s.value());
    } else if (schedule instanceof Schedule.Step s) {
      return new StepSchedule(type(s.unit()), s.initial(), s.decayRate(), s.step());
    } else if (schedule instanceof Schedule.Exponential s) {
      return new ExponentialSchedule(type(s.unit()), s.initial(), s.gamma());
    } else if (schedule instanceof Schedule.Inverse s) {
      return new InverseSchedule(type(s.unit()), s.initial(), s.gamma(), s.power());
    } else if (schedule instanceof Schedule.Polynomial s) {
      return new PolySchedule(type(s.unit()), s.initial(), s.power(), s.steps());
    } else if (schedule instanceof Schedule.Sigmoid s) {
      return new SigmoidSchedule(type(s.unit()), s.initial(), s.gamma(), s.steps());
    } else if (schedule instanceof Schedule.Cycle s) {
      return new CycleSchedule(
          type(s.unit()), s.initial(), s.greatest(), s.length(), s.annealing(), s.annealingDecay());
    } else if (schedule instanceof Schedule.Points s) {
      return new MapSchedule(type(s.unit()), new HashMap<>(s.values()));
    }
    return new Custom(schedule);
  }

  private static ScheduleType type(Schedule.Unit unit) {
    return unit == Schedule.Unit.STEP ? ScheduleType.ITERATION : ScheduleType.EPOCH;
  }

  /**
   * Gives a network the schedule of its optimiser, of which it has copies. Those of AdaGrad forget
   * theirs in ND4J 1.0.0-M2.1.
   */
  static void schedule(MultiLayerNetwork network, Optimizer optimizer) {
    if (optimizer instanceof AdaGrad grad && changing(grad.learningRate()) != null) {
      network.setLearningRate(of(grad.learningRate()));
    }
  }

  /** What ND4J has nothing like. */
  @SuppressWarnings("serial") // ND4J's interface is serializable, and nobody serializes it.
  private record Custom(Schedule schedule) implements ISchedule {

    @Override
    public double valueAt(int iteration, int epoch) {
      return schedule.at(iteration, epoch);
    }

    @Override
    public ISchedule clone() {
      // Immutable, so one instance serves all.
      return this;
    }
  }
}
