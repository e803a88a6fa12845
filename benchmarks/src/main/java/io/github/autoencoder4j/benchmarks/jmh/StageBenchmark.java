package io.github.autoencoder4j.benchmarks.jmh;

import io.github.autoencoder4j.Autoencoder;
import io.github.autoencoder4j.AutoencoderBuilder;
import io.github.autoencoder4j.data.ImageSource;
import io.github.autoencoder4j.datasets.Mnist;
import io.github.autoencoder4j.latent.TopK;
import io.github.autoencoder4j.latent.Variational;
import io.github.autoencoder4j.training.History;
import io.github.autoencoder4j.training.Training;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What latent stages cost in training: 784-400-20 and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StageBenchmark {

  private static final int STEPS = 50;

  /** What the code goes through. */
  @Param({"NONE", "VARIATIONAL", "FIVE_DRAWS", "TOP_K"})
  public Stage stage = Stage.NONE;

  /** How many digits a step takes. */
  @Param({"20", "128"})
  public int batch = 128;

  private @Nullable ImageSource digits;
  private @Nullable Autoencoder autoencoder;

  /** What stands between encoder and decoder. */
  public enum Stage {
    /** Nothing. */
    NONE,
    /** A diagonal Gaussian. */
    VARIATIONAL,
    /** Five codes from it for each digit, and their importance weighted bound. */
    FIVE_DRAWS,
    /** The five greatest of twenty numbers. */
    TOP_K;

    private Autoencoder autoencoder() {
      AutoencoderBuilder<?> builder = Autoencoder.dense().hidden(400).bottleneck(20).seed(1);
      return switch (this) {
        case NONE -> builder.build();
        case VARIATIONAL -> builder.latentStage(Variational.standard()).build();
        case FIVE_DRAWS -> builder.latentStage(Variational.standard().draws(5)).build();
        case TOP_K -> builder.latentStage(new TopK(5, 5)).build();
      };
    }
  }

  /** Makes the network, and what its first steps make. */
  @Setup(Level.Trial)
  public void train() {
    digits = Mnist.train().slice(0, STEPS * batch);
    autoencoder = stage.autoencoder();
    steps();
  }

  /** Frees it. */
  @TearDown(Level.Trial)
  public void close() {
    Objects.requireNonNull(autoencoder).close();
  }

  /** Fifty steps. */
  @Benchmark
  public History steps() {
    return Objects.requireNonNull(autoencoder)
        .fit(Objects.requireNonNull(digits), Training.epochs(1).batchSize(batch));
  }
}
