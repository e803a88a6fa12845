package io.github.autoencoder4j.optimizer;

import java.util.Optional;

/**
 * How weights follow gradients, with a fixed learning rate or a {@link Schedule} of it. Immutable;
 * methods that change a setting return a changed copy.
 *
 * <pre>{@code
 * Autoencoder.dense().optimizer(Optimizer.adam(2e-3));
 * Autoencoder.dense().optimizer(Optimizer.nadam(1e-3).beta1(0.8).epsilon(1e-7));
 * Autoencoder.dense()
 *     .optimizer(Optimizer.sgd(new Schedule.Exponential(Schedule.Unit.EPOCH, 1e-2, 0.9)));
 * }</pre>
 *
 * <p>A learning rate must be finite, at least 0, and above 0 at some time: {@link Schedule}s may
 * start at 0. One that leaves the range later is refused by the run that would come there.
 */
public sealed interface Optimizer permits Adam, RmsProp, AdaGrad, AdaDelta, Sgd, Nesterov, NoOp {

  /**
   * Gives the learning rate.
   *
   * @return its schedule, {@link Schedule.Constant} if it is fixed; empty if there is none
   */
  Optional<Schedule> schedule();

  /**
   * Gives the name that it was published by.
   *
   * @return such as {@code AMSGrad}
   */
  String name();

  /**
   * Checks every learning rate that a run of training will have: schedules may leave the range for
   * which they were made. Of very long runs the first million steps are looked at.
   *
   * @param epochs how many
   * @param stepsPerEpoch how many steps each has; at least 1
   * @param firstStep how many steps were made before
   * @param firstEpoch how many epochs were finished before
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  default void requireUsable(int epochs, int stepsPerEpoch, int firstStep, int firstEpoch) {
    schedule()
        .ifPresent(
            rate ->
                Rates.requireUsable(name(), rate, epochs, stepsPerEpoch, firstStep, firstEpoch));
  }

  /**
   * Makes Adam (Kingma and Ba, ICLR 2015).
   *
   * @param learningRate above 0; 1e-3 is usual
   * @return Adam with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static Adam adam(double learningRate) {
    return adam(new Schedule.Constant(learningRate));
  }

  /**
   * Makes Adam (Kingma and Ba, ICLR 2015).
   *
   * @param learningRate its schedule
   * @return Adam with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static Adam adam(Schedule learningRate) {
    return new Adam(Adam.Variant.ADAM, learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * Makes Adam whose second moment never falls (Reddi et al., ICLR 2018).
   *
   * @param learningRate above 0; 1e-3 is usual
   * @return AMSGrad with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static Adam amsGrad(double learningRate) {
    return amsGrad(new Schedule.Constant(learningRate));
  }

  /**
   * Makes Adam whose second moment never falls (Reddi et al., ICLR 2018).
   *
   * @param learningRate its schedule
   * @return AMSGrad with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static Adam amsGrad(Schedule learningRate) {
    return new Adam(Adam.Variant.AMS_GRAD, learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * Makes Adam with Nesterov's momentum (Dozat, ICLR workshop 2016).
   *
   * @param learningRate above 0; 1e-3 is usual
   * @return Nadam with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static Adam nadam(double learningRate) {
    return nadam(new Schedule.Constant(learningRate));
  }

  /**
   * Makes Adam with Nesterov's momentum (Dozat, ICLR workshop 2016).
   *
   * @param learningRate its schedule
   * @return Nadam with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static Adam nadam(Schedule learningRate) {
    return new Adam(Adam.Variant.NADAM, learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * Makes Adam with the largest gradient in place of the second moment (Kingma and Ba, ICLR 2015).
   *
   * @param learningRate above 0; 1e-3 is usual
   * @return AdaMax with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static Adam adaMax(double learningRate) {
    return adaMax(new Schedule.Constant(learningRate));
  }

  /**
   * Makes Adam with the largest gradient in place of the second moment (Kingma and Ba, ICLR 2015).
   *
   * @param learningRate its schedule
   * @return AdaMax with beta1 0.9, beta2 0.999 and epsilon 1e-8
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static Adam adaMax(Schedule learningRate) {
    return new Adam(Adam.Variant.ADA_MAX, learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * Divides gradients by a running mean of their size (Hinton, lecture 6e, 2012).
   *
   * @param learningRate above 0; 1e-3 is usual
   * @return RMSProp with decay 0.95 and epsilon 1e-8
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static RmsProp rmsProp(double learningRate) {
    return rmsProp(new Schedule.Constant(learningRate));
  }

  /**
   * Divides gradients by a running mean of their size (Hinton, lecture 6e, 2012).
   *
   * @param learningRate its schedule
   * @return RMSProp with decay 0.95 and epsilon 1e-8
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static RmsProp rmsProp(Schedule learningRate) {
    return new RmsProp(learningRate, 0.95, 1e-8);
  }

  /**
   * Divides gradients by the size of all before (Duchi et al., JMLR 2011).
   *
   * @param learningRate above 0; 1e-2 is usual
   * @return AdaGrad with epsilon 1e-6
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static AdaGrad adaGrad(double learningRate) {
    return adaGrad(new Schedule.Constant(learningRate));
  }

  /**
   * Divides gradients by the size of all before (Duchi et al., JMLR 2011).
   *
   * @param learningRate its schedule
   * @return AdaGrad with epsilon 1e-6
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static AdaGrad adaGrad(Schedule learningRate) {
    return new AdaGrad(learningRate, 1e-6);
  }

  /**
   * Makes steps as long as earlier ones were (Zeiler, 2012), without a learning rate.
   *
   * @return AdaDelta with rho 0.95 and epsilon 1e-6
   */
  static AdaDelta adaDelta() {
    return new AdaDelta(0.95, 1e-6);
  }

  /**
   * Makes plain stochastic gradient descent.
   *
   * @param learningRate above 0; 1e-2 is usual
   * @return gradient descent without momentum
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static Sgd sgd(double learningRate) {
    return sgd(new Schedule.Constant(learningRate));
  }

  /**
   * Makes plain stochastic gradient descent.
   *
   * @param learningRate its schedule
   * @return gradient descent without momentum
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static Sgd sgd(Schedule learningRate) {
    return new Sgd(learningRate);
  }

  /**
   * Makes gradient descent with Nesterov's momentum (Sutskever et al., ICML 2013).
   *
   * @param learningRate above 0; 1e-2 is usual
   * @return gradient descent with momentum 0.9
   * @throws IllegalArgumentException if the rate is not above 0 and finite
   */
  static Nesterov nesterov(double learningRate) {
    return nesterov(new Schedule.Constant(learningRate));
  }

  /**
   * Makes gradient descent with Nesterov's momentum (Sutskever et al., ICML 2013).
   *
   * @param learningRate its schedule
   * @return gradient descent with momentum 0.9
   * @throws IllegalArgumentException if a rate is negative or not finite
   */
  static Nesterov nesterov(Schedule learningRate) {
    return new Nesterov(learningRate, new Schedule.Constant(0.9));
  }

  /**
   * Leaves weights as they are.
   *
   * @return one for trying out what surrounds training
   */
  static NoOp noOp() {
    return new NoOp();
  }
}
