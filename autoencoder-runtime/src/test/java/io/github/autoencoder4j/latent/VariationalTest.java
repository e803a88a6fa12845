package io.github.autoencoder4j.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.latent.LatentBatch.Mode;
import io.github.autoencoder4j.random.RandomStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class VariationalTest {

  private static final ImageShape CODE = ImageShape.vector(3);

  private static LatentBatch batch(Variational stage, int n, Mode mode, int step) {
    LatentBatch batch = new LatentBatch(stage, CODE, n, 7, "test", true);
    RandomStream random = RandomStream.of(1, "input");
    for (int i = 0; i < batch.input().length; i++) {
      batch.input()[i] = random.nextGaussian();
    }
    batch.begin(mode, 0, step, 0.25);
    return batch;
  }

  /** {@code integral q (ln q - ln p)}, by a sum over a fine grid. */
  private static double divergence(double mean, double logVariance) {
    double deviation = Math.exp(logVariance / 2);
    double sum = 0;
    double step = deviation / 200;
    for (double z = mean - 12 * deviation; z < mean + 12 * deviation; z += step) {
      double u = (z - mean) / deviation;
      double logQ = -u * u / 2 - Math.log(deviation);
      sum += Math.exp(logQ) / Math.sqrt(2 * Math.PI) * (logQ + z * z / 2) * step;
    }
    return sum;
  }

  @Property(tries = 50)
  void theTermIsTheDivergenceOfTheIntegral(
      @ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = -4, max = 2) double logVariance) {
    Variational stage = Variational.standard();
    LatentBatch one =
        new LatentBatch(stage, ImageShape.vector(1), 1, 1, "test", /* training= */ false);
    one.begin(Mode.OBJECTIVE, 0, 0, 0);
    one.input()[0] = mean;
    one.input()[1] = logVariance;
    stage.kernel(ImageShape.vector(1)).forward(one);
    assertThat(one.terms()[0])
        .isCloseTo(divergence(mean, logVariance), offset(1e-6 * (1 + one.terms()[0])));
  }

  @Example
  void aStandardNormalCodeCostsNothing() {
    LatentBatch batch = new LatentBatch(Variational.standard(), CODE, 2, 1, "test", false);
    batch.begin(Mode.TRAINING, 0, 0, 0);
    Variational.standard().kernel(CODE).forward(batch);
    assertThat(batch.terms()[0]).isZero();
  }

  @Example
  void codesAreDrawnWithTheirMeanAndVariance() {
    Variational stage = Variational.standard();
    int n = 40_000;
    LatentBatch batch = new LatentBatch(stage, ImageShape.vector(1), n, 3, "test", false);
    batch.begin(Mode.TRAINING, 0, 5, 0);
    for (int i = 0; i < n; i++) {
      batch.input()[2 * i] = 2;
      batch.input()[2 * i + 1] = Math.log(0.09);
    }
    stage.kernel(ImageShape.vector(1)).forward(batch);
    double mean = 0;
    double square = 0;
    for (double z : batch.output()) {
      mean += z / n;
      square += (z - 2) * (z - 2) / n;
    }
    assertThat(mean).isCloseTo(2, offset(5 * 0.3 / Math.sqrt(n)));
    assertThat(square).isCloseTo(0.09, offset(5 * 0.09 * Math.sqrt(2.0 / n)));
  }

  @Example
  void encodingAndReconstructingUseTheMean() {
    for (Mode mode : new Mode[] {Mode.ENCODING, Mode.RECONSTRUCTION}) {
      LatentBatch batch = batch(Variational.standard(), 2, mode, 0);
      Variational.standard().kernel(CODE).forward(batch);
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          assertThat(batch.output()[i * 3 + j]).isEqualTo(batch.input()[i * 6 + j]);
        }
      }
      assertThat(batch.terms()[0]).isZero();
    }
  }

  @Property(tries = 60)
  void theGradientIsThatOfWhatIsAddedToTheObjective(
      @ForAll @DoubleRange(min = 0, max = 4) double beta,
      @ForAll @DoubleRange(min = 0, max = 0.5) double free,
      @ForAll @IntRange(min = 0, max = 20) int warmup,
      @ForAll @DoubleRange(min = 0, max = 6) double capacity) {
    Variational stage = new Variational(beta, free, warmup, 1, capacity, 12);
    LatentKernel kernel = stage.kernel(CODE);
    LatentBatch batch = batch(stage, 4, Mode.TRAINING, 6);
    kernel.forward(batch);
    for (int i = 0; i < batch.outputGradient().length; i++) {
      batch.outputGradient()[i] = 0.1 * (i + 1);
    }
    kernel.backward(batch);
    double[] actual = batch.inputGradient().clone();
    double h = 1e-6;
    for (int i = 0; i < actual.length; i++) {
      double value = batch.input()[i];
      batch.input()[i] = value + h;
      double above = objective(kernel, batch);
      batch.input()[i] = value - h;
      double below = objective(kernel, batch);
      batch.input()[i] = value;
      assertThat(actual[i]).isCloseTo((above - below) / (2 * h), offset(1e-6));
    }
  }

  private static double objective(LatentKernel kernel, LatentBatch batch) {
    batch.begin(Mode.TRAINING, 0, 6, 0.25);
    kernel.forward(batch);
    double sum = 0.25 * batch.terms()[0];
    for (int i = 0; i < batch.output().length; i++) {
      sum += 0.1 * (i + 1) * batch.output()[i];
    }
    return sum;
  }

  @Example
  void betaRisesInTrainingOnly() {
    Variational stage = Variational.standard().warmup(10);
    double[] terms = new double[3];
    int[] steps = {0, 4, 50};
    for (int i = 0; i < 3; i++) {
      LatentBatch batch = batch(stage, 2, Mode.TRAINING, steps[i]);
      stage.kernel(CODE).forward(batch);
      terms[i] = batch.terms()[0];
    }
    assertThat(terms[0]).isCloseTo(0.1 * terms[2], offset(1e-12));
    assertThat(terms[1]).isCloseTo(0.5 * terms[2], offset(1e-12));
    LatentBatch judged = batch(stage, 2, Mode.OBJECTIVE, 0);
    stage.kernel(CODE).forward(judged);
    assertThat(judged.terms()[0]).isCloseTo(terms[2], offset(1e-12));
  }

  @Example
  void whatACodeIsToCostRisesInTrainingOnly() {
    double[] plain = terms(Variational.standard(), Mode.OBJECTIVE, 0);
    Variational stage = Variational.standard().beta(3).capacity(20, 10);
    int[] steps = {0, 4, 50};
    double[] wanted = {2, 10, 20};
    for (int i = 0; i < 3; i++) {
      assertThat(terms(stage, Mode.TRAINING, steps[i])[0])
          .isCloseTo(sumOfDistances(wanted[i]), offset(1e-9));
    }
    assertThat(terms(stage, Mode.OBJECTIVE, 0)[0]).isCloseTo(sumOfDistances(20), offset(1e-9));
    // As few nats as there can be are what is wanted without one.
    assertThat(terms(Variational.standard().capacity(0, 7), Mode.TRAINING, 3)).isEqualTo(plain);
    assertThat(Variational.standard().capacity(-0.0, 7)).isEqualTo(Variational.standard());
  }

  /** Of the two samples of {@code batch}, whose divergences are taken one by one. */
  private static double sumOfDistances(double wanted) {
    LatentBatch both = batch(Variational.standard(), 2, Mode.OBJECTIVE, 0);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      double nats = 0;
      for (int j = 0; j < 3; j++) {
        double mean = both.input()[6 * i + j];
        double logVariance = both.input()[6 * i + 3 + j];
        nats += (mean * mean + Math.exp(logVariance) - 1 - logVariance) / 2;
      }
      sum += 3 * Math.abs(nats - wanted);
    }
    return sum;
  }

  private static double[] terms(Variational stage, Mode mode, int step) {
    LatentBatch batch = batch(stage, 2, mode, step);
    stage.kernel(CODE).forward(batch);
    return batch.terms();
  }

  @Example
  void drawsDependOnTheSampleAndTheStepAndNotOnTheCut() {
    Variational stage = Variational.standard();
    LatentBatch whole = batch(stage, 4, Mode.TRAINING, 9);
    stage.kernel(CODE).forward(whole);
    LatentBatch part = new LatentBatch(stage, CODE, 2, 7, "test", true);
    System.arraycopy(whole.input(), 12, part.input(), 0, 12);
    part.begin(Mode.TRAINING, 2, 9, 0.25);
    stage.kernel(CODE).forward(part);
    for (int i = 0; i < 6; i++) {
      assertThat(part.output()[i]).isEqualTo(whole.output()[6 + i]);
    }
    part.begin(Mode.TRAINING, 2, 10, 0.25);
    stage.kernel(CODE).forward(part);
    assertThat(part.output()[0]).isNotEqualTo(whole.output()[6]);
  }

  @Example
  void saysWhatItIs() {
    assertThat(Variational.standard().describe()).isEqualTo("variational");
    assertThat(Variational.standard().beta(4).freeNats(0.1).warmup(100).describe())
        .isEqualTo("variational, beta 4.000, 0.1000 nats free, warm-up of 100 steps");
    assertThat(Variational.standard().beta(9).capacity(25, 400).describe())
        .isEqualTo("variational, beta 9.000, capacity of 25.00 nats after 400 steps");
    assertThat(Variational.standard().fedBy(new ImageShape(2, 3, 4)))
        .isEqualTo(new ImageShape(2, 3, 8));
    assertThat(Variational.standard().fedBy(CODE)).isEqualTo(new ImageShape(1, 3, 2));
  }

  @Example
  void refusesNumbersThatAreNone() {
    Variational one = Variational.standard();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.beta(-1))
        .withMessageContainingAll("beta", "-1.0", "at least 0");
    assertThatIllegalArgumentException().isThrownBy(() -> one.beta(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.freeNats(Double.POSITIVE_INFINITY))
        .withMessageContainingAll("free nats", "Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.warmup(-1))
        .withMessageContainingAll("-1", "at least 0 steps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.capacity(-2, 10))
        .withMessageContainingAll("capacity", "-2.0", "at least 0 nats");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.capacity(2, -10))
        .withMessageContainingAll("capacity", "-10", "at least 0 steps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.draws(5).capacity(2, 10))
        .withMessageContainingAll("5 draws", "2.0 nats");
  }
}
