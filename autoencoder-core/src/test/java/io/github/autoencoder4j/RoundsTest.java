package io.github.autoencoder4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.exception.DivergenceException;
import io.github.autoencoder4j.exception.UnreadableModelException;
import io.github.autoencoder4j.exception.UnusableDataException;
import io.github.autoencoder4j.loss.Objective;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.optimizer.Schedule;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.BatchEnd;
import io.github.autoencoder4j.training.Checkpoints;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.OuterStep;
import io.github.autoencoder4j.training.Rounds;
import io.github.autoencoder4j.training.StopReason;
import io.github.autoencoder4j.training.Training;
import io.github.autoencoder4j.training.TrainingListener;
import io.github.autoencoder4j.training.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training by workers in rounds, and the state that they exchange. */
class RoundsTest {

  private static final ImageShape SHAPE = ImageShape.vector(12);

  private static final Training SETTINGS =
      Training.epochs(3).batchSize(16).cosineDecay().threads(1);

  private static Autoencoder fresh() {
    return Autoencoder.dense()
        .input(SHAPE)
        .hidden(10)
        .bottleneck(3)
        .corruption(io.github.autoencoder4j.corruption.Corruption.masking(0.2))
        .seed(5)
        .build();
  }

  private static ImageSource rows(int n, int seed) {
    float[][] rows = new float[n][SHAPE.size()];
    RandomStream random = RandomStream.of(seed, "rows");
    for (float[] row : rows) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      for (int j = 0; j < row.length; j++) {
        row[j] = (float) (0.5 + 0.25 * Math.sin(6 * a + j) + 0.2 * Math.cos(3 * b * j));
      }
    }
    return ImageSource.of(SHAPE, rows);
  }

  /** Workers in this process, some of whom are asked twice, as after a failure. */
  private static class Local implements Rounds {
    private final ImageSource[] parts;
    private final int steps;
    private final OuterStep outer;
    private byte[] model = {};
    private Training settings = SETTINGS;
    int done;
    Consumer<Integer> beforeRound = round -> {};

    Local(int steps, OuterStep outer, ImageSource... parts) {
      this.parts = parts;
      this.steps = steps;
      this.outer = outer;
    }

    @Override
    public int[] samples() {
      return Arrays.stream(parts).mapToInt(ImageSource::size).toArray();
    }

    @Override
    public int steps() {
      return steps;
    }

    @Override
    public OuterStep outerStep() {
      return outer;
    }

    @Override
    public ImageSource spread() {
      return parts[0].slice(0, Math.min(64, parts[0].size()));
    }

    @Override
    public Map<String, String> circumstances() {
      return Map.of("data", "made here");
    }

    @Override
    public void begin(byte[] model, Training settings) {
      this.model = model;
      this.settings = settings;
    }

    @Override
    public void run(TrainingState start, Order order, Consumer<Share> shares) {
      beforeRound.accept(done);
      for (int i = 0; i < parts.length; i++) {
        try (Replica replica = Replica.open(model, i)) {
          shares.accept(
              replica.train(parts[i], settings, TrainingState.of(start.toBytes()), order));
        }
      }
      done++;
    }
  }

  @Test
  void oneWorkerTrainsAsOneProcessDoes() {
    ImageSource data = rows(70, 1);
    Autoencoder here = fresh();
    History expected = here.fit(data, SETTINGS);
    for (int steps : new int[] {1, 3, 100}) {
      Autoencoder there = fresh();
      History history = there.fit(new Local(steps, OuterStep.mean(), data), SETTINGS);
      assertThat(there.parameters()).isEqualTo(here.parameters());
      for (int i = 0; i < 3; i++) {
        assertThat(history.trainingLosses()[i])
            .isCloseTo(expected.trainingLosses()[i], within(1e-12));
      }
    }
  }

  @Property(tries = 12)
  void stepsInTwoPiecesAreThoseInOne(
      @ForAll @IntRange(min = 1, max = 20) int first,
      @ForAll @IntRange(min = 1, max = 20) int second,
      @ForAll @IntRange(min = 0, max = 2) int worker,
      @ForAll("optimizers") Optimizer optimizer) {
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(SHAPE)
            .hidden(6)
            .bottleneck(2)
            .dropout(0.1)
            .optimizer(optimizer)
            .build();
    AtomicReference<byte[]> model = new AtomicReference<>();
    AtomicReference<TrainingState> begin = new AtomicReference<>();
    ImageSource data = rows(45, 2);
    autoencoder.fit(
        new Local(1, OuterStep.mean(), data) {
          @Override
          public void run(TrainingState start, Order order, Consumer<Share> shares) {
            begin.compareAndSet(null, start);
            super.run(start, order, shares);
          }

          @Override
          public void begin(byte[] bytes, Training settings) {
            model.set(bytes);
            super.begin(bytes, settings);
          }
        },
        Training.epochs(1).batchSize(16));
    TrainingState start = begin.get();
    int all = first + second;
    try (Replica one = Replica.open(model.get(), worker);
        Replica two = Replica.open(model.get(), worker)) {
      Rounds.Share whole = one.train(data, SETTINGS, start, new Rounds.Order(0, 60, all));
      TrainingState half = two.train(data, SETTINGS, start, new Rounds.Order(0, 60, first)).state();
      try (Replica another = Replica.open(model.get(), worker)) {
        Rounds.Share rest = another.train(data, SETTINGS, half, new Rounds.Order(0, 60, second));
        assertThat(rest.state().toBytes()).isEqualTo(whole.state().toBytes());
      }
      // Whatever a replica did before leaves no trace.
      assertThat(two.train(data, SETTINGS, start, new Rounds.Order(0, 60, all)).state().toBytes())
          .isEqualTo(whole.state().toBytes());
      assertThat(whole.state().step()).isEqualTo(all);
    }
  }

  @Provide
  Arbitrary<Optimizer> optimizers() {
    return Arbitraries.of(Optimizer.adam(1e-2), Optimizer.sgd(0.1), Optimizer.nesterov(0.05));
  }

  @Test
  void workersGoTheirOwnWays() {
    Autoencoder autoencoder = fresh();
    List<byte[]> states = new ArrayList<>();
    ImageSource data = rows(48, 3);
    autoencoder.fit(
        new Local(2, OuterStep.mean(), data, data) {
          @Override
          public void run(TrainingState start, Order order, Consumer<Share> shares) {
            super.run(
                start,
                order,
                share -> {
                  states.add(share.state().toBytes());
                  shares.accept(share);
                });
          }
        },
        Training.epochs(1).batchSize(16));
    assertThat(states.get(0)).isNotEqualTo(states.get(1));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resumesBitForBit(boolean nesterov, @TempDir Path folder) {
    OuterStep outer = nesterov ? OuterStep.nesterov(0.7, 0.9) : OuterStep.mean();
    ImageSource[] parts = {rows(50, 1), rows(33, 2), rows(9, 3)};
    Training settings = SETTINGS.validation(rows(20, 9)).earlyStopping(3);
    Autoencoder undisturbed = fresh();
    History expected = undisturbed.fit(new Local(1, outer, parts), settings);

    Checkpoints checkpoints = Checkpoints.in(folder.resolve("run")).everySteps(1);
    for (int stop : new int[] {1, 2, 2}) {
      Local dying = new Local(1, outer, parts);
      dying.beforeRound =
          round -> {
            if (round == stop) {
              throw new IllegalStateException("pulled the plug");
            }
          };
      assertThatThrownBy(() -> fresh().resume(dying, settings.checkpoints(checkpoints)))
          .hasMessage("pulled the plug");
    }
    Autoencoder resumed = fresh();
    History history = resumed.resume(new Local(1, outer, parts), settings.checkpoints(checkpoints));
    assertThat(resumed.parameters()).isEqualTo(undisturbed.parameters());
    assertThat(history.trainingLosses()).isEqualTo(expected.trainingLosses());
    assertThat(history.validationLosses()).isEqualTo(expected.validationLosses());
    assertThatThrownBy(
            () -> fresh().resume(new Local(2, outer, parts), settings.checkpoints(checkpoints)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("steps of a round: was 1, is 2");
  }

  @Test
  void twoWorkersLearn() {
    ImageSource[] parts = {rows(200, 1), rows(200, 2)};
    Autoencoder autoencoder = fresh();
    List<BatchEnd> ends = new ArrayList<>();
    History history =
        autoencoder.fit(
            new Local(5, OuterStep.mean(), parts),
            Training.epochs(20)
                .batchSize(16)
                .listener(
                    new TrainingListener() {
                      @Override
                      public void onBatchEnd(BatchEnd event) {
                        ends.add(event);
                      }
                    }));
    double[] losses = history.trainingLosses();
    assertThat(losses[19]).isLessThan(losses[0] * 0.97);
    assertThat(ends).hasSize(20 * 3);
    assertThat(autoencoder.trainingRuns()).hasSize(1);
    assertThat(autoencoder.trainingRuns().get(0).samples()).isEqualTo(400);
  }

  @Test
  void outerStepIsThatOfTheFormula() {
    // Every worker adds its number and one to each weight.
    class Shifting extends Local {
      Shifting(OuterStep outer) {
        super(1, outer, rows(32, 1), rows(96, 2));
      }

      final List<Float> firstWeights = new ArrayList<>();

      @Override
      public void run(TrainingState start, Order order, Consumer<Share> shares) {
        firstWeights.add(start.weights().get(0));
        for (int i = 0; i < 2; i++) {
          float[] weights = new float[start.weights().remaining()];
          start.weights().get(weights);
          for (int j = 0; j < weights.length; j++) {
            weights[j] += (i + 1) * 0.001f;
          }
          float[] memory = new float[start.memory().remaining()];
          shares.accept(
              new Share(
                  TrainingState.of(weights, memory, start.step() + 1, 0),
                  new Objective(0.5, Map.of()),
                  16));
        }
      }
    }
    Shifting mean = new Shifting(OuterStep.mean());
    fresh().fit(mean, SETTINGS);
    // The second has three times as many samples: (1 + 3 * 2) / 4.
    assertThat(mean.firstWeights.get(1) - mean.firstWeights.get(0))
        .isCloseTo(0.00175f, within(1e-6f));
    Shifting nesterov = new Shifting(OuterStep.nesterov(0.7, 0.9));
    fresh().fit(nesterov, SETTINGS);
    // d = -0.00175; m = d; x += 0.7 (1 + 0.9) 0.00175, then m = 1.9 d; x += 0.7 (1 + 0.9 * 1.9) ...
    assertThat(nesterov.firstWeights.get(1) - nesterov.firstWeights.get(0))
        .isCloseTo(0.7f * 1.9f * 0.00175f, within(1e-6f));
    assertThat(nesterov.firstWeights.get(2) - nesterov.firstWeights.get(1))
        .isCloseTo(0.7f * (1 + 0.9f * 1.9f) * 0.00175f, within(1e-6f));
  }

  @Test
  void alarmsAndCancellationWork() {
    ImageSource data = rows(64, 1);
    Autoencoder wild =
        Autoencoder.dense()
            .input(SHAPE)
            .hidden(10)
            .bottleneck(3)
            .optimizer(Optimizer.sgd(1e8))
            .build();
    assertThatThrownBy(
            () ->
                wild.fit(
                    new Local(2, OuterStep.mean(), data, data), Training.epochs(30).batchSize(8)))
        .isInstanceOf(DivergenceException.class);
    AtomicInteger asked = new AtomicInteger();
    History history =
        fresh()
            .fit(
                new Local(1, OuterStep.mean(), data, data),
                SETTINGS.cancelWhen(() -> asked.incrementAndGet() > 2));
    assertThat(history.stopReason()).isEqualTo(StopReason.CANCELLED);
  }

  @Test
  void saysWhatIsWrong() {
    ImageSource data = rows(32, 1);
    assertThatThrownBy(
            () ->
                fresh()
                    .fit(
                        new Local(1, OuterStep.mean(), data) {
                          @Override
                          public int[] samples() {
                            return new int[] {32, 0};
                          }
                        },
                        SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("worker 1 has 0 samples");
    assertThatThrownBy(() -> fresh().fit(new Local(0, OuterStep.mean(), data), SETTINGS))
        .hasMessageContaining("a round must have at least 1 step, but has 0");
    assertThatThrownBy(
            () ->
                fresh()
                    .fit(
                        new Local(1, OuterStep.mean(), data) {
                          @Override
                          public void run(
                              TrainingState start, Order order, Consumer<Share> shares) {}
                        },
                        SETTINGS))
        .hasMessageContaining("there are 1 workers, but a round gave 0 shares");
    Autoencoder custom =
        Autoencoder.dense()
            .input(SHAPE)
            .bottleneck(2)
            .optimizer(Optimizer.adam(new Schedule.Custom("own", (step, epoch) -> 1e-3)))
            .build();
    assertThatThrownBy(() -> custom.fit(new Local(1, OuterStep.mean(), data), Training.epochs(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers are given the autoencoder as a model file");
    assertThatThrownBy(() -> Replica.open(new byte[] {1, 2, 3}, 0))
        .isInstanceOf(UnreadableModelException.class);
    assertThatThrownBy(() -> OuterStep.nesterov(0.7, 1))
        .hasMessageContaining("must be in [0, 1), but was 1.0");
    assertThatThrownBy(() -> new OuterStep(0, 0)).hasMessageContaining("but was 0.0");
    assertThatThrownBy(
            () ->
                fresh()
                    .fit(
                        new Local(
                            1,
                            OuterStep.mean(),
                            ImageSource.of(
                                SHAPE,
                                io.github.autoencoder4j.data.ValueRange.REALS,
                                new float[][] {new float[12], filled(7)})),
                        SETTINGS))
        .isInstanceOf(UnusableDataException.class);
  }

  private static float[] filled(float value) {
    float[] row = new float[SHAPE.size()];
    Arrays.fill(row, value);
    return row;
  }

  @Property(tries = 50)
  void statesComeBackFromBytes(
      @ForAll float[] weights,
      @ForAll float[] memory,
      @ForAll @IntRange int step,
      @ForAll @IntRange int epoch) {
    TrainingState state = TrainingState.of(weights, memory, step, epoch);
    TrainingState back = TrainingState.of(state.toBytes());
    assertThat(back.toBytes()).isEqualTo(state.toBytes());
    assertThat(back.step()).isEqualTo(step);
    assertThat(back.epoch()).isEqualTo(epoch);
    byte[] cut = Arrays.copyOf(state.toBytes(), state.toBytes().length - 1);
    assertThatThrownBy(() -> TrainingState.of(cut)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void modelsGoThroughStreams() throws Exception {
    Autoencoder autoencoder = fresh();
    ImageSource data = rows(40, 1);
    autoencoder.fit(data, SETTINGS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    autoencoder.save(out, io.github.autoencoder4j.model.Saving.whole());
    Autoencoder loaded = Autoencoder.load(new ByteArrayInputStream(out.toByteArray()));
    assertThat(loaded.encode(data)).isDeepEqualTo(autoencoder.encode(data));
  }
}
