package io.github.autoencoder4j.examples.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.training.OuterStep;
import org.junit.jupiter.api.Test;

/** The simulation is of what is trained elsewhere. */
class RoundsCurveTest {

  private final ImageSource train = Mnist.train().slice(0, 640);
  private final ImageSource test = Mnist.test().slice(0, 200);

  @Test
  void oneWorkerIsOneProcess() {
    assertThat(loss(1, 3)).isEqualTo(loss(0, 3));
  }

  @Test
  void averagesOfTwoWorkersLearn() {
    double untrained = Math.log(2);
    assertThat(loss(2, 2)).isLessThan(0.6 * untrained);
  }

  private double loss(int workers, int steps) {
    return RoundsCurve.testLoss(train, test, workers, steps, OuterStep.mean(), 32, 2, 1);
  }
}
