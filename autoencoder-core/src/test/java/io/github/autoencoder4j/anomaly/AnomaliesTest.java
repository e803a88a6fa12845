package io.github.autoencoder4j.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.DenseBuilder;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.model.Saving;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnomaliesTest {

  private static final int COLUMNS = 12;

  /** Twelve columns of about unit variance that follow from four hidden numbers, but for noise. */
  private static float[][] rows(int n, long seed) {
    RandomStream random = RandomStream.of(seed, "rows");
    float[][] rows = new float[n][COLUMNS];
    for (float[] row : rows) {
      double[] hidden = random.doubles(4).map(u -> 3.4 * u - 1.7).toArray();
      for (int j = 0; j < COLUMNS; j++) {
        double a = hidden[j % 4];
        double b = hidden[(j + 1 + j / 4) % 4];
        double signal = j % 3 == 0 ? Math.sin(2 * a) + 0.5 * b : 0.8 * a - 0.6 * b + 0.1 * a * b;
        row[j] = (float) (signal + 0.2 * random.nextGaussian());
      }
    }
    return rows;
  }

  private static DenseBuilder builder() {
    return Autoencoder.dense()
        .input(ImageShape.vector(COLUMNS))
        .hidden(32)
        .bottleneck(4)
        .output(Output.gaussian(1));
  }

  /** Trained once. */
  private static final class Shared {
    static final Autoencoder AUTOENCODER = builder().build();
    static final float[][] HELD_OUT = rows(600, 2);
    static final Anomalies ANOMALIES;

    static {
      AUTOENCODER.fit(rows(1_500, 1), Training.epochs(40).batchSize(64).cosineDecay());
      ANOMALIES = Anomalies.fit(AUTOENCODER, HELD_OUT);
    }
  }

  @Property(tries = 300)
  void aScoreIsTheSumOfItsColumnsBitForBit(
      @ForAll long seed, @ForAll @DoubleRange(min = -3, max = 30) double magnitude) {
    RandomStream random = RandomStream.of(seed, "row");
    float[] row = new float[COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
      row[j] = (float) (random.nextGaussian() * Math.pow(10, random.nextDouble() * magnitude));
    }
    double[] columns = Shared.ANOMALIES.explain(row);
    double sum = 0;
    for (double column : columns) {
      sum += column;
    }
    assertThat(Shared.ANOMALIES.score(row)).isEqualTo(sum).isFinite();
    assertThat(sum).isGreaterThan(-1e-9);
    assertThat(Shared.ANOMALIES.scores(new float[][] {row})).containsExactly(sum);
    AnomalyParts parts = Shared.ANOMALIES.parts(new float[][] {row}).get(0);
    assertThat(parts.residual() + parts.code()).isCloseTo(sum, within(1e-9 * (1 + sum)));
  }

  @Test
  void theColumnThatWasDisturbedComesFirst() {
    float[][] rows = rows(1_000, 3);
    double[] deviations = new double[COLUMNS];
    Arrays.setAll(
        deviations,
        j ->
            Math.sqrt(
                Arrays.stream(rows).mapToDouble(row -> row[j] * row[j]).average().orElseThrow()));
    RandomStream random = RandomStream.of(4, "disturbance");
    int[] disturbed = random.ints(rows.length, 0, COLUMNS).toArray();
    for (int i = 0; i < rows.length; i++) {
      rows[i][disturbed[i]] += (float) ((random.nextBoolean() ? 6 : -6) * deviations[disturbed[i]]);
    }
    double[][] splits = Shared.ANOMALIES.explain(rows);
    long first =
        IntStream.range(0, rows.length).filter(i -> largest(splits[i]) == disturbed[i]).count();
    assertThat(first).isGreaterThanOrEqualTo(950);
    assertThat(Arrays.stream(rows).filter(row -> Shared.ANOMALIES.isAnomaly(row, 0.01)).count())
        .isGreaterThan(980);
  }

  private static int largest(double[] values) {
    return IntStream.range(0, values.length)
        .reduce((a, b) -> values[b] > values[a] ? b : a)
        .orElseThrow();
  }

  /**
   * Each column by itself as ever, but columns of other rows: only what hangs together is broken.
   */
  private static float[][] shuffled(float[][] rows, long seed) {
    float[][] shuffled = new float[rows.length][COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
      int[] order = RandomStream.of(seed, "shuffle", j).permutation(rows.length);
      for (int i = 0; i < rows.length; i++) {
        shuffled[i][j] = rows[order[i]][j];
      }
    }
    return shuffled;
  }

  @Test
  void ranksBrokenRowsAboveNormalOnesBetterThanTheDistanceFromTheMeanDoes() {
    float[][] normal = rows(500, 5);
    float[][] broken = shuffled(rows(500, 6), 7);
    float[][] all = new float[1_000][];
    boolean[] odd = new boolean[1_000];
    for (int i = 0; i < 500; i++) {
      all[i] = normal[i];
      all[500 + i] = broken[i];
      odd[500 + i] = true;
    }
    double ours = RankingQuality.of(Shared.ANOMALIES.scores(all), odd).auroc();
    double norm =
        RankingQuality.of(AnomalyBaselines.squaredNorm(Shared.HELD_OUT).scores(all), odd).auroc();
    assertThat(ours).isGreaterThan(0.97);
    assertThat(norm).isLessThan(0.6);

    Anomalies residuals = Anomalies.with(Shared.AUTOENCODER).neighbors(0).fit(Shared.HELD_OUT);
    assertThat(RankingQuality.of(residuals.scores(all), odd).auroc()).isGreaterThan(0.9);
    assertThat(residuals.parts(broken)).allMatch(p -> p.code() == 0 && p.neighborDistance() == 0);
    Anomalies near =
        Anomalies.with(Shared.AUTOENCODER).references(rows(1_500, 1)).fit(Shared.HELD_OUT);
    assertThat(mean(near.parts(normal).stream().mapToDouble(AnomalyParts::neighborDistance)))
        .as("more rows have nearer neighbours")
        .isLessThan(
            mean(
                Shared.ANOMALIES.parts(normal).stream()
                    .mapToDouble(AnomalyParts::neighborDistance)));
  }

  @ParameterizedTest
  @EnumSource(ResidualScore.class)
  void judgesTheResidualAsItIsTold(ResidualScore score) {
    Anomalies anomalies =
        Anomalies.with(Shared.AUTOENCODER).residual(score).neighbors(0).fit(Shared.HELD_OUT);
    float[][] rows = rows(200, 5);
    double[] scores = anomalies.scores(rows);
    List<AnomalyParts> parts = anomalies.parts(rows);
    for (int i = 1; i < rows.length; i++) {
      // How rare it is grows with what was chosen, if not with the others.
      double now = chosen(score, parts.get(i));
      double before = chosen(score, parts.get(i - 1));
      assertThat(scores[i]).isCloseTo(parts.get(i).residual(), within(1e-9 * (1 + scores[i])));
      assertThat((now - before) * (scores[i] - scores[i - 1])).isGreaterThanOrEqualTo(-1e-9);
    }
    assertThat(parts)
        .extracting(AnomalyParts::mahalanobis)
        .isEqualTo(Shared.ANOMALIES.parts(rows).stream().map(AnomalyParts::mahalanobis).toList());
  }

  private static double chosen(ResidualScore score, AnomalyParts parts) {
    return switch (score) {
      case SQUARED -> parts.squaredError();
      case DIAGONAL -> parts.diagonal();
      case MAHALANOBIS -> parts.mahalanobis();
    };
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.10})
  void keepsTheRateOfFalseAlarmsOverRandomSplits(double rate) {
    int splits = 200;
    int fresh = 300;
    float[][] pool = rows(1_000, 8);
    int kept = 199;
    double alarms = 0;
    for (int split = 0; split < splits; split++) {
      int[] order = RandomStream.of(split, "split").permutation(pool.length);
      float[][] normal =
          Arrays.stream(order, 0, 2 * kept + 1).mapToObj(i -> pool[i]).toArray(float[][]::new);
      float[][] others =
          Arrays.stream(order, pool.length - fresh, pool.length)
              .mapToObj(i -> pool[i])
              .toArray(float[][]::new);
      Anomalies anomalies =
          Anomalies.with(Shared.AUTOENCODER)
              .calibrationShare(kept / (2.0 * kept + 1))
              .seed(split)
              .fit(normal);
      assertThat(anomalies.calibration().size()).isEqualTo(kept);
      double threshold = anomalies.calibration().threshold(rate);
      alarms +=
          Arrays.stream(anomalies.scores(others)).filter(s -> s > threshold).count()
              / (double) fresh;
    }
    double variance = rate * (1 - rate) * (1.0 / (kept + 2) + 1.0 / fresh);
    assertThat(alarms / splits).isCloseTo(rate, within(4 * Math.sqrt(variance / splits)));
  }

  @Test
  void picksTheAnomaliesOfABatchAndFewOthers() {
    float[][] batch = rows(400, 9);
    float[][] broken = shuffled(rows(400, 10), 11);
    System.arraycopy(broken, 0, batch, 0, 100);
    boolean[] picked = Shared.ANOMALIES.areAnomalies(batch, 0.1);
    long right = IntStream.range(0, 100).filter(i -> picked[i]).count();
    long wrong = IntStream.range(100, 400).filter(i -> picked[i]).count();
    assertThat(right).isGreaterThan(80);
    assertThat(wrong).isLessThan(20);
    assertThat(Shared.ANOMALIES.pValue(batch[0]))
        .isEqualTo(Shared.ANOMALIES.calibration().pValue(Shared.ANOMALIES.score(batch[0])));
  }

  @Test
  void aDriftOfTheRowsRaisesTheAlarm() {
    DriftAlarm alarm = Shared.ANOMALIES.drift(0.001, 1);
    for (float[] row : rows(300, 12)) {
      assertThat(alarm.add(Shared.ANOMALIES.score(row))).isFalse();
    }
    for (float[] row : rows(300, 13)) {
      row[3] += 1.5f;
      alarm.add(Shared.ANOMALIES.score(row));
    }
    assertThat(alarm.isRaised()).isTrue();
  }

  @Test
  void aRowHasTheSameScoreAloneAndAmongOthers() {
    float[][] rows = rows(5_000, 14);
    double[] scores = Shared.ANOMALIES.scores(rows);
    double[] streamed =
        Shared.ANOMALIES.scores(
            ImageSource.of(ImageShape.vector(COLUMNS), Output.gaussian(1).range(), rows));
    assertThat(streamed).containsExactly(scores);
    for (int i : new int[] {0, 1, 4_095, 4_096, 4_999}) {
      assertThat(Shared.ANOMALIES.score(rows[i]))
          .isCloseTo(scores[i], within(1e-4 * (1 + scores[i])));
    }
  }

  @Test
  void noiseOfTheCodeIsLeftOut() {
    Autoencoder noisy =
        builder().latentStage(LatentNoise.variance(1).during(LatentNoise.Phase.BOTH)).build();
    noisy.fit(rows(300, 1), Training.epochs(5));
    float[] row = rows(1, 15)[0];
    assertThat(noisy.reconstruct(new float[][] {row, row}))
        .as("the noise is there")
        .satisfies(both -> assertThat(both[0]).isNotEqualTo(both[1]));
    Anomalies anomalies = Anomalies.fit(noisy, Shared.HELD_OUT);
    double[] scores = anomalies.scores(new float[][] {row, row, row});
    // But for rounding, which depends on where a row stands among others.
    for (double score : scores) {
      assertThat(score).isCloseTo(scores[0], within(1e-4));
    }
  }

  @Test
  void isTheSameWhenItIsFittedToALoadedAutoencoder(@TempDir Path folder) {
    Path file = folder.resolve("rows.aemodel");
    Shared.AUTOENCODER.save(file);
    float[][] rows = rows(50, 16);
    assertThat(Anomalies.fit(Autoencoder.load(file), Shared.HELD_OUT).scores(rows))
        .containsExactly(Shared.ANOMALIES.scores(rows));

    Path half = folder.resolve("half.aemodel");
    Shared.AUTOENCODER.save(half, Saving.encoder());
    assertThatThrownBy(() -> Anomalies.fit(Autoencoder.load(half), Shared.HELD_OUT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("decoder");
  }

  @Test
  void aHeatMapOfAPictureSumsToItsScoreAndShowsTheDefect() {
    ImageShape shape = new ImageShape(6, 5, 2);
    Autoencoder autoencoder = Autoencoder.dense().input(shape).hidden(32).bottleneck(2).build();
    autoencoder.fit(
        ImageSource.of(shape, pictures(600, 1)), Training.epochs(30).batchSize(32).cosineDecay());
    Anomalies anomalies = Anomalies.fit(autoencoder, ImageSource.of(shape, pictures(300, 2)));
    float[] picture = pictures(1, 3)[0];
    picture[4 * 5 + 1] = 1 - picture[4 * 5 + 1];
    picture[30 + 4 * 5 + 1] = 1 - picture[30 + 4 * 5 + 1];

    double[][] map = anomalies.heatMap(picture);
    assertThat(map).hasDimensions(6, 5);
    double[] flat = Arrays.stream(map).flatMapToDouble(Arrays::stream).toArray();
    double score = anomalies.score(picture);
    assertThat(Arrays.stream(flat).sum()).isCloseTo(score, within(1e-9 * score));
    assertThat(largest(flat)).isEqualTo(4 * 5 + 1);
    assertThatThrownBy(
            () -> anomalies.scores(ImageSource.of(new ImageShape(5, 6, 2), pictures(2, 4))))
        .hasMessageContaining("5x6x2")
        .hasMessageContaining("6x5x2");
    picture[0] = 1.5f;
    assertThatThrownBy(() -> anomalies.score(picture)).hasMessageContaining("[0, 1]");
  }

  /** Slopes of brightness in two directions. */
  private static float[][] pictures(int n, long seed) {
    RandomStream random = RandomStream.of(seed, "pictures");
    float[][] pictures = new float[n][60];
    for (float[] picture : pictures) {
      double down = random.nextDouble();
      double across = random.nextDouble();
      for (int i = 0; i < 60; i++) {
        double value = 0.1 + 0.03 * random.nextDouble();
        double y = Math.floorDiv(i % 30, 5);
        picture[i] = (float) (value + 0.1 * (down * y / 5 + across * (i % 5) / 4.0));
      }
    }
    return pictures;
  }

  @Test
  void saysWhatIsWrong() {
    float[][] held = Shared.HELD_OUT;
    assertThatThrownBy(() -> Anomalies.fit(builder().build(), held))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("train");
    assertThatThrownBy(() -> Anomalies.fit(Autoencoder.dense().build(), held))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Anomalies.fit(Shared.AUTOENCODER, Arrays.copyOf(held, 39)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "39 normal rows are too few: a share of 0.5 for p-values leaves 19 to fit to and 20 for"
                + " p-values, but at least 20 and 1 are needed; give at least 40 rows");
    assertThat(Anomalies.fit(Shared.AUTOENCODER, Arrays.copyOf(held, 40)).calibration().size())
        .isEqualTo(20);
    assertThatThrownBy(() -> Anomalies.fit(Shared.AUTOENCODER, new float[50][3]))
        .hasMessageContaining("a row must have 12 values, but row 0 has 3");
    float[][] hole = rows(50, 1);
    hole[7][2] = Float.NaN;
    assertThatThrownBy(() -> Anomalies.fit(Shared.AUTOENCODER, hole))
        .hasMessageContaining("row 7 holds NaN in column 2");
    assertThatThrownBy(() -> Shared.ANOMALIES.score(new float[11]))
        .hasMessageContaining("a row must have 12 values");
    assertThatThrownBy(() -> Shared.ANOMALIES.score(hole[7])).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Shared.ANOMALIES.isAnomaly(held[0], 0.001))
        .hasMessageContaining("300 calibration scores are too few")
        .hasMessageContaining("give at least 999");
    assertThatThrownBy(() -> Anomalies.with(Shared.AUTOENCODER).neighbors(-1))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> Anomalies.with(Shared.AUTOENCODER).calibrationShare(1))
        .hasMessageContaining("1.0");
    assertThatThrownBy(() -> Anomalies.with(Shared.AUTOENCODER).neighbors(400).fit(held))
        .hasMessageContaining("400");
    assertThatThrownBy(
            () -> Anomalies.with(Shared.AUTOENCODER).references(new float[2][COLUMNS]).fit(held))
        .hasMessageContaining("neighbours must lie in 1 to 2");
  }
}
