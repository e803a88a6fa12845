package io.github.autoencoder4j.benchmarks.jmh;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.anomaly.Anomalies;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import io.github.autoencoder4j.training.Training;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Rows of 100 columns that are scored in a second, by an autoencoder 100-128-64-64 and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 7, time = 1)
public class AnomalyBenchmark {

  private static final int COLUMNS = 100;
  private static final int FACTORS = 8;
  private static final int ROWS = 32_768;

  /** How many normal rows are searched for the fifth neighbour; 0 scores the residual alone. */
  @Param({"0", "1000", "3000"})
  private int references;

  private float[][] rows = new float[0][];
  private @Nullable Anomalies anomalies;

  /** Trains and fits. */
  @Setup
  public void fit() {
    float[][] train = rows(3000, "train");
    rows = rows(ROWS, "scored");
    Autoencoder autoencoder =
        Autoencoder.dense()
            .input(ImageShape.vector(COLUMNS))
            .hidden(128, 64)
            .bottleneck(64)
            .output(Output.gaussian(1))
            .build();
    autoencoder.fit(train, Training.epochs(5).batchSize(64).cosineDecay());
    anomalies =
        references == 0
            ? Anomalies.with(autoencoder).neighbors(0).fit(rows(2000, "held out"))
            : Anomalies.with(autoencoder)
                .references(Arrays.copyOf(train, references))
                .fit(rows(2000, "held out"));
  }

  /** Sums of a few factors, and noise, of about unit variance. */
  private static float[][] rows(int n, String stream) {
    RandomStream loadings = RandomStream.of(1, "loadings");
    float[][] weights = new float[COLUMNS][FACTORS];
    for (float[] weight : weights) {
      for (int i = 0; i < FACTORS; i++) {
        weight[i] = (float) (0.8 * loadings.nextGaussian() / Math.sqrt(FACTORS));
      }
    }
    RandomStream random = RandomStream.of(1, stream);
    float[][] rows = new float[n][COLUMNS];
    for (float[] row : rows) {
      float[] factors = new float[FACTORS];
      for (int i = 0; i < FACTORS; i++) {
        factors[i] = (float) random.nextGaussian();
      }
      for (int j = 0; j < COLUMNS; j++) {
        row[j] = (float) (0.6 * random.nextGaussian());
        for (int i = 0; i < FACTORS; i++) {
          row[j] += weights[j][i] * factors[i];
        }
      }
    }
    return rows;
  }

  /** A batch of rows. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double[] scores() {
    return Objects.requireNonNull(anomalies).scores(rows);
  }
}
