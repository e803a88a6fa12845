package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a caller may get wrong in particular gets its own message, and nothing is lost. What is
 * refused everywhere is in {@link MisuseContractTest}.
 */
class BadInputTest {

  private static final int LENGTH = 12;
  private static final ImageSource DATA = TinyData.source(20, LENGTH);
  private static final Training SHORT = Training.epochs(1).batchSize(5);

  private static DenseBuilder tiny() {
    return Autoencoder.dense().hidden(8).bottleneck(2).seed(3);
  }

  private static Autoencoder trained() {
    Autoencoder autoencoder = tiny().input(3, 4).build();
    autoencoder.fit(DATA, SHORT);
    return autoencoder;
  }

  @AfterEach
  void leavesNoThreadBehind() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("autoencoder-batches");
  }

  @Test
  void refusesToNameAShapeItDoesNotKnowYet() {
    Autoencoder fresh = tiny().build();
    assertThat(fresh.architecture()).isEmpty();
    for (Consumer<Autoencoder> use :
        List.<Consumer<Autoencoder>>of(
            Autoencoder::summary, Autoencoder::inputShape, Autoencoder::latentShape)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> use.accept(fresh))
          .withMessageContaining("input(height, width, channels)");
    }
  }

  @Test
  void aBatchLargerThanTheDataIsAllOfThem() {
    Autoencoder all = tiny().build();
    all.fit(DATA, SHORT.batchSize(20));
    for (int size : new int[] {21, 128, Integer.MAX_VALUE}) {
      Autoencoder more = tiny().build();
      List<BatchEnd> batches = new ArrayList<>();
      History history =
          more.fit(
              DATA,
              SHORT
                  .batchSize(size)
                  .listener(
                      new TrainingListener() {
                        @Override
                        public void onBatchEnd(BatchEnd event) {
                          batches.add(event);
                        }
                      }));
      assertThat(history.epochs()).hasSize(1);
      assertThat(batches).hasSize(1);
      assertThat(more.parameters()).isEqualTo(all.parameters());
      assertThat(more.trainingRuns().get(0).batchSize()).isEqualTo(20);
    }
    // As few as there can be, with the settings by default.
    assertThat(tiny().build().fit(DATA.slice(0, 1), Training.epochs(1)).epochs()).hasSize(1);
  }

  @Test
  void refusesImagesTurnedAroundThoughTheyHoldAsManyValues() {
    Autoencoder autoencoder = trained();
    ImageSource turned = ImageSource.of(ImageShape.grey(4, 3), TinyData.rows(20, LENGTH));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(turned, SHORT))
        .withMessageContaining("4x3x1")
        .withMessageContaining("3x4x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(DATA, SHORT.validation(turned)))
        .withMessageContaining("validation")
        .withMessageContaining("4x3x1")
        .withMessageContaining("3x4x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(Dl4j.samples(Nd4j.zeros(20, 1, 4, 3)), SHORT))
        .withMessageContaining("4x3x1");
  }

  @Test
  void refusesArraysWhoseAxesAreInAnotherOrder() {
    Autoencoder autoencoder = trained();
    // Channels last, as other libraries have it.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.encode(Dl4j.samples(Nd4j.zeros(2, 3, 4, 1))))
        .withMessageContaining("4x1x3")
        .withMessageContaining("3x4x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.reconstruct(Dl4j.samples(Nd4j.zeros(2, 3, 4, 1))))
        .withMessageContaining("4x1x3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.encode(Dl4j.samples(Nd4j.zeros(2, 3, 4))))
        .withMessageContaining("[2, 3, 4]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.encode(Dl4j.samples(Nd4j.zeros(12))))
        .withMessageContaining("[12]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dl4j.rows(Nd4j.zeros(2, 2, 1, 1), autoencoder.latentShape()))
        .withMessageContaining("1x1x2")
        .withMessageContaining("1x2x1");
  }

  @Test
  void refusesValidationDataOfAnotherShapeOrNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tiny().build().fit(DATA, SHORT.validation(TinyData.source(5, 9))))
        .withMessageContaining("validation")
        .withMessageContaining("1x9x1")
        .withMessageContaining("1x12x1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tiny().build().fit(DATA, SHORT.validation(DATA.slice(3, 3))))
        .withMessageContaining("validation data are empty");
  }

  @Test
  void refusesRatesThatTeachNothingOrTheOpposite() {
    for (double rate :
        new double[] {
          0, -0.0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
        }) {
      Map<String, ThrowingCallable> refused =
          Map.of(
              "Adam", () -> Optimizer.adam(rate),
              "AMSGrad", () -> Optimizer.amsGrad(rate),
              "Nadam", () -> Optimizer.nadam(rate),
              "AdaMax", () -> Optimizer.adaMax(rate),
              "AdaGrad", () -> Optimizer.adaGrad(rate),
              "Sgd", () -> Optimizer.sgd(rate),
              "Nesterov", () -> Optimizer.nesterov(rate),
              "RmsProp",
                  () -> Optimizer.rmsProp(new Schedule.Custom("some", (step, epoch) -> rate)));
      refused.forEach(
          (name, call) ->
              assertThatIllegalArgumentException()
                  .isThrownBy(call)
                  .withMessageContaining("learning rate of " + name)
                  .withMessageContaining(rate == 0 ? "0.0" : "" + rate)
                  .withMessageContaining("above 0"));
      for (Supplier<Schedule> schedule :
          List.<Supplier<Schedule>>of(
              () -> new Schedule.Step(Schedule.Unit.STEP, rate, 0.5, 10),
              () -> new Schedule.Points(Schedule.Unit.EPOCH, Map.of(0, rate)))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Optimizer.sgd(schedule.get()))
            .withMessageContaining(Double.isFinite(rate) ? "learning rate of Sgd" : "be finite")
            .withMessageContaining(rate == 0 ? "0.0" : "" + rate);
      }
    }
  }

  @Test
  void aScheduleMayStartAndEndAtZero() {
    Schedule rising = new Schedule.Points(Schedule.Unit.STEP, Map.of(0, 0.0, 4, 0.1, 8, 0.0));
    assertThat(tiny().optimizer(Optimizer.sgd(rising)).build().fit(DATA, SHORT).epochs())
        .hasSize(1);
  }

  @Test
  void refusesARunInWhichTheRateWouldLeaveItsRange() {
    for (double rate : new double[] {-0.1, Double.NaN}) {
      Schedule turning = new Schedule.Custom("turning", (step, epoch) -> step < 6 ? 0.1 : rate);
      Autoencoder autoencoder = tiny().optimizer(Optimizer.sgd(turning)).build();
      // Four steps are an epoch, so the seventh is in the second.
      assertThatIllegalArgumentException()
          .isThrownBy(() -> autoencoder.fit(DATA, Training.epochs(2).batchSize(5)))
          .withMessageContaining("is " + rate + " in step 7, epoch 2");
      assertThat(autoencoder.isTrained()).isFalse();
      autoencoder.fit(DATA, SHORT);
      assertThatIllegalArgumentException().isThrownBy(() -> autoencoder.fit(DATA, SHORT));
    }
  }

  @Test
  void refusesToShapeARateThatDoesNotExist() {
    for (DenseBuilder builder :
        List.of(tiny().optimizer(Optimizer.noOp()), tiny().optimizer(Optimizer.adaDelta()))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.build().fit(DATA, SHORT.cosineDecay()))
          .withMessageContaining("learning rate")
          .withMessageContaining("has none");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.build().fit(DATA, SHORT.warmup(3)))
          .withMessageContaining("learning rate");
    }
  }

  private static ImageSource failing(int at, Runnable failure) {
    return new ImageSource() {
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
        if (index == at) {
          failure.run();
        }
        DATA.read(index, destination, offset);
      }
    };
  }

  @Test
  void whatASourceThrowsReachesTheCaller() {
    IllegalStateException exception = new IllegalStateException("disk gone");
    assertThatThrownBy(
            () ->
                trained()
                    .fit(
                        failing(
                            9,
                            () -> {
                              throw exception;
                            }),
                        SHORT))
        .isSameAs(exception);
    AssertionError error = new AssertionError("broken");
    assertThatThrownBy(
            () ->
                trained()
                    .fit(
                        failing(
                            9,
                            () -> {
                              throw error;
                            }),
                        SHORT))
        .isSameAs(error);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aCheckedExceptionFromASourceInAnotherLanguageDoesNotHangTheRun() {
    IOException thrown = new IOException("unreadable");
    assertThatThrownBy(
            () ->
                trained()
                    .fit(failing(9, () -> BadInputTest.<RuntimeException>sneak(thrown)), SHORT))
        .satisfies(caught -> assertThat(caught == thrown || caught.getCause() == thrown).isTrue());
  }

  @Test
  void aSourceThatInterruptsItsReaderDoesNotHangTheRun() {
    assertThatThrownBy(
            () ->
                trained()
                    .fit(failing(9, () -> Thread.currentThread().interrupt()), SHORT.batchSize(2)))
        .hasMessageContaining("Interrupted");
  }

  @Test
  void aSourceThatFailedOnceMayBeUsedAgain() {
    Autoencoder autoencoder = tiny().build();
    boolean[] broken = {true};
    ImageSource flaky =
        failing(
            9,
            () -> {
              if (broken[0]) {
                throw new IllegalStateException("not yet");
              }
            });
    assertThatIllegalStateException().isThrownBy(() -> autoencoder.fit(flaky, SHORT));
    broken[0] = false;
    assertThat(autoencoder.fit(flaky, SHORT).epochs()).hasSize(1);
  }

  @Test
  void aRefusedFirstRunDoesNotDecideTheShape() {
    Autoencoder autoencoder = tiny().build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> autoencoder.fit(TinyData.source(3, 9), SHORT.validation(DATA)));
    assertThatExceptionOfType(UnusableDataException.class)
        .isThrownBy(
            () -> autoencoder.fit(TinyData.unchecked(new float[][] {{2}}), SHORT.batchSize(1)));
    assertThat(autoencoder.architecture()).isEmpty();
    History history = autoencoder.fit(DATA, SHORT);
    assertThat(history.epochs()).hasSize(1);
    assertThat(autoencoder.inputShape()).isEqualTo(DATA.shape());
  }

  @Test
  void refusesANetworkTooLargeForOneArray() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Autoencoder.dense().input(100, 100).hidden(300_000).bottleneck(2).build())
        .withMessageContaining("parameters");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Autoencoder.dense()
                    .input(1, Integer.MAX_VALUE)
                    .hidden(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)
                    .build())
        .withMessageContaining("parameters");
  }

  @Test
  void aCorruptionThatLeavesTheRangeIsNotMistakenForBadData() {
    // Only clean values are checked: noise is clipped by the corruption itself.
    assertThat(tiny().corruption(Corruption.gaussian(50)).build().fit(DATA, SHORT).epochs())
        .hasSize(1);
  }
}
