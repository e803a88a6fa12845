package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.latent.Condition;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.sampling.Gaussian;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.EpochEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Autoencoders that are told the class of each sample. */
class ConditionTest {

  private static final List<String> CLASSES = List.of("left", "right", "none");

  private static final ImageShape SHAPE = ImageShape.grey(4, 4);

  /** Bars whose place the class says, and whose height it does not. */
  private static LabeledImageSource bars(int n) {
    RandomStream random = RandomStream.of(5, "bars");
    float[][] rows = new float[n][SHAPE.size()];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i * i % 7 % 3;
      double height = random.nextDouble();
      for (int j = 0; j < 16; j++) {
        boolean isLeft = j % 4 < 2;
        boolean ink = labels[i] < 2 && isLeft == (labels[i] == 0);
        rows[i][j] = ink && 3 - j / 4 < 4 * height ? 1 : 0;
      }
    }
    return LabeledImageSource.of(ImageSource.of(SHAPE, rows), labels, CLASSES);
  }

  @Test
  void samplesAreOfTheClassThatWasAskedFor() {
    for (AutoencoderBuilder<?> builder :
        List.of(
            Autoencoder.dense().hidden(32).bottleneck(4),
            Autoencoder.conv().latent(2, 2, 2).widths(16).residualBlocks(0))) {
      Autoencoder bars = builder.latentStage(Variational.standard()).conditionedOn(CLASSES).build();
      bars.fit(bars(600), Training.epochs(40).batchSize(32));
      float[][] codes = Gaussian.standard(bars.latentShape().size()).sample(200, 1);
      for (int k = 0; k < 3; k++) {
        double left = 0;
        double right = 0;
        for (float[] drawn : bars.decode(codes, CLASSES.get(k))) {
          for (int j = 0; j < 16; j++) {
            if (j % 4 < 2) {
              left += drawn[j] / 1600;
            } else {
              right += drawn[j] / 1600;
            }
          }
        }
        assertThat(left).isBetween(k == 0 ? 0.3 : 0, k == 0 ? 0.8 : 0.1);
        assertThat(right).isBetween(k == 1 ? 0.3 : 0, k == 1 ? 0.8 : 0.1);
      }
    }
  }

  private static Autoencoder build() {
    return Autoencoder.dense()
        .hidden(9)
        .bottleneck(2)
        .corruption(Corruption.gaussian(0.2))
        .conditionedOn(CLASSES)
        .variational()
        .seed(3)
        .build();
  }

  private static Training settings() {
    return Training.epochs(3).batchSize(8).validation(bars(20));
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = build();
    autoencoder.fit(bars(50), settings());
    return autoencoder;
  }

  @Test
  void aRunThatWasStoppedGoesOnAsIfItHadNotBeen(@TempDir Path folder) {
    Autoencoder whole = trained();
    AtomicInteger asked = new AtomicInteger();
    Training saved = settings().checkpoints(Checkpoints.in(folder));
    build().fit(bars(50), saved.cancelWhen(() -> asked.getAndIncrement() == 10));
    Autoencoder resumed = build();
    History history = resumed.resume(bars(50), saved);
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
    assertThat(history.epochs().stream().map(EpochEnd::validationLoss))
        .isEqualTo(
            whole.trainingRuns().get(0).history().epochs().stream()
                .map(EpochEnd::validationLoss)
                .toList());
    // The same pictures with other classes are other data.
    LabeledImageSource bars = bars(50);
    LabeledImageSource others = LabeledImageSource.of(bars, new int[50], CLASSES);
    assertThatThrownBy(() -> build().resume(others, saved)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void theOrderOfTheClassesOfTheDataDoesNotMatter() {
    LabeledImageSource bars = bars(50);
    int[] reversed = IntStream.of(bars.labels()).map(label -> 2 - label).toArray();
    List<String> names = List.of("none", "right", "left", "never seen");
    Autoencoder other = build();
    other.fit(LabeledImageSource.of(bars, reversed, names), settings());
    assertThat(other.parameters()).isEqualTo(trained().parameters());
  }

  @Test
  void likelihoodsAndDistributionsAreThoseOfTheClass() {
    Autoencoder autoencoder = trained();
    LabeledImageSource bars = bars(6);
    int[] others = IntStream.of(bars.labels()).map(label -> (label + 1) % 3).toArray();
    LabeledImageSource wrong = LabeledImageSource.of(bars, others, CLASSES);
    assertThat(autoencoder.encodeDistribution(bars).means())
        .isDeepEqualTo(autoencoder.encode(bars));
    assertThat(autoencoder.logLikelihood(bars, 50, 1).mean())
        .isNotEqualTo(autoencoder.logLikelihood(wrong, 50, 1).mean());
    assertThat(autoencoder.evaluate(bars).reconstructionLoss())
        .isNotEqualTo(autoencoder.evaluate(wrong).reconstructionLoss());
  }

  @Test
  void hugeCodesGiveWhatShorterOnesDo() {
    Autoencoder autoencoder = trained();
    for (String name : CLASSES) {
      float[][] huge = autoencoder.decode(new float[][] {{3e38f, -3e38f}}, name);
      assertThat(huge[0]).doesNotContain(Float.NaN);
    }
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call).hasMessageContainingAll(parts);
  }

  @Test
  void whoeverHasNoClassesIsTold() {
    Autoencoder autoencoder = trained();
    LabeledImageSource bars = bars(4);
    ImageSource plain = ImageSource.of(SHAPE, bars.toArrays());
    String[] unlabeled = {"no classes", "left, right, none", "LabeledImageSource.of("};
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> autoencoder.fit(plain, settings()),
            () -> autoencoder.fit(bars.toArrays(), settings()),
            () -> autoencoder.encode(plain),
            () -> autoencoder.encode(plain.toArrays()),
            () -> autoencoder.reconstruct(plain),
            () -> autoencoder.transmit(plain, LatentNoise.variance(1), 1),
            () -> autoencoder.evaluate(plain),
            () -> autoencoder.evaluatePart(plain, 0),
            () -> autoencoder.encodeDistribution(plain),
            () -> autoencoder.logLikelihood(plain, 3, 1))) {
      assertRefused(call, unlabeled);
    }
    assertRefused(
        () -> autoencoder.fit(bars(50), settings().validation(plain)),
        "validation data have no classes");
    String[] untold = {"left, right, none", "has to be told which", "decode(codes, \"left\")"};
    assertRefused(() -> autoencoder.decode(new float[1][2]), untold);
    assertRefused(() -> autoencoder.decoder().decode(new float[2]), untold);
    assertRefused(
        () -> autoencoder.encoder().encode(new float[16]), "has to be told which", "encode(");
  }

  @Test
  void classesThatAreNotKnownAreRefused() {
    Autoencoder autoencoder = trained();
    LabeledImageSource bars = bars(4);
    String[] known = {"\"top\"", "conditioned on left, right, none"};
    assertRefused(() -> autoencoder.decode(new float[1][2], "top"), known);
    assertRefused(() -> autoencoder.decode(new float[1][2], List.of("top")), known);
    assertRefused(() -> autoencoder.encode(new float[1][16], List.of("top")), known);
    assertRefused(
        () -> autoencoder.decode(new float[2][2], List.of("left")), "1 classes for 2 codes");
    assertRefused(
        () -> autoencoder.encode(new float[2][16], List.of("left")), "1 classes for 2 samples");
    LabeledImageSource foreign = LabeledImageSource.of(bars, new int[4], List.of("top"));
    assertRefused(() -> autoencoder.encode(foreign), known);
    assertRefused(() -> build().fit(foreign, settings()), "sample 0", "\"top\"", "left, right");
    assertRefused(
        () -> build().fit(LabeledImageSource.of(bars, new int[4], CLASSES), settings()),
        "no sample",
        "\"right\"",
        "leave it out of conditionedOn(...)");
    assertRefused(() -> LabeledImageSource.of(bars, new int[3], CLASSES), "3 labels", "4 samples");
    assertRefused(
        () -> LabeledImageSource.of(bars, new int[] {0, 1, 2, 3}, CLASSES), "label 3 of sample 3");
    // Learnt of already, so a run may do without.
    autoencoder.fit(LabeledImageSource.of(bars, new int[4], CLASSES), Training.epochs(1));
  }

  @Test
  void aSourceThatGivesLabelsWithoutNamesIsNamed() {
    LabeledImageSource broken =
        new LabeledImageSource() {
          @Override
          public int label(int index) {
            return index == 3 ? 7 : index % 3;
          }

          @Override
          public List<String> classNames() {
            return CLASSES;
          }

          @Override
          public int size() {
            return 5;
          }

          @Override
          public ImageShape shape() {
            return SHAPE;
          }

          @Override
          public void read(int index, float[] destination, int offset) {}
        };
    assertRefused(() -> build().fit(broken, settings()), "sample 3 has label 7", "0 to 2");
  }

  @Test
  void classesThatCannotBeAreRefused() {
    DenseBuilder builder = Autoencoder.dense();
    assertRefused(() -> builder.conditionedOn("one"), "2 to 1000", "there are 1");
    assertRefused(builder::conditionedOn, "there are 0");
    assertRefused(() -> builder.conditionedOn("a", "b", "a"), "\"a\" is there twice");
    assertRefused(() -> builder.conditionedOn("a", " "), "class 1", "nothing to ask for");
    assertRefused(() -> builder.conditionedOn("a", "b".repeat(101)), "class 1", "has 101");
    List<String> many = IntStream.range(0, 1001).mapToObj(Integer::toString).toList();
    assertRefused(() -> builder.conditionedOn(many), "there are 1001");
    Condition condition = new Condition(CLASSES);
    assertRefused(
        () ->
            new Spec(
                new DenseArchitecture(SHAPE, List.of(), 2, Activation.TANH, 0),
                List.of(condition, Variational.standard()),
                Output.bernoulli(),
                Penalty.NONE,
                Optional.empty(),
                Optimizer.noOp(),
                1),
        "must be the last",
        "variational");
  }

  @Test
  void whatHasNoSecondInputRefusesIt() {
    Autoencoder autoencoder = trained();
    assertRefused(() -> Dl4j.networkOf(autoencoder), "conditioned on left", "no second input");
    assertRefused(() -> Dl4j.stock(autoencoder), "condition on 3 classes");
    assertRefused(
        () -> Anomalies.fit(autoencoder, bars(60)), "conditioned on left", "without classes");
    Autoencoder plain = Autoencoder.dense().hidden(4).bottleneck(2).build();
    plain.fit(bars(20), Training.epochs(1));
    assertThat(plain.classes()).isEmpty();
    assertRefused(() -> plain.decode(new float[1][2], "left"), "not conditioned", "conditionedOn");
    assertRefused(
        () -> plain.encode(new float[1][16], List.of("left")), "not conditioned", "conditionedOn");
  }

  @Test
  void workersAreNotGivenIt() {
    Rounds workers =
        new Rounds() {
          @Override
          public int[] samples() {
            return new int[] {20};
          }

          @Override
          public int steps() {
            return 2;
          }

          @Override
          public OuterStep outerStep() {
            return OuterStep.mean();
          }

          @Override
          public ImageSource spread() {
            return bars(20);
          }

          @Override
          public Map<String, String> circumstances() {
            return Map.of();
          }

          @Override
          public void begin(byte[] model, Training settings) {
            throw new AssertionError("begun");
          }

          @Override
          public void run(TrainingState start, Order order, Consumer<Share> shares) {
            throw new AssertionError("run");
          }
        };
    assertRefused(
        () -> build().fit(workers, Training.epochs(1)),
        "conditioned on left, right, none",
        "workers cannot",
        "fit(data, training)");
  }
}
