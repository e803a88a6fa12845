package io.github.autoencoder4j.benchmarks.jmh;

import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.metric.BinaryCrossEntropy;
import io.github.autoencoder4j.metric.Mse;
import io.github.autoencoder4j.metric.Psnr;
import io.github.autoencoder4j.metric.Ssim;
import io.github.autoencoder4j.random.RandomStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Losses and metrics of one photo of 64 x 64 in colour. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricBenchmark {

  private final ImageShape shape = new ImageShape(64, 64, 3);
  private final float[] original = random("original");
  private final float[] reconstruction = random("reconstruction");

  private float[] random(String stream) {
    RandomStream random = RandomStream.of(1, stream);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  /** Structural similarity. */
  @Benchmark
  public double ssim() {
    return Ssim.of(shape, original, reconstruction);
  }

  /** Peak signal-to-noise ratio. */
  @Benchmark
  public double psnr() {
    return Psnr.of(original, reconstruction);
  }

  /** Squared error. */
  @Benchmark
  public double meanSquaredError() {
    return Mse.of(original, reconstruction);
  }

  /** Cross-entropy from logits, as evaluation computes it. */
  @Benchmark
  public double crossEntropyOfLogits() {
    return BinaryCrossEntropy.ofLogits(original, reconstruction);
  }
}
