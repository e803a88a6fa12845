package io.github.autoencoder4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.anomaly.DriftAlarm;
import io.github.autoencoder4j.anomaly.ResidualScore;
import io.github.autoencoder4j.corruption.Corruption;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.data.LabeledImageSource;
import io.github.autoencoder4j.data.Windows;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.loss.Loss;
import io.github.autoencoder4j.metric.RankingQuality;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The code of docs/anomalies.md. */
class AnomaliesSnippetsTest {

  /** Amount, hour, distance, purchases of the week, age of the account: standardised payments. */
  private static float[][] payments(int n, long seed) {
    RandomStream random = RandomStream.of(seed, "payments");
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      double wealth = random.nextGaussian();
      double travel = random.nextGaussian();
      rows[i] =
          new float[] {
            (float) (0.9 * wealth + 0.3 * random.nextGaussian()),
            (float) random.nextGaussian(),
            (float) (0.9 * travel + 0.3 * random.nextGaussian()),
            (float) (0.6 * wealth - 0.6 * travel + 0.3 * random.nextGaussian()),
            (float) (0.8 * wealth + 0.4 * travel + 0.3 * random.nextGaussian())
          };
    }
    return rows;
  }

  @Test
  void aTable() {
    float[][] rows = payments(2_000, 1);
    float[][] batch = payments(100, 2);
    for (int i = 0; i < 10; i++) {
      batch[i][0] = -batch[i][0] + (batch[i][0] > 0 ? -4 : 4);
    }
    // snippet: anomalies-table
    float[][] train = Arrays.copyOfRange(rows, 0, 1_000); // standardised, all normal
    float[][] heldOut = Arrays.copyOfRange(rows, 1_000, rows.length);
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(64, 32).bottleneck(3).output(Output.gaussian(1)).build();
    autoencoder.fit(train, Training.epochs(40).batchSize(64).cosineDecay());

    Anomalies anomalies = Anomalies.with(autoencoder).references(train).fit(heldOut);
    double[] scores = anomalies.scores(batch);
    boolean alarm = anomalies.isAnomaly(batch[0], 0.01); // one false alarm in a hundred rows
    boolean[] found = anomalies.areAnomalies(batch, 0.1); // nine of ten that are found are odd
    double[] columns = anomalies.explain(batch[0]); // which sum to scores[0]
    // end

    assertThat(alarm).isTrue();
    assertThat(IntStream.range(0, 10).filter(i -> found[i]).count()).isGreaterThan(7);
    assertThat(IntStream.range(10, 100).filter(i -> found[i]).count()).isLessThan(6);
    assertThat(Arrays.stream(columns).max().orElseThrow()).isEqualTo(columns[0]);
    assertThat(Arrays.stream(columns).sum()).isCloseTo(scores[0], withinPercentage(0.1));

    float[][] stream = payments(400, 3);
    Arrays.stream(stream).skip(200).forEach(row -> row[2] += 2);
    int alarmAt = -1;
    // snippet: anomalies-stream
    DriftAlarm drift = anomalies.drift(0.01, 7);
    for (int i = 0; i < stream.length && !drift.isRaised(); i++) {
      if (drift.add(anomalies.score(stream[i]))) {
        alarmAt = i; // these are no longer the rows that it was fitted to
      }
    }
    // end
    assertThat(alarmAt).isBetween(200, 350);
  }

  /** Three sensors that swing together, with noise. */
  private static float[][] sensors(int times, long seed) {
    RandomStream random = RandomStream.of(seed, "sensors");
    float[][] series = new float[times][3];
    for (int t = 0; t < times; t++) {
      double phase = t / 5.0;
      series[t][0] = (float) (Math.sin(phase) + 0.1 * random.nextGaussian());
      series[t][1] = (float) (Math.cos(phase) + 0.1 * random.nextGaussian());
      series[t][2] = (float) (Math.sin(phase - 1) + 0.1 * random.nextGaussian());
    }
    return series;
  }

  @Test
  void sensorWindows() {
    float[][] normal = sensors(6_000, 1);
    float[][] today = sensors(200, 2);
    for (int t = 100; t < 110; t++) {
      today[t][1] = 0; // it is stuck
    }
    // snippet: anomalies-windows
    Windows windows = Windows.of(16, 4); // 16 times long, one every 4 times
    float[][] train =
        windows.cut(Arrays.copyOfRange(normal, 0, 3_000)); // series are [time][channel]
    float[][] heldOut = Windows.of(16, 16).cut(Arrays.copyOfRange(normal, 3_000, 6_000));
    Autoencoder autoencoder =
        Autoencoder.dense().hidden(64).bottleneck(4).output(Output.gaussian(1)).build();
    autoencoder.fit(train, Training.epochs(30).batchSize(32).cosineDecay());

    Anomalies anomalies = Anomalies.with(autoencoder).references(train).fit(heldOut);
    float[][] rows = windows.cut(today);
    double[][] blame = windows.perTime(anomalies.explain(rows), 3); // [time][channel]
    // end

    int time = 0;
    for (int t = 0; t < blame.length; t++) {
      time = blame[t][1] > blame[time][1] ? t : time;
    }
    assertThat(time).isBetween(97, 112);
    assertThat(anomalies.isAnomaly(rows[25], 0.05)).isTrue();
  }

  @Test
  void defectsOnPictures() {
    LabeledImageSource digits = Mnist.train();
    int[] zeros = IntStream.range(0, 12_000).filter(i -> digits.label(i) == 0).limit(900).toArray();
    ImageSource good = digits.select(zeros);
    float[] picture = good.get(850).clone();
    for (int y = 10; y < 18; y++) {
      Arrays.fill(picture, y * 28 + 10, y * 28 + 18, 1); // a blot in the middle
    }
    // snippet: anomalies-pictures
    Autoencoder autoencoder = Autoencoder.dense().hidden(128).bottleneck(16).build();
    autoencoder.fit(good.slice(0, 500), Training.epochs(15).batchSize(32).cosineDecay());

    Anomalies anomalies = Anomalies.fit(autoencoder, good.slice(500, 840));
    double p = anomalies.pValue(picture);
    double[][] heat = anomalies.heatMap(picture); // [height][width], sums to the score
    // end

    assertThat(p).isLessThan(0.02);
    double within = 0;
    double all = 0;
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        within += y >= 10 && y < 18 && x >= 10 && x < 18 ? heat[y][x] : 0;
        all += heat[y][x];
      }
    }
    assertThat(within).isGreaterThan(0.5 * all);
    assertThat(good.shape()).isEqualTo(ImageShape.grey(28, 28));
  }

  @Test
  void otherDigitsThanSevens() {
    LabeledImageSource digits = Mnist.train();
    int[] sevens = IntStream.range(0, digits.size()).filter(i -> digits.label(i) == 7).toArray();
    ImageSource train = digits.select(Arrays.copyOf(sevens, 800));
    ImageSource heldOut = digits.select(Arrays.copyOfRange(sevens, 800, 1_000));
    // snippet: anomalies-digits
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(28, 28)
            .hidden(256, 128)
            .bottleneck(64)
            .corruption(Corruption.gaussian(0.8))
            .loss(Loss.MEAN_SQUARED_ERROR)
            .build();
    autoencoder.fit(train, Training.epochs(30).batchSize(64).cosineDecay());

    Anomalies anomalies =
        Anomalies.with(autoencoder)
            .residual(ResidualScore.SQUARED)
            .neighbors(0)
            .calibrationShare(0.2)
            .fit(heldOut);
    // end

    LabeledImageSource judged = digits.slice(20_000, 21_000);
    boolean[] odd = new boolean[judged.size()];
    for (int i = 0; i < odd.length; i++) {
      odd[i] = judged.label(i) != 7;
    }
    assertThat(RankingQuality.of(anomalies.scores(judged), odd).auroc()).isGreaterThan(0.92);
  }
}
