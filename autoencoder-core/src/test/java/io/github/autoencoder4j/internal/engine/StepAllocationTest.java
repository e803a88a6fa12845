package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.base.Splitter;
import com.sun.management.ThreadMXBean;
import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.Architecture;
import io.github.autoencoder4j.architecture.ConvArchitecture;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.Resampling;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.latent.LatentNoise;
import io.github.autoencoder4j.latent.PowerNormalization;
import io.github.autoencoder4j.loss.Penalty;
import io.github.autoencoder4j.network.Spec;
import io.github.autoencoder4j.optimizer.Optimizer;
import io.github.autoencoder4j.output.Output;
import io.github.autoencoder4j.random.RandomStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/** A warmed-up step of training on the fast path takes no memory. */
class StepAllocationTest {

  private static final int BATCH = 16;
  private static final int STEPS = 100;

  static Stream<Architecture> architectures() {
    return Stream.of(
        new DenseArchitecture(new ImageShape(28, 28, 1), List.of(256, 64), 2, Activation.RELU, 0),
        pictures(16, 4, Resampling.STRIDED),
        pictures(16, 4, Resampling.SUBPIXEL),
        // Wide enough for tiles.
        pictures(48, 16, Resampling.STRIDED),
        pictures(48, 4, Resampling.SUBPIXEL));
  }

  private static Architecture pictures(int channels, int code, Resampling resampling) {
    boolean strided = resampling == Resampling.STRIDED;
    return new ConvArchitecture(
        new ImageShape(32, 32, 3),
        new ImageShape(8, 8, code),
        List.of(2, 2),
        List.of(channels),
        strided ? 4 : 3,
        strided ? Activation.RELU : Activation.SILU,
        strided ? 0 : 1,
        resampling);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void takesNoNativeMemoryAndLittleHeap(Architecture architecture) throws Exception {
    assumeThat(OneDnn.isOpen()).as("oneDNN is on the class path of this platform").isTrue();
    Engine engine =
        Engine.create(
            new Spec(
                architecture,
                List.of(PowerNormalization.perExample(), LatentNoise.variance(0.1)),
                Output.sigmoidSquares(),
                new Penalty(0, 1e-4),
                Optional.empty(),
                Optimizer.adam(1e-3),
                1));
    float[] samples = new float[BATCH * architecture.input().size()];
    RandomStream random = RandomStream.of(1, "samples");
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextFloat();
    }
    train(engine, samples);
    long pointers = settled(Pointer::totalCount);
    // Every buffer that ND4J allocates takes the next number.
    long buffers = Nd4j.getDeallocatorService().nextValue();
    long resident = residentBytes();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long heap = threads.getCurrentThreadAllocatedBytes();

    train(engine, samples);

    assertThat((threads.getCurrentThreadAllocatedBytes() - heap) / STEPS)
        .as("bytes of Java heap a step")
        .isLessThan(100_000);
    assertThat(Pointer.totalCount()).as("native objects of JavaCPP").isLessThanOrEqualTo(pointers);
    assertThat(Nd4j.getDeallocatorService().nextValue() - buffers - 1)
        .as("native buffers of ND4J")
        .isZero();
    // A leak of one small batch a step would be 5 MB and more.
    assertThat(residentBytes() - resident).as("resident bytes").isLessThan(4L << 20);
    engine.endTraining();
  }

  /** The count once garbage from before is gone. */
  private static long settled(LongSupplier count) {
    long before = -1;
    long now = count.getAsLong();
    for (int calm = 0; calm < 5; calm = now == before ? calm + 1 : 0) {
      System.gc();
      before = now;
      now = count.getAsLong();
    }
    return now;
  }

  private static void train(Engine engine, float[] samples) {
    for (int i = 0; i < STEPS; i++) {
      engine.step(samples, samples, BATCH, 1);
    }
  }

  /** 0 where the system does not tell. */
  private static long residentBytes() throws Exception {
    Path statm = Path.of("/proc/self/statm");
    return Files.isReadable(statm)
        ? 4096 * Long.parseLong(Splitter.on(' ').splitToList(Files.readString(statm)).get(1))
        : 0;
  }
}
