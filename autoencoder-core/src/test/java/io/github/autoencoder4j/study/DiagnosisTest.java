package io.github.autoencoder4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.ValueRange;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.study.Diagnosis.Finding;
import io.github.autoencoder4j.study.Diagnosis.Kind;
import io.github.autoencoder4j.training.Training;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  private static final int VALUES = 12;

  /** Samples on a curved surface of two numbers, with a little noise. */
  private static ImageSource samples(int n, String name) {
    RandomStream random = RandomStream.of(1, name);
    float[][] rows = new float[n][VALUES];
    for (float[] row : rows) {
      double u = 2 * random.nextDouble() - 1;
      double v = 2 * random.nextDouble() - 1;
      for (int j = 0; j < VALUES; j++) {
        row[j] =
            (float)
                (Math.sin(3 * u + j)
                    + Math.cos(2 * v * (1 + j % 3))
                    + 0.02 * random.nextGaussian());
      }
    }
    return ImageSource.of(ImageShape.vector(VALUES), ValueRange.REALS, rows);
  }

  private static DenseBuilder builder() {
    return Autoencoder.dense()
        .input(ImageShape.vector(VALUES))
        .hidden(32, 16)
        .bottleneck(3)
        .output(Output.gaussian(0.05))
        .optimizer(Optimizer.adam(5e-3));
  }

  private static Diagnosis diagnosis(DenseBuilder builder, int n, int epochs) {
    ImageSource train = samples(n, "train");
    try (Autoencoder trained = builder.build()) {
      trained.fit(train, Training.epochs(epochs).batchSize(50));
      return Diagnosis.of(trained, train, samples(500, "held"));
    }
  }

  private static List<Kind> kinds(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::kind).toList();
  }

  @Test
  void findsNothingWrongWithAGoodOne() {
    Diagnosis diagnosis = diagnosis(builder(), 2_000, 30);

    assertThat(diagnosis.findings()).as(diagnosis.toString()).isEmpty();
    assertThat(diagnosis).hasToString("nothing of the usual is wrong");
  }

  @Test
  void findsACodeThatFollowsNoSample() {
    Diagnosis diagnosis =
        diagnosis(builder().latentStage(Variational.standard().beta(1_000)), 1_000, 5);

    assertThat(kinds(diagnosis)).containsExactly(Kind.CONSTANT_OUTPUT, Kind.POSTERIOR_COLLAPSE);
    assertThat(diagnosis.toString())
        .contains("0 of 3 numbers of the code")
        .contains("lower beta, which is 1000.0")
        .contains("\n");
  }

  @Test
  void findsALinearOneNoBetterThanPrincipalComponents() {
    Diagnosis diagnosis = diagnosis(builder().hidden().activation(Activation.IDENTITY), 1_000, 100);

    assertThat(kinds(diagnosis)).containsExactly(Kind.NO_BETTER_THAN_PCA);
    assertThat(diagnosis.toString())
        .contains("3 principal components")
        .containsPattern("correlation of the two over the samples is (1\\.00|0\\.9)");
  }

  @Test
  void findsOneThatKnowsItsSamplesByHeart() {
    Diagnosis diagnosis = diagnosis(builder().hidden(64, 32), 20, 600);

    assertThat(kinds(diagnosis)).contains(Kind.OVERFITTING);
  }

  @Test
  void findsUnitsThatAreTheSameForAllSamples() {
    // Of one number for each sample, most stand still.
    Diagnosis diagnosis = diagnosis(builder().bottleneck(11).l1(0.02), 1_000, 20);

    assertThat(kinds(diagnosis)).contains(Kind.DEAD_UNITS);
  }

  @Test
  void findsEntriesThatStandForNoSample() {
    Diagnosis diagnosis = diagnosis(builder().hidden().bottleneck(3).vectorQuantize(256), 100, 1);

    assertThat(kinds(diagnosis)).contains(Kind.DEAD_ENTRIES);
    assertThat(diagnosis.toString()).contains("of 256 entries");
  }

  @Test
  void refusesTooFewSamplesAndWhatIsNotTrained() {
    ImageSource some = samples(10, "some");
    Autoencoder fresh = builder().build();
    assertThatIllegalStateException().isThrownBy(() -> Diagnosis.of(fresh, some, some));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Diagnosis.of(fresh, some.slice(0, 1), some))
        .withMessageContaining("has 1");
  }
}
