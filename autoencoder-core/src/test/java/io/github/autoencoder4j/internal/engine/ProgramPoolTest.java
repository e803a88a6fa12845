package io.github.autoencoder4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.autoencoder4j.architecture.Activation;
import io.github.autoencoder4j.architecture.DenseArchitecture;
import io.github.autoencoder4j.architecture.LayerPlan;
import io.github.autoencoder4j.data.ImageShape;
import io.github.autoencoder4j.internal.onednn.InferenceProgram;
import io.github.autoencoder4j.internal.onednn.Kernels;
import io.github.autoencoder4j.internal.onednn.OneDnn;
import io.github.autoencoder4j.internal.onednn.PackedWeights;
import io.github.autoencoder4j.internal.onednn.Parallel;
import io.github.autoencoder4j.internal.onednn.Parameters;
import io.github.autoencoder4j.internal.onednn.Workspaces;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is kept of programs that nobody uses. */
class ProgramPoolTest {

  private static final int INPUT = 1_000;

  private final AtomicInteger compiled = new AtomicInteger();
  private final FloatPointer zeros = new FloatPointer(10L * INPUT);
  private final PackedWeights packedWeights = new PackedWeights(zeros);

  @BeforeAll
  static void load() {
    NativeBackend.require();
    assertThat(OneDnn.isOpen()).isTrue();
  }

  private InferenceProgram compile(int capacity, boolean allCores, Kernels kernels) {
    compiled.incrementAndGet();
    List<LayerPlan> layers =
        new DenseArchitecture(ImageShape.vector(INPUT), List.of(), 2, Activation.TANH, 0).encoder();
    Parameters parameters = (layer, index) -> new Parameters.Parameter(zeros, null, 0);
    return new InferenceProgram(
        layers,
        0,
        parameters,
        packedWeights,
        false,
        false,
        capacity,
        Parallel.CALLER,
        kernels,
        new Workspaces());
  }

  private ProgramPool pool(long mostBytes) {
    return new ProgramPool(INPUT, 1, 1, false, this::compile, mostBytes);
  }

  @Test
  void keepsProgramsWithinTheirBytes() {
    InferenceProgram one = compile(256, false, new Kernels());
    assertThat(one.bytes()).isGreaterThan(256L * INPUT * Float.BYTES);
    try (ProgramPool pool = pool(one.bytes() * 5 / 2)) {
      List<InferenceProgram> taken =
          List.of(pool.take(256, false), pool.take(256, false), pool.take(256, false));
      taken.forEach(program -> pool.giveBack(program, false));
      assertThat(pool.idleBytes()).isEqualTo(2 * one.bytes());
      compiled.set(0);
      pool.take(256, false);
      pool.take(256, false);
      assertThat(compiled).hasValue(0);
      assertThat(pool.idleBytes()).isZero();
      pool.take(256, false);
      assertThat(compiled).hasValue(1);
    }
  }

  /** Else a process of many threads would compile programs in every call. */
  @Test
  void weightsThatProgramsHaveInCommonCountOnce() {
    try (ProgramPool pool = pool(Long.MAX_VALUE)) {
      List<InferenceProgram> taken = List.of(pool.take(8, false), pool.take(8, false));
      long both = taken.stream().mapToLong(InferenceProgram::bytes).sum();
      InferenceProgram third = pool.take(8, false);
      taken.forEach(program -> pool.giveBack(program, false));
      pool.giveBack(third, false);
      long input = 8L * INPUT * Float.BYTES;
      assertThat(pool.idleBytes()).isBetween(both + input, both + input + input / 8);
    }
  }

  @Test
  void keepsTheLastOneHoweverLarge() {
    try (ProgramPool pool = pool(1)) {
      InferenceProgram program = pool.take(256, false);
      pool.giveBack(program, false);
      assertThat(pool.take(256, false)).isSameAs(program);
      pool.giveBack(program, false);
      InferenceProgram other = pool.take(1, false);
      pool.giveBack(other, false);
      assertThat(pool.idleBytes()).isEqualTo(other.bytes());
    }
  }

  @Test
  void keepsNothingOnceItIsClosed() {
    ProgramPool pool = pool(Long.MAX_VALUE);
    InferenceProgram inUse = pool.take(1, false);
    InferenceProgram idle = pool.take(1, false);
    pool.giveBack(idle, false);
    pool.close();
    assertThat(pool.idleBytes()).isZero();
    pool.giveBack(inUse, false);
    assertThat(pool.idleBytes()).isZero();
  }

  @Test
  void whatALayerMakesStaysInTheCacheUnlessWeightsWouldBeReadForFewSamples() {
    // A dense layer multiplies by each weight once for a sample.
    assertThat(piece(784, 400_000, 400_000)).isEqualTo(256);
    assertThat(piece(4096, 4_000_000, 4_000_000)).isEqualTo(64);
    assertThat(piece(1 << 17, 1 << 24, 1 << 24)).isEqualTo(64);
    // A convolution once for each pixel.
    assertThat(piece(1 << 15, 100_000, 10_000_000)).isEqualTo(8);
    assertThat(piece(1 << 15, 100_000, 800_000)).isEqualTo(8);
    assertThat(piece(1 << 15, 100_000, 400_000)).isEqualTo(16);
    assertThat(piece(1 << 20, 100_000, 100_000_000)).isEqualTo(1);
  }

  @Test
  void aLayerOfAProgramHasBoundedMemory() {
    assertThat(piece(1 << 24, 1 << 24, 1 << 24)).isEqualTo(4);
    assertThat(piece(1 << 28, 1 << 28, 1 << 28)).isEqualTo(1);
    assertThat(ProgramPool.MOST_BYTES).isGreaterThanOrEqualTo(1L << 28);
  }

  /** How many samples a program takes of many. */
  private int piece(int width, long weights, long multiplications) {
    try (ProgramPool pool =
        new ProgramPool(width, weights, multiplications, false, this::compile)) {
      return pool.piece(1_000);
    }
  }
}
